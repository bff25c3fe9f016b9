using System;
using System.IO;

namespace Http2Nano.Peers.Harness;

/// <summary>A file that is gone when the test is.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[]? content = null)
    {
        Path = System.IO.Path.GetTempFileName();
        if (content != null)
        {
            File.WriteAllBytes(Path, content);
        }
    }

    public string Path { get; }

    public byte[] Content => File.ReadAllBytes(Path);

    public void Dispose() => File.Delete(Path);
}
