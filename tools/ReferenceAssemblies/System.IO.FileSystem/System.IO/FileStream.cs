namespace System.IO;

public class FileStream : Stream
{
    public extern FileStream(string path, FileMode mode);
    public extern FileStream(string path, FileMode mode, FileAccess access);
    public extern FileStream(string path, FileMode mode, FileAccess access, FileShare share);
    public extern FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize);

    public override extern bool CanRead { get; }
    public override extern bool CanSeek { get; }
    public override extern bool CanWrite { get; }
    public override extern long Length { get; }
    public override extern long Position { get; set; }
    public extern string Name { get; }

    public override extern void Close();
    protected override extern void Dispose(bool disposing);
    public override extern void Flush();
    public override extern int Read(byte[] buffer, int offset, int count);
    public override extern int Read(SpanByte buffer);
    public override extern int ReadByte();
    public override extern long Seek(long offset, SeekOrigin origin);
    public override extern void SetLength(long value);
    public override extern void Write(byte[] buffer, int offset, int count);
    public override extern void WriteByte(byte value);
}
