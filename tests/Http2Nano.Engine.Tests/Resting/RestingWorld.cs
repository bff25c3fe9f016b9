using System;
using System.Collections.Generic;
using System.Reflection;
using System.Threading;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Engine.Tests.Resting;

/// <summary>
/// A server's surroundings in memory: a time that goes on only when the server waits or calls something, what happens at which time,
/// and what was found wrong. All of it follows from one number.
/// </summary>
internal sealed class RestingWorld : ServerPlatform
{
    /// <summary>Milliseconds within which a request is answered and an event heard, unless the connection ends.</summary>
    public const int Bound = 3000;

    // Microseconds that any call takes.
    private const int CallTime = 20;

    // Milliseconds after which a server that does not stop is left.
    private const int LongestRun = 40000;

    private readonly PriorityQueue<Action, (long, int)> _due = new();
    private readonly List<string> _faults = [];
    private long _micros = 1000000;
    private int _count;
    private int _number;
    private int _refusals;

    public RestingWorld(int seed)
    {
        Random = new Random(seed);
        Options.Limits = Random.Next(2) == 0 ? HttpProfiles.Tiny() : HttpProfiles.Default();
        Options.Limits.DrainTimeout = 1000;
        Options.Limits.IdleTimeout = Random.Next(4) == 0 ? 1000 : 60000;
        Options.SilentConnections = Random.Next(1, 4);
        Application = new RestingApplication(this);
        Server = new HttpServer(Options, Application, this);
    }

    public Random Random { get; }

    public HttpServerOptions Options { get; } = new();

    public RestingApplication Application { get; }

    public HttpServer Server { get; }

    public List<Wire> Backlog { get; } = [];

    public List<RestingClient> Clients { get; } = [];

    /// <summary>Set when the run is over.</summary>
    public ManualResetEventSlim Over { get; } = new();

    public bool IsListening { get; set; }

    /// <summary>Accepted connections that are open.</summary>
    public int Open { get; set; }

    /// <summary>From when on clients ask for nothing and nothing is published, and from when on nobody is there or the server stops.</summary>
    public int QuietFrom { get; private set; } = int.MaxValue;

    public bool IsStopping { get; private set; }

    public bool AllLeft { get; private set; }

    /// <summary>Whether somebody says what no client should.</summary>
    public bool HasNonsense { get; set; }

    /// <summary>Whether the application holds an exchange that is nobody's, so that a client may be refused.</summary>
    public bool MayRefuse => Application.Owes;

    public int Time => (int)(_micros / 1000) - 1000;

    public IReadOnlyList<string> Faults => _faults;

    internal override long Now
    {
        get
        {
            Call();
            return _micros / 1000;
        }
    }

    /// <summary>A number that nobody else has.</summary>
    public int NextNumber() => ++_number;

    /// <summary>The server answers that it has no exchange, which it counts as an error.</summary>
    public void Refused() => _refusals++;

    public void Report(string fault)
    {
        if (_faults.Count < 10)
        {
            _faults.Add(Time + ": " + fault);
        }
    }

    public void At(int time, Action action) => _due.Enqueue(action, ((Math.Max(time, Time) + 1000) * 1000L, _count++));

    public void After(int milliseconds, Action action) => At(Time + milliseconds, action);

    public void Call()
    {
        _micros += CallTime;
        Happen();
    }

    /// <summary>Waits until something is there, and not longer than asked.</summary>
    public bool Elapse(Func<bool>? isReady, int milliseconds)
    {
        long until = _micros + (milliseconds * 1000L);
        while (isReady == null || !isReady())
        {
            if (_due.TryPeek(out _, out (long Micros, int) next) && next.Micros < until)
            {
                _micros = Math.Max(_micros, next.Micros);
                Happen();
            }
            else
            {
                _micros = until;
                Happen();
                return isReady != null && isReady();
            }
        }

        return true;
    }

    /// <summary>Lets clients come and go, and looks whether everything was as it should be.</summary>
    public void Play()
    {
        QuietFrom = Random.Next(1500, 4000);
        int count = Random.Next(2, 9);
        for (int i = 0; i < count; i++)
        {
            RestingClient client = Random.Next(20) switch
            {
                < 5 => new EventListener(this),
                < 11 => new Http2Client(this),
                < 18 => new Poller(this),
                _ => new Newcomer(this),
            };
            Clients.Add(client);
            At(Random.Next(10) < 6 ? Random.Next(200) : Random.Next(QuietFrom), client.Come);
        }

        int end = QuietFrom + Bound + 200;
        At(end, CheckClients);
        if (Random.Next(2) == 0)
        {
            At(end + 1, LeaveAll);
            end += Bound;
            At(end - 1, () => CheckFree("nobody is there"));
        }
        else if (Random.Next(2) == 0)
        {
            end = Random.Next(500, end);
        }

        At(end, Stop);
        Server.Listen();
        Server.Run();
        IsStopping = true;
        Elapse(null, 2000);
        CheckFree("the server has stopped");
        Application.CheckClosed();
        ServerCounters counters = Server.Counters;
        if ((!HasNonsense && counters.ConnectionErrors != _refusals) || counters.OutOfMemory != 0)
        {
            Report($"{counters.ConnectionErrors} connection errors with {_refusals} refusals, {counters.OutOfMemory} times no memory.");
        }

        if (counters.HandlerFailures > Application.Thrown)
        {
            Report($"{counters.HandlerFailures} failures of handlers, {Application.Thrown} meant.");
        }
    }

    internal override void Sleep(int milliseconds)
    {
        Call();
        Elapse(null, milliseconds);
    }

    internal override Listener NewListener(HttpServerOptions options, int port) => new WorldListener(this);

    internal override AcceptedTransport NewTransport() => new WorldTransport(this);

    private void Happen()
    {
        while (_due.TryPeek(out Action? action, out (long Micros, int) due) && due.Micros <= _micros)
        {
            _due.Dequeue();
            action();
        }

        if (Time > LongestRun)
        {
            // It would go on after any exception, so its thread is left where it is.
            Report("The server does not stop.");
            Over.Set();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private void CheckClients()
    {
        if (!IsStopping)
        {
            foreach (RestingClient client in Clients)
            {
                client.Check();
            }
        }
    }

    private void LeaveAll()
    {
        AllLeft = true;
        foreach (RestingClient client in Clients)
        {
            client.Leave();
        }
    }

    private void Stop()
    {
        IsStopping = true;
        Server.Stop();
    }

    // Nothing is under way.
    private void CheckFree(string when)
    {
        const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic;
        var loop = (ConnectionLoop)typeof(HttpServer).GetField("_loop", Fields)!.GetValue(Server)!;
        ExchangePool exchanges = loop.Session.Exchanges;
        for (int i = 0; i < exchanges.Count; i++)
        {
            if (exchanges[i].Owner != ExchangePool.Free)
            {
                Report($"Exchange {i} has owner {exchanges[i].Owner} although {when}.");
            }
        }

        object reception = typeof(HttpServer).GetField("_reception", Fields)!.GetValue(Server)!;
        foreach (ConnectionPlace place in (ConnectionPlace[])typeof(Reception).GetField("_places", Fields)!.GetValue(reception)!)
        {
            if (place.State != ConnectionPlace.Free || place.Rest != null)
            {
                Report($"A place is in state {place.State}, with {place.Rest?.GetType().Name ?? "nothing"} at rest, although {when}.");
            }
        }

        if (Open != 0)
        {
            Report($"{Open} connections are open although {when}.");
        }
    }
}
