using System;
using System.Device.I2c;

namespace Http2Nano.Devices
{
    /// <summary>
    /// An LM75, TMP75 or TMP102 on the first I2C bus, at the firmware's default pins. For the chips of the ESP32 family,
    /// whose own temperature the firmware does not offer.
    /// </summary>
    public class Lm75Sensor : TemperatureSensor
    {
        // The address of all three while their address pins are at ground.
        private const int DeviceAddress = 0x48;
        private const int Bus = 1;

        private readonly byte[] _register = new byte[1];
        private readonly byte[] _value = new byte[2];
        private I2cDevice _device;

        /// <inheritdoc/>
        public override int Read()
        {
            if (_device == null)
            {
                ChoosePins();
                _device = new I2cDevice(new I2cConnectionSettings(Bus, DeviceAddress));
            }

            I2cTransferResult result = _device.WriteRead(_register, _value);
            if (result.Status != I2cTransferStatus.FullTransfer)
            {
                throw new Exception("no LM75 answers at address 0x48");
            }

            // The unit is 1/256 of a degree; the lowest bits are always zero.
            return (short)(_value[0] << 8 | _value[1]) * 100 / 256;
        }

        /// <summary>Assigns other pins to the bus, before it is first used.</summary>
        protected virtual void ChoosePins()
        {
        }
    }
}
