namespace System.Device.Gpio;

public sealed class GpioController : IDisposable
{
    public extern GpioController();

    public extern int PinCount { get; }

    public extern GpioPin OpenPin(int pinNumber);
    public extern GpioPin OpenPin(int pinNumber, PinMode mode);
    public extern void ClosePin(int pinNumber);
    public extern void Dispose();
    public extern bool IsPinOpen(int pinNumber);
    public extern PinValue Read(int pinNumber);
    public extern void Write(int pinNumber, PinValue value);
}
