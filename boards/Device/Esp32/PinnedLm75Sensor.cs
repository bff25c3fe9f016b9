using nanoFramework.Hardware.Esp32;

namespace Http2Nano.Devices
{
    /// <summary>
    /// An <see cref="Lm75Sensor"/> at chosen pins. The platform's assembly that chooses them takes 1.5 KB of heap.
    /// </summary>
    public sealed class PinnedLm75Sensor : Lm75Sensor
    {
        private readonly int _data;
        private readonly int _clock;

        /// <summary>Takes the pins of the I2C bus.</summary>
        public PinnedLm75Sensor(int data, int clock)
        {
            _data = data;
            _clock = clock;
        }

        /// <inheritdoc/>
        protected override void ChoosePins()
        {
            Configuration.SetPinFunction(_data, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(_clock, DeviceFunction.I2C1_CLOCK);
        }
    }
}
