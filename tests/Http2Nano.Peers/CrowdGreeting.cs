using System;
using System.IO;
using System.Net.Security;
using System.Threading.Tasks;

namespace Http2Nano.Peers;

/// <summary>The first flight of a TLS client, for those who say nothing after it (RFC 8446 4.1.2).</summary>
internal static class CrowdGreeting
{
    public static async Task<byte[]> MakeAsync()
    {
        using var network = new Recorder();
        using var client = new SslStream(network, leaveInnerStreamOpen: true);
        try
        {
            await client.AuthenticateAsClientAsync("localhost");
        }
        catch (IOException)
        {
            // Nobody has answered, which is what was wanted.
        }

        return network.Written.ToArray();
    }

    // Takes what is written, and has nothing to read.
    private sealed class Recorder : Stream
    {
        public MemoryStream Written { get; } = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Written.Write(buffer, offset, count);
    }
}
