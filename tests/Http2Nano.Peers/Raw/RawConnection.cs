using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Raw;

/// <summary>A frame as it came.</summary>
internal sealed record ReceivedFrame(FrameKind Kind, int Flags, int Stream, byte[] Payload)
{
    public bool EndsStream => (Flags & Octets.EndStream) != 0 && Kind is FrameKind.Data or FrameKind.Headers;

    /// <summary>The code of a RST_STREAM or GOAWAY.</summary>
    public Error Error => (Error)BinaryPrimitives.ReadInt32BigEndian(Payload.AsSpan(Kind == FrameKind.GoAway ? 4 : 0));
}

/// <summary>A TCP connection on which a test says whatever it likes.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int Patience = 60000;

    private readonly Socket _socket;

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>Connects.</summary>
    /// <param name="port">Port on this machine.</param>
    /// <param name="receiveBuffer">Octets that the system may take without the test reading them; 0 for its default.</param>
    public static async Task<RawConnection> OpenAsync(int port, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer != 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawConnection(socket);
    }

    public async Task SendAsync(params byte[][] parts)
    {
        using var deadline = new CancellationTokenSource(Patience);
        foreach (byte[] part in parts)
        {
            for (int sent = 0; sent < part.Length;)
            {
                sent += await _socket.SendAsync(part.AsMemory(sent), deadline.Token);
            }
        }
    }

    /// <summary>Sends what the server may not want to read to the end: that it closes meanwhile is no failure.</summary>
    public async Task SendAnywayAsync(params byte[][] parts)
    {
        try
        {
            await SendAsync(parts);
        }
        catch (SocketException)
        {
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends nothing more, and goes on reading.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next frame, or null when the server has closed.</summary>
    public async Task<ReceivedFrame?> ReadFrameAsync()
    {
        byte[] header = await ReadAsync(9);
        if (header.Length == 0)
        {
            return null;
        }

        Assert.HasCount(9, header, "The server closed in the midst of a frame.");
        int length = (header[0] << 16) | (header[1] << 8) | header[2];
        byte[] payload = await ReadAsync(length);
        Assert.HasCount(length, payload, "The server closed in the midst of a frame.");
        return new ReceivedFrame((FrameKind)header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
    }

    /// <summary>Reads until a frame of this kind comes.</summary>
    public async Task<ReceivedFrame> ReadFrameAsync(FrameKind kind, Func<ReceivedFrame, bool>? wanted = null)
    {
        while (true)
        {
            ReceivedFrame frame = await ReadFrameAsync() ?? throw new AssertFailedException($"The server closed without {kind}.");
            if (frame.Kind == kind && (wanted == null || wanted(frame)))
            {
                return frame;
            }
        }
    }

    /// <summary>Reads all frames until the server closes.</summary>
    public async Task<List<ReceivedFrame>> ReadFramesToEndAsync()
    {
        List<ReceivedFrame> frames = [];
        while (await ReadFrameAsync() is { } frame)
        {
            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Reads until the server closes.</summary>
    /// <param name="silence">Milliseconds of silence that are an end, too; 0 for none.</param>
    /// <param name="patience">Milliseconds until the first octet, where that is not the same.</param>
    /// <param name="isWhole">Says of what has come so far that nothing more is wanted.</param>
    public async Task<string> ReadTextToEndAsync(int silence = 0, int patience = 0, Predicate<string>? isWhole = null)
    {
        using var all = new MemoryStream();
        byte[] part = new byte[65536];
        while (silence == 0 || await Task.Run(() => _socket.Poll((all.Length == 0 && patience != 0 ? patience : silence) * 1000, SelectMode.SelectRead)))
        {
            int count = await ReceiveAsync(part);
            if (count == 0)
            {
                break;
            }

            all.Write(part, 0, count);
            if (isWhole?.Invoke(Encoding.Latin1.GetString(all.ToArray())) == true)
            {
                break;
            }
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    /// <summary>Octets, fewer only when the server closes.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        byte[] octets = new byte[count];
        int length = 0;
        while (length < count)
        {
            int more = await ReceiveAsync(octets.AsMemory(length));
            if (more == 0)
            {
                return octets[..length];
            }

            length += more;
        }

        return octets;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveAsync(Memory<byte> octets)
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            return await _socket.ReceiveAsync(octets, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new AssertFailedException($"The server has neither said anything nor closed for {Patience} ms.");
        }
        catch (SocketException)
        {
            // A reset says that octets were still unread: closed all the same.
            return 0;
        }
    }
}
