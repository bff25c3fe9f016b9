namespace System.Device.I2c;

public class I2cDevice : IDisposable
{
    public extern I2cDevice(I2cConnectionSettings settings);

    public extern I2cConnectionSettings ConnectionSettings { get; }

    public static extern I2cDevice Create(I2cConnectionSettings settings);
    public extern byte ReadByte();
    public extern I2cTransferResult Read(SpanByte buffer);
    public extern I2cTransferResult WriteByte(byte value);
    public extern I2cTransferResult Write(SpanByte buffer);
    public extern I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer);
    public extern void Dispose();
}
