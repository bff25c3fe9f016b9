using System;
using System.Collections.Generic;
using Http2Nano.Hosting;

namespace Http2Nano.Engine.Tests.Resting;

/// <summary>One connection of a client, as the network has it.</summary>
internal sealed class Wire(RestingWorld world, int latency, Action<byte[]> heard, Action closed)
{
    private bool _left;

    /// <summary>What has arrived and is not read.</summary>
    public List<byte> Arrived { get; } = [];

    /// <summary>Whether the client's end has arrived, and whether that was a reset.</summary>
    public bool HasEnded { get; private set; }

    public bool IsReset { get; private set; }

    public void Say(byte[] octets) => world.After(latency, () => Arrived.AddRange(octets));

    public void End() => world.After(latency, () => HasEnded = true);

    public void Reset()
    {
        _left = true;
        world.After(latency, () =>
        {
            Arrived.Clear();
            HasEnded = true;
            IsReset = true;
        });
    }

    public void Hear(byte[] octets) => world.After(latency, () =>
    {
        if (!_left)
        {
            heard(octets);
        }
    });

    public void Cut() => world.After(latency, () =>
    {
        if (!_left)
        {
            _left = true;
            closed();
        }
    });
}

/// <summary>A port.</summary>
internal sealed class WorldListener(RestingWorld world) : Listener
{
    internal override int Port => 80;

    protected override void OpenSocket() => world.IsListening = true;

    protected override bool Poll(int milliseconds)
    {
        world.Call();
        return world.Elapse(() => world.Backlog.Count != 0, milliseconds);
    }

    protected override void AcceptInto(AcceptedTransport transport)
    {
        world.Call();
        ((WorldTransport)transport).Take(world.Backlog[0]);
        world.Backlog.RemoveAt(0);
    }

    protected override void CloseSocket()
    {
        world.IsListening = false;
        world.Backlog.ForEach(wire => wire.Cut());
        world.Backlog.Clear();
    }
}

/// <summary>The server's end of a connection.</summary>
internal sealed class WorldTransport(RestingWorld world) : AcceptedTransport
{
    private Wire? _wire;

    public override string PeerAddress => string.Empty;

    internal override int PeerNumber => 1;

    internal override int Available
    {
        get
        {
            world.Call();
            return _wire!.Arrived.Count;
        }
    }

    private bool IsReady => _wire == null || _wire.Arrived.Count != 0 || _wire.HasEnded;

    public void Take(Wire wire)
    {
        if (_wire != null)
        {
            world.Report("A connection was forgotten.");
        }

        _wire = wire;
        world.Open++;
    }

    public override bool WaitForData(int milliseconds)
    {
        world.Call();
        return world.Elapse(() => IsReady, milliseconds);
    }

    public override bool WaitForRoom(int milliseconds)
    {
        world.Call();
        return true;
    }

    public override int Receive(byte[] buffer, int offset, int count)
    {
        world.Call();
        if (_wire!.IsReset)
        {
            return Lost;
        }

        if (!IsReady)
        {
            world.Report("A receive would wait.");
        }

        int taken = Math.Min(count, _wire.Arrived.Count);
        _wire.Arrived.CopyTo(0, buffer, offset, taken);
        _wire.Arrived.RemoveRange(0, taken);
        return taken;
    }

    public override int Send(byte[] buffer, int offset, int count)
    {
        world.Call();
        if (_wire!.IsReset)
        {
            return Lost;
        }

        if (buffer.AsSpan(offset, count).StartsWith("HTTP/1.1 503"u8))
        {
            world.Refused();
        }

        _wire.Hear(buffer.AsSpan(offset, count).ToArray());
        return count;
    }

    public override void Close()
    {
        if (_wire != null)
        {
            world.Open--;
            _wire.Cut();
            _wire = null;
        }
    }

    internal override int Look()
    {
        world.Call();
        return _wire!.Arrived.Count != 0 ? Spoken : _wire.HasEnded ? Ended : Silent;
    }

    internal override int Peek(byte[] buffer, int count)
    {
        world.Call();
        int peeked = Math.Min(count, _wire!.Arrived.Count);
        _wire.Arrived.CopyTo(0, buffer, 0, peeked);
        return peeked;
    }

    internal override void Begin(int writeTimeout) => world.Call();

    internal override Transport Secure(TlsAcceptor acceptor, IHandshakeLimit limit, int writeTimeout) => throw new NotSupportedException();
}
