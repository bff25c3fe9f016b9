using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Attacks.Wire;

namespace Http2Nano.Soak;

/// <summary>Clients that behave: connections one behind the other, with some requests each, over both protocols.</summary>
internal sealed class HonestLoad(IPEndPoint server)
{
    private const int RequestsOfHttp1 = 50;
    private const int RequestsOfHttp2 = 200;

    // Fewer than the server announces at the least.
    private const int AtOnce = 4;

    private static readonly byte[] s_get = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: device\r\nUser-Agent: soak\r\n\r\n");

    private long _answered;
    private long _failed;

    /// <summary>Requests answered.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Requests in vain: two connections, one right after the other, that were given no answer.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            for (int turn = 0; !stop.IsCancellationRequested; turn++)
            {
                // A client that had no time to speak in a crowd of attackers is let go; as browsers do, it comes again.
                if (!await ConnectAsync(turn, stop) && !await ConnectAsync(turn, stop))
                {
                    Interlocked.Increment(ref _failed);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    // Whether the connection was given anything.
    private async Task<bool> ConnectAsync(int turn, CancellationToken stop)
    {
        long before = Answered;
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server, stop);
            return turn % 2 == 0 ? await OverHttp1Async(socket, stop) : await OverHttp2Async(socket, stop);
        }
        catch (SocketException)
        {
            // It was closed between two requests, and the second was on its way.
            return Answered > before;
        }
    }

    private async Task<bool> OverHttp1Async(Socket socket, CancellationToken stop)
    {
        byte[] buffer = new byte[4096];
        for (int i = 0; i < RequestsOfHttp1; i++)
        {
            await socket.SendAsync(s_get, stop);
            int length = 0;
            do
            {
                int count = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                if (count == 0)
                {
                    return i > 0;
                }

                length += count;
            }
            while (buffer.AsSpan(0, length).IndexOf("Hello, world\n"u8) < 0);
            Interlocked.Increment(ref _answered);
            if (buffer.AsSpan(0, length).IndexOf("connection: close"u8) >= 0)
            {
                return true;
            }
        }

        return true;
    }

    private async Task<bool> OverHttp2Async(Socket socket, CancellationToken stop)
    {
        byte[] buffer = new byte[8192];
        await socket.SendAsync(Frame.Greeting, stop);
        int answers = 0;
        for (int i = 0; i < RequestsOfHttp2; i += AtOnce)
        {
            int first = 2 * i + 1;
            await socket.SendAsync(Enumerable.Range(0, AtOnce).SelectMany(k => Frame.Get(first + 2 * k)).ToArray(), stop);
            for (int wanted = i + AtOnce; answers < wanted;)
            {
                int count = await socket.ReceiveAsync(buffer, stop);
                if (count == 0)
                {
                    // Another client had its turn; the requests that are left would go on the next connection.
                    return answers > 0;
                }

                int found = CountOf(buffer.AsSpan(0, count));
                answers += found;
                Interlocked.Add(ref _answered, found);
            }
        }

        return true;
    }

    // Answers are short and written whole.
    private static int CountOf(ReadOnlySpan<byte> octets)
    {
        int count = 0;
        for (int at; (at = octets.IndexOf("Hello, world\n"u8)) >= 0; octets = octets[(at + 1)..])
        {
            count++;
        }

        return count;
    }
}
