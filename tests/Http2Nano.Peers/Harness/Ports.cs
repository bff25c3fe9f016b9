using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Http2Nano.Peers.Harness;

/// <summary>
/// Ports for servers that are told where to listen. They lie below those that systems give to clients, and each process of tests has a
/// block of them to itself: no client and no other tests take one between its choice and the server's start.
/// </summary>
internal static class Ports
{
    private const int First = 10_000;
    private const int End = 32_000;
    private const int Block = 100;

    private static readonly Lock s_lock = new();

    // At the first port of its block a process listens until it ends: that is its claim.
    private static TcpListener? s_claim;
    private static int s_first;
    private static int s_last;

    /// <summary>A port that nobody listens on.</summary>
    public static int Take()
    {
        lock (s_lock)
        {
            if (s_claim == null)
            {
                Claim();
            }

            for (int i = 0; i < Block; i++)
            {
                s_last = s_last == s_first + Block - 1 ? s_first + 1 : s_last + 1;
                if (TryListen(IPAddress.Any, s_last) is { } free)
                {
                    free.Stop();
                    return s_last;
                }
            }
        }

        throw new InvalidOperationException($"All ports from {s_first} to {s_first + Block - 1} are taken.");
    }

    /// <summary>Ports that nobody listens on.</summary>
    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Take())];

    private static void Claim()
    {
        int[] blocks = [.. Enumerable.Range(0, (End - First) / Block)];
        Random.Shared.Shuffle(blocks);
        foreach (int block in blocks)
        {
            s_first = First + (block * Block);
            s_last = s_first;
            s_claim = TryListen(IPAddress.Loopback, s_first);
            if (s_claim != null)
            {
                return;
            }
        }

        throw new InvalidOperationException($"There is no free port from {First} to {End}.");
    }

    private static TcpListener? TryListen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
