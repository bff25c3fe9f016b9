namespace System.Device.Adc;

public abstract class AdcChannelBase
{
    public extern AdcController Controller { get; }

    public abstract int ReadValue();
    public extern double ReadRatio();
}

public class AdcChannel : AdcChannelBase, IDisposable
{
    private extern AdcChannel();

    public override extern int ReadValue();
    public extern void Dispose();
}
