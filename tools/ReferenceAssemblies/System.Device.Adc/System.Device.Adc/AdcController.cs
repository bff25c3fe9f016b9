namespace System.Device.Adc;

public abstract class AdcControllerBase
{
    public abstract int ChannelCount { get; }
    public abstract int MaxValue { get; }
    public abstract int MinValue { get; }
    public abstract int ResolutionInBits { get; }

    public abstract AdcChannel OpenChannel(int channelNumber);
}

public class AdcController : AdcControllerBase
{
    public extern AdcController();

    public override extern int ChannelCount { get; }
    public override extern int MaxValue { get; }
    public override extern int MinValue { get; }
    public override extern int ResolutionInBits { get; }

    public override extern AdcChannel OpenChannel(int channelNumber);
}
