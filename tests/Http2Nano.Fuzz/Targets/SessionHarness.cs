using System;
using System.Runtime.ExceptionServices;
using Http2Nano.Buffers;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// Plays octets to a session and checks what must always hold: bounds, windows and slots, no exception, no allocation, and
/// that a passed deadline does not stay passed.
/// </summary>
internal sealed class SessionHarness
{
    // Turns in which nothing is taken: a response without end holds up what was pipelined behind it.
    private const int MostStalls = 100;
    private const int MostKept = 1 << 16;

    // Octets at a time and milliseconds between them, by the first octet of an input.
    private static readonly int[] s_pieces = [int.MaxValue, 1, 2, 7, 64, 300];
    private static readonly int[] s_pauses = [0, 0, 1, 40, 1000, 6000];

    private readonly HttpSession _session;
    private readonly ServerCounters _counters = new();
    private readonly SessionState _state;
    private readonly byte[] _received = new byte[MostKept];
    private int _receivedCount;
    private int _exceptions;
    private string _exception = "";
    private long _now = 1000;

    public SessionHarness(HttpLimits limits, RequestDispatcher dispatcher)
    {
        _session = new HttpSession(limits, dispatcher, _counters);
        _state = new SessionState(_session, limits);
        AppDomain.CurrentDomain.FirstChanceException += Note;
    }

    /// <summary>Exceptions that the application meets and answers, such as those of a drive.</summary>
    public Func<Exception, bool> Expects { get; init; } = _ => false;

    /// <summary>Whether the application allocates.</summary>
    public bool Allocates { get; init; }

    /// <summary>What the session has sent, as far as it is kept.</summary>
    public ReadOnlySpan<byte> Received => _received.AsSpan(0, _receivedCount);

    /// <summary>Plays an input whose first octet says how it comes.</summary>
    /// <param name="first">Octets that go before it, at once.</param>
    /// <param name="input">The input.</param>
    public void Play(ReadOnlySpan<byte> first, ReadOnlySpan<byte> input)
    {
        // What is made once in a process is made at the first time.
        if (PlayOnce(first, input) != 0 && !Allocates)
        {
            Check(PlayOnce(first, input) == 0, "Something was allocated.");
        }
    }

    public static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvariantException(what);
        }
    }

    // Bytes allocated.
    private long PlayOnce(ReadOnlySpan<byte> first, ReadOnlySpan<byte> input)
    {
        int manner = input.IsEmpty ? 0 : input[0];
        int piece = s_pieces[manner % s_pieces.Length];
        int pause = s_pauses[manner / 8 % s_pauses.Length];
        bool deaf = manner >= 240;
        _receivedCount = 0;
        _exceptions = 0;
        _session.Begin(_now, (manner & 128) != 0);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Feed(first, int.MaxValue, 0, false);
        Feed(input.IsEmpty ? input : input[1..], piece, pause, deaf);
        Wait(100, deaf);
        _session.End();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        _now += 1000;
        Check(_exceptions == 0, _exception);
        _state.CheckReleased();
        return allocated;
    }

    private void Feed(ReadOnlySpan<byte> octets, int piece, int pause, bool deaf)
    {
        int stalls = 0;
        while (!octets.IsEmpty && !_session.Finished && stalls < MostStalls)
        {
            int count = Math.Min(Math.Min(octets.Length, piece), _session.Receive.MakeRoom());
            octets[..count].CopyTo(_session.Receive.Bytes.AsSpan(_session.Receive.End));
            _session.Receive.End += count;
            octets = octets[count..];
            Advance(deaf);
            if (pause != 0 || count == 0)
            {
                Wait(count == 0 ? 50 : pause, deaf);
            }

            stalls = count == 0 ? stalls + 1 : 0;
        }
    }

    private void Wait(int milliseconds, bool deaf)
    {
        long target = _now + milliseconds;
        while (!_session.Finished && _session.Deadline <= target)
        {
            _now = Math.Max(_now, _session.Deadline);
            Advance(deaf);
            Check(_session.Finished || _session.Deadline > _now, "A deadline has passed, and nothing was done about it.");
        }

        _now = Math.Max(_now, target);
    }

    private void Advance(bool deaf)
    {
        for (int turn = 0; ; turn++)
        {
            _session.Advance(_now);
            _state.Check();
            TransmitBuffer transmit = _session.Transmit;
            int count = transmit.Length;
            if (deaf || count == 0 || turn > 20)
            {
                return;
            }

            int kept = Math.Min(count, MostKept - _receivedCount);
            transmit.Bytes.AsSpan(transmit.Start, kept).CopyTo(_received.AsSpan(_receivedCount));
            _receivedCount += kept;
            transmit.Sent(count);
        }
    }

    // The session survives what nobody expects; here it must not happen at all.
    private void Note(object? sender, FirstChanceExceptionEventArgs arguments)
    {
        if (arguments.Exception is not InvariantException && !Expects(arguments.Exception) && _exceptions++ == 0)
        {
            _exception = arguments.Exception.ToString();
        }
    }
}
