using Http2Nano.Boards.Tests;

namespace System.Device.Gpio
{
    public readonly struct PinValue
    {
        private readonly byte _value;

        private PinValue(byte value)
        {
            _value = value;
        }

        public static PinValue High
        {
            get { return new PinValue(1); }
        }

        public static PinValue Low
        {
            get { return new PinValue(0); }
        }

        public static explicit operator bool(PinValue value)
        {
            return value._value != 0;
        }
    }

    public sealed class GpioPin
    {
        internal GpioPin()
        {
        }

        public void Write(PinValue value)
        {
            FakeBoard.Present.Output = (bool)value;
        }
    }

    /// <summary>Pins up to 39.</summary>
    public sealed class GpioController
    {
        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            if (pinNumber > 39)
            {
                throw new ArgumentException("there is no such pin");
            }

            return new GpioPin();
        }
    }
}
