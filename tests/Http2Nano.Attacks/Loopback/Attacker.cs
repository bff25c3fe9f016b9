using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Attacks.Scripts;
using Http2Nano.Attacks.Wire;

namespace Http2Nano.Attacks.Loopback;

/// <summary>Plays an attack over TCP, again and again on new connections, until it is told to stop.</summary>
internal sealed class Attacker(IPEndPoint server, Attack attack)
{
    private const int MostKept = 1 << 18;

    private long _sent;
    private int _connections;

    /// <summary>Octets sent on all connections.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Connections made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>What was received on the first connection that ended.</summary>
    public Answer? FirstAnswer { get; private set; }

    /// <summary>Attacks until stopped.</summary>
    public Task RunAsync(CancellationToken stop)
    {
        var tasks = new Task[attack.Connections];
        for (int i = 0; i < tasks.Length; i++)
        {
            int pause = i * attack.Pace;
            tasks[i] = Task.Run(() => RepeatAsync(pause, stop), CancellationToken.None);
        }

        return Task.WhenAll(tasks);
    }

    private async Task RepeatAsync(int pause, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, stop);
                await OnceAsync(stop);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // Ended by the server, which is what it is to do.
            }

            pause = attack.Rest;
        }
    }

    private async Task OnceAsync(CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (attack.Deaf)
        {
            socket.ReceiveBufferSize = 4096;
        }

        await socket.ConnectAsync(server, stop);
        Interlocked.Increment(ref _connections);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<byte[]> reading = attack.Deaf ? Task.FromResult<byte[]>([]) : ReadAsync(socket, ended);
        try
        {
            foreach (Step step in attack.Script())
            {
                if (step.Octets.Length != 0)
                {
                    await socket.SendAsync(step.Octets, ended.Token);
                    Interlocked.Add(ref _sent, step.Octets.Length);
                }

                if (step.Pause != 0)
                {
                    await Task.Delay(step.Pause, ended.Token);
                }

                ended.Token.ThrowIfCancellationRequested();
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The answer was on its way before.
        }

        if (!stop.IsCancellationRequested)
        {
            ended.CancelAfter(500);
        }

        byte[] received = await reading;
        FirstAnswer ??= Answer.Read(received);
    }

    // To the end of the connection, which cancels the rest.
    private static async Task<byte[]> ReadAsync(Socket socket, CancellationTokenSource ended)
    {
        var received = new List<byte>();
        byte[] buffer = new byte[16384];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, ended.Token)) > 0)
            {
                if (received.Count < MostKept)
                {
                    received.AddRange(buffer.AsSpan(0, count));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // What was received before counts.
        }

        await ended.CancelAsync();
        return [.. received];
    }
}
