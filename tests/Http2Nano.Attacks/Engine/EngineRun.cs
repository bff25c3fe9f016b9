using System;
using System.Collections.Generic;
using Http2Nano.Attacks.Scripts;
using Http2Nano.Attacks.Wire;
using Http2Nano.Buffers;
using Http2Nano.Development.Budget;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Attacks.Engine;

/// <summary>A session that is attacked in memory, in a time of its own.</summary>
internal sealed class EngineRun
{
    // A device receives a megabyte a second at best.
    private const int OctetsPerMillisecond = 1000;

    // Long enough for every deadline there is, and a good deal more than the glitch budget lasts.
    private const int MostMilliseconds = 120_000;
    private const int MostKept = 1 << 20;

    private readonly HttpSession _session;
    private readonly List<byte> _received = [];
    private bool _deaf;
    private long _now = 1000;

    public EngineRun(HttpLimits limits, RequestDispatcher dispatcher)
    {
        Counters = new ServerCounters();
        _session = new HttpSession(limits, dispatcher, Counters);
    }

    public ServerCounters Counters { get; }

    /// <summary>Octets that the session took from the attacker.</summary>
    public long Taken { get; private set; }

    /// <summary>Simulated milliseconds until the end.</summary>
    public long Elapsed { get; private set; }

    /// <summary>Whether the session ended the connection.</summary>
    public bool Ended { get; private set; }

    /// <summary>Bytes that the session allocated on the host's heap while it worked.</summary>
    public long Allocated { get; private set; }

    /// <summary>Least and most bytes that the session held, by the device's rules.</summary>
    public int LeastHeld { get; private set; } = int.MaxValue;

    public int MostHeld { get; private set; }

    public Answer Answer => Answer.Read([.. _received]);

    /// <summary>Attacks until the session ends the connection, or for a while.</summary>
    public void Play(Attack attack, long mostOctets)
    {
        long began = _now;
        _deaf = attack.Deaf;
        _received.Clear();
        Taken = 0;
        Allocated = 0;
        Ended = false;
        Hold();
        _session.Begin(_now, false);
        int steps = 0;
        foreach (Step step in attack.Script())
        {
            Send(step.Octets);
            if (steps++ < 20 || (steps & 1023) == 0)
            {
                Hold();
            }

            Wait(step.Pause);
            if (Ended || Taken >= mostOctets || _now - began >= MostMilliseconds)
            {
                break;
            }
        }

        Elapsed = _now - began;
        Hold();
        _session.End();
        Hold();
    }

    private void Send(byte[] octets)
    {
        int sent = 0;
        int stalled = 0;
        do
        {
            int count = Math.Min(octets.Length - sent, _session.Receive.MakeRoom());
            Array.Copy(octets, sent, _session.Receive.Bytes, _session.Receive.End, count);
            _session.Receive.End += count;
            sent += count;
            Taken += count;
            Advance();
            stalled = count == 0 ? stalled + 1 : 0;
            if (stalled > 1)
            {
                // Nothing moves: time does.
                Wait(50);
            }
        }
        while (sent < octets.Length && !Ended && stalled < 2400);
        _now += (Taken % OctetsPerMillisecond + sent) / OctetsPerMillisecond;
    }

    private void Wait(int milliseconds)
    {
        long target = _now + milliseconds;
        while (!Ended && _session.Deadline <= target)
        {
            _now = Math.Max(_now, _session.Deadline);
            long before = _session.Deadline;
            Advance();
            if (!Ended && _session.Deadline <= before)
            {
                throw new InvalidOperationException("A deadline has passed, and the session did nothing about it.");
            }
        }

        _now = Math.Max(_now, target);
    }

    private void Advance()
    {
        int moved;
        do
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            _session.Advance(_now);
            Allocated += GC.GetAllocatedBytesForCurrentThread() - allocated;
            moved = _deaf ? 0 : Take();
        }
        while (moved != 0);
        Ended = _session.Finished && (_deaf || _session.Transmit.Length == 0);
    }

    private int Take()
    {
        TransmitBuffer transmit = _session.Transmit;
        int count = transmit.Length;
        if (_received.Count < MostKept)
        {
            _received.AddRange(transmit.Bytes.AsSpan(transmit.Start, count));
        }

        transmit.Sent(count);
        return count;
    }

    private void Hold()
    {
        int held = new HeapWalk().Add(_session).Bytes;
        LeastHeld = Math.Min(LeastHeld, held);
        MostHeld = Math.Max(MostHeld, held);
    }
}
