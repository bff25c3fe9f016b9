namespace System.Device.Gpio;

public sealed class GpioPin : IDisposable
{
    private extern GpioPin();

    public extern int PinNumber { get; }

    public extern PinMode GetPinMode();
    public extern void SetPinMode(PinMode value);
    public extern PinValue Read();
    public extern void Write(PinValue value);
    public extern void Toggle();
    public extern void Dispose();
}
