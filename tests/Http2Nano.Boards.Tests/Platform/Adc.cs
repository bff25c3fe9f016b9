using Http2Nano.Boards.Tests;

namespace System.Device.Adc
{
    public abstract class AdcChannelBase
    {
        public abstract int ReadValue();
    }

    public class AdcChannel : AdcChannelBase
    {
        internal AdcChannel()
        {
        }

        public override int ReadValue()
        {
            return FakeBoard.Present.Analogue ?? throw new ArgumentException("the converter does not answer");
        }
    }

    public abstract class AdcControllerBase
    {
        public abstract int MaxValue { get; }

        public abstract AdcChannel OpenChannel(int channelNumber);
    }

    /// <summary>A converter of 12 bits.</summary>
    public class AdcController : AdcControllerBase
    {
        public override int MaxValue
        {
            get { return 4095; }
        }

        public override AdcChannel OpenChannel(int channelNumber)
        {
            return new AdcChannel();
        }
    }
}
