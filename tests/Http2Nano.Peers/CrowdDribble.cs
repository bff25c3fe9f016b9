using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Http2Nano.Peers;

/// <summary>Sends what is written in pieces, with a pause after each.</summary>
internal sealed class CrowdDribble(Stream network, int piece) : Stream
{
    private const int Pause = 10;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => network.Flush();

    public override int Read(byte[] buffer, int offset, int count) => network.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => network.ReadAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (; buffer.Length != 0; buffer = buffer[Math.Min(piece, buffer.Length)..])
        {
            await network.WriteAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        network.Dispose();
        base.Dispose(disposing);
    }
}
