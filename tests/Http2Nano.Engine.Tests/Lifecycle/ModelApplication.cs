using System;
using System.Globalization;
using System.Text;
using Http2Nano.Messages;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>What a handler does. The letter of a path says it: /c12 is request 12, answered by a source.</summary>
internal enum Behaviour
{
    Write,
    Array,
    Source,
    Unknown,
    Stalled,
    Trailers,
    NoContent,
    Defer,
    DeferWithSource,
    Throw,
    DeferAndThrow,
    SourceAndThrow,
    SourceThatThrows,
    SourceThatThrowsInClose,
    Push,
    PushSource,
    Sink,
    SmallSink,
    SinkThatThrows,
    SinkAndDefer,
    SinkAndThrow,
    Echo,
    RouteThrows,
    RouteDefers,
    RouteDefersAndThrows,
    Answered,
    Hints,
}

/// <summary>Does what the path of a request says, and writes it all down.</summary>
internal sealed class ModelApplication(Ledger ledger, Func<int> nextId) : RequestDispatcher
{
    public const int Behaviours = (int)Behaviour.Hints + 1;

    public static readonly byte[] IdName = "x-id"u8.ToArray();

    public int Requests { get; private set; }

    /// <summary>The path of a request.</summary>
    public static string Path(Behaviour behaviour, int id) =>
        string.Create(CultureInfo.InvariantCulture, $"/{(char)('A' + behaviour)}{id}");

    /// <summary>Writes what belongs to a request.</summary>
    public static void Fill(HttpResponse response, int id, int count)
    {
        byte[] octets = new byte[count];
        octets.AsSpan().Fill(Model.Mark(id));
        response.Write(octets);
    }

    /// <summary>Sets a body that belongs to a request.</summary>
    public ModelSource SetSource(HttpResponse response, ModelSource source, int length)
    {
        response.SetBody(source, 0, length);
        ledger.Sources.Add(source);
        return source;
    }

    protected override Disposition Route(HttpRequest request, HttpResponse response)
    {
        ledger.Call();
        (Behaviour behaviour, int id) = Read(request);
        switch (behaviour)
        {
            case Behaviour.RouteThrows:
                throw new ModelException();

            case Behaviour.RouteDefers:
                Defer(request, response, id);
                return Disposition.Answered;

            case Behaviour.RouteDefersAndThrows:
                Defer(request, response, id);
                throw new ModelException();

            case Behaviour.Answered:
                response.AddHeader(IdName, id);
                Fill(response, id, 20);
                return Disposition.Answered;

            case >= Behaviour.Sink and <= Behaviour.Echo:
                return Disposition.Stream;

            default:
                return Disposition.Gather;
        }
    }

    protected override void Handle(HttpRequest request, HttpResponse response)
    {
        Requests++;
        ledger.Call();
        (Behaviour behaviour, int id) = Read(request);
        if (request.Bytes.AsSpan(request.BodyStart, request.BodyCount).ContainsAnyExcept(Model.Mark(id)))
        {
            ledger.Report($"Request {id} is given the body of another.");
        }

        response.AddHeader(IdName, id);
        switch (behaviour)
        {
            case Behaviour.Write:
                Fill(response, id, 30);
                break;
            case Behaviour.Array:
                byte[] octets = new byte[700];
                octets.AsSpan().Fill(Model.Mark(id));
                response.SetBody(octets, 0, octets.Length);
                break;
            case Behaviour.Source:
                SetSource(response, new ModelSource(ledger, id, 900), 900);
                break;
            case Behaviour.Unknown:
                SetSource(response, new ModelSource(ledger, id, 500), HttpResponse.UnknownLength);
                break;
            case Behaviour.Stalled:
                SetSource(response, new ModelSource(ledger, id, 500) { Stalls = true }, HttpResponse.UnknownLength);
                break;
            case Behaviour.Trailers:
                response.AddTrailer("x-after"u8.ToArray(), "1"u8.ToArray());
                SetSource(response, new ModelSource(ledger, id, 150), HttpResponse.UnknownLength);
                break;
            case Behaviour.NoContent:
                response.Status = 204;
                SetSource(response, new ModelSource(ledger, id, 150), 150);
                break;
            case Behaviour.Defer:
                Defer(request, response, id);
                break;
            case Behaviour.DeferWithSource:
                SetSource(response, new ModelSource(ledger, id, 200), 200);
                Defer(request, response, id);
                break;
            case Behaviour.Throw:
                Fill(response, id, 10);
                throw new ModelException();
            case Behaviour.DeferAndThrow:
                Defer(request, response, id);
                throw new ModelException();
            case Behaviour.SourceAndThrow:
                SetSource(response, new ModelSource(ledger, id, 100) { ThrowsInClose = true }, 100);
                throw new ModelException();
            case Behaviour.SourceThatThrows:
                SetSource(response, new ModelSource(ledger, id, 200) { ThrowsInRead = true }, 200);
                break;
            case Behaviour.SourceThatThrowsInClose:
                SetSource(response, new ModelSource(ledger, id, 200) { ThrowsInClose = true }, 200);
                break;
            case Behaviour.Push:
                Push(response, Behaviour.Write);
                Fill(response, id, 40);
                break;
            case Behaviour.PushSource:
                Push(response, Behaviour.Source);
                Push(response, Behaviour.Defer);
                Push(response, Behaviour.Throw);
                SetSource(response, new ModelSource(ledger, id, 300), 300);
                break;
            case Behaviour.Sink:
                ReadBody(request, new ModelSink(ledger, id, 100_000));
                Fill(response, id, 15);
                break;
            case Behaviour.SmallSink:
                ReadBody(request, new ModelSink(ledger, id, 60) { IsEmptied = false });
                Fill(response, id, 15);
                break;
            case Behaviour.SinkThatThrows:
                ReadBody(request, new ModelSink(ledger, id, 1000) { ThrowsInWrite = true });
                Fill(response, id, 15);
                break;
            case Behaviour.SinkAndDefer:
                ReadBody(request, new ModelSink(ledger, id, 1000));
                Defer(request, response, id);
                break;
            case Behaviour.SinkAndThrow:
                ReadBody(request, new ModelSink(ledger, id, 1000));
                throw new ModelException();
            case Behaviour.Echo:
                ModelSink sink = ReadBody(request, new ModelSink(ledger, id, 80) { IsEmptied = false });
                SetSource(response, new ModelSource(ledger, id, 0) { Echoed = sink }, HttpResponse.UnknownLength);
                break;
            case Behaviour.Hints:
                response.EarlyHints("</a.css>; rel=preload"u8.ToArray());
                Fill(response, id, 5);
                break;
        }
    }

    protected override void Answered(HttpRequest request, HttpResponse response) => ledger.Call();

    protected override void Failed(HttpRequest request, Exception exception) => ledger.Call();

    private static (Behaviour Behaviour, int Id) Read(HttpRequest request)
    {
        string path = Encoding.ASCII.GetString(request.Bytes, request.PathStart, request.PathCount);
        return ((Behaviour)(path[1] - 'A'), int.Parse(path.AsSpan(2), CultureInfo.InvariantCulture));
    }

    private void Defer(HttpRequest request, HttpResponse response, int id)
    {
        response.Defer();
        ledger.Held.Add(new Held(request, response, id));
    }

    private void Push(HttpResponse response, Behaviour behaviour) =>
        response.Push(Encoding.ASCII.GetBytes(Path(behaviour, nextId())));

    private ModelSink ReadBody(HttpRequest request, ModelSink sink)
    {
        request.ReadBody(sink, 0);
        ledger.Sinks.Add(sink);
        return sink;
    }
}
