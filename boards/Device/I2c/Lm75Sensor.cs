using System;
using System.Device.I2c;

namespace Http2Nano.Devices
{
    /// <summary>
    /// An LM75, TMP75 or TMP102 on the first I2C bus, at the pins that the firmware gives it: the chips of the ESP32 family
    /// offer no temperature of their own.
    /// </summary>
    public class Lm75Sensor : TemperatureSensor
    {
        // All three have this address while their address pins are at ground.
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

            // 1/256 of a degree, of which the lowest bits are always zero.
            return (short)(_value[0] << 8 | _value[1]) * 100 / 256;
        }

        /// <summary>Gives the bus other pins before it is used first.</summary>
        protected virtual void ChoosePins()
        {
        }
    }
}
