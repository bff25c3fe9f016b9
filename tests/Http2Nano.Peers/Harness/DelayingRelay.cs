using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Http2Nano.Peers.Harness;

/// <summary>A path that takes time: whatever comes is passed on later, in both directions, at any rate.</summary>
internal sealed class DelayingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly TimeSpan _delay;
    private readonly int _target;
    private readonly Task _accepting;
    private int _connections;

    /// <summary>Starts to listen.</summary>
    /// <param name="target">Port of the server.</param>
    /// <param name="roundTrip">Milliseconds there and back.</param>
    public DelayingRelay(int target, int roundTrip)
    {
        _target = target;
        _delay = TimeSpan.FromMilliseconds(roundTrip / 2.0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Connections => _connections;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        try
        {
            await _accepting;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
        }

        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client = await _listener.AcceptSocketAsync(_over.Token);
            _connections++;
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            _ = RelayAsync(client, server);
        }
    }

    private async Task RelayAsync(Socket client, Socket server)
    {
        using (client)
        using (server)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _over.Token);
                await Task.WhenAll(PassAsync(client, server), PassAsync(server, client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        Channel<(long Due, byte[] Octets)> path = Channel.CreateUnbounded<(long, byte[])>();
        Task arriving = Task.Run(async () =>
        {
            await foreach ((long due, byte[] octets) in path.Reader.ReadAllAsync(_over.Token))
            {
                TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, _over.Token);
                }

                for (int sent = 0; sent < octets.Length;)
                {
                    sent += await to.SendAsync(octets.AsMemory(sent), _over.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        });
        byte[] buffer = new byte[65536];
        int count;
        while ((count = await from.ReceiveAsync(buffer, _over.Token)) != 0)
        {
            long due = Stopwatch.GetTimestamp() + (long)(_delay.TotalSeconds * Stopwatch.Frequency);
            path.Writer.TryWrite((due, buffer[..count]));
        }

        path.Writer.Complete();
        await arriving;
    }
}
