using System.Device.Adc;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The temperature sensor inside the chip, read through its analogue-to-digital converter. Accurate to a few degrees.
    /// </summary>
    public sealed class ChipSensor : TemperatureSensor
    {
        private readonly int _channel;
        private readonly int _reference;
        private readonly int _microvolts;
        private readonly int _centidegrees;
        private readonly int _slope;
        private AdcController _controller;
        private AdcChannel _input;

        /// <summary>Takes the values of the chip's data sheet.</summary>
        /// <param name="channel">The channel of the converter.</param>
        /// <param name="reference">Its reference voltage in millivolts.</param>
        /// <param name="microvolts">The sensor's voltage, in microvolts, at <paramref name="centidegrees"/>.</param>
        /// <param name="centidegrees">A temperature in hundredths of a degree Celsius.</param>
        /// <param name="slope">Microvolts by which the voltage changes per degree; negative when it falls.</param>
        public ChipSensor(int channel, int reference, int microvolts, int centidegrees, int slope)
        {
            _channel = channel;
            _reference = reference;
            _microvolts = microvolts;
            _centidegrees = centidegrees;
            _slope = slope;
        }

        /// <summary>The sensor of an RP2040 (data sheet 4.9.5).</summary>
        public static ChipSensor Rp2040()
        {
            return new ChipSensor(4, 3300, 706000, 2700, -1721);
        }

        /// <summary>
        /// The sensor of an STM32F76x (data sheet 6.3.25), whose channel the firmware numbers after those of five pins.
        /// </summary>
        public static ChipSensor Stm32F7()
        {
            return new ChipSensor(5, 3300, 760000, 2500, 2500);
        }

        /// <inheritdoc/>
        public override int Read()
        {
            if (_input == null)
            {
                _controller = new AdcController();
                _input = _controller.OpenChannel(_channel);
            }

            long voltage = (long)_input.ReadValue() * _reference * 1000 / _controller.MaxValue;
            return _centidegrees + (int)((voltage - _microvolts) * 100 / _slope);
        }
    }
}
