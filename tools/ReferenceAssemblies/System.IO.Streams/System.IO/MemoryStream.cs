namespace System.IO;

public class MemoryStream : Stream
{
    public extern MemoryStream();
    public extern MemoryStream(byte[] buffer);
    public extern MemoryStream(byte[] buffer, bool isWritable);

    public override extern bool CanRead { get; }
    public override extern bool CanSeek { get; }
    public override extern bool CanWrite { get; }
    public override extern long Length { get; }
    public override extern long Position { get; set; }

    protected override extern void Dispose(bool disposing);
    public override extern void Flush();
    public virtual extern byte[] GetBuffer();
    public override extern int Read(SpanByte buffer);
    public override extern int Read(byte[] buffer, int offset, int count);
    public override extern int ReadByte();
    public override extern long Seek(long offset, SeekOrigin origin);
    public override extern void SetLength(long value);
    public virtual extern byte[] ToArray();
    public override extern void Write(byte[] buffer, int offset, int count);
    public override extern void WriteByte(byte value);
    public virtual extern void WriteTo(Stream stream);
}
