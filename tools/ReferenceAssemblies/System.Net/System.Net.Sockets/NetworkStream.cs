using System.IO;

namespace System.Net.Sockets;

public class NetworkStream : Stream
{
    public extern NetworkStream(Socket socket);
    public extern NetworkStream(Socket socket, bool ownsSocket);

    public override extern bool CanRead { get; }
    public override extern bool CanSeek { get; }
    public override extern bool CanTimeout { get; }
    public override extern bool CanWrite { get; }
    public override extern int ReadTimeout { get; set; }
    public override extern int WriteTimeout { get; set; }
    public override extern long Length { get; }
    public override extern long Position { get; set; }
    public virtual extern bool DataAvailable { get; }

    public extern void Close(int timeout);
    protected override extern void Dispose(bool disposing);
    public override extern void Flush();
    public override extern int Read(byte[] buffer, int offset, int count);
    public override extern long Seek(long offset, SeekOrigin origin);
    public override extern void SetLength(long value);
    public override extern void Write(byte[] buffer, int offset, int count);
    public override extern int Read(SpanByte buffer);
}
