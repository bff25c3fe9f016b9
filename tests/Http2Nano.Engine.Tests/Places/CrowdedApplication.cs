using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Http2Nano.Messages;

namespace Http2Nano.Engine.Tests.Places;

/// <summary>What a request is for.</summary>
internal enum Kind
{
    /// <summary>A short response that lies in the exchange.</summary>
    Short,

    /// <summary>A body from a source, which has all of it.</summary>
    Download,

    /// <summary>The application completes the response after a while.</summary>
    Deferred,

    /// <summary>A body that is gathered before the handler runs.</summary>
    Gathered,

    /// <summary>A body that goes to a sink.</summary>
    Streamed,

    /// <summary>The application completes the response when all is over: a long poll.</summary>
    Polled,

    /// <summary>A body from a source that has nothing until all is over: events.</summary>
    Events,
}

internal static class KindExtensions
{
    public static bool IsUpload(this Kind kind) => kind is Kind.Gathered or Kind.Streamed;

    /// <summary>It holds its place for as long as it likes.</summary>
    public static bool IsEndless(this Kind kind) => kind is Kind.Polled or Kind.Events;
}

/// <summary>Does what paths say: the number of a kind, and a size.</summary>
internal sealed class CrowdedApplication : RequestDispatcher
{
    private readonly List<(long Time, HttpResponse Response)> _deferred = [];
    private readonly Octets _source;
    private readonly Drain _drain = new();

    public CrowdedApplication() => _source = new Octets(this);

    public long Now { get; set; }

    /// <summary>Polls are completed and events end.</summary>
    public bool IsOver { get; private set; }

    /// <summary>When the next response is completed.</summary>
    public long Next
    {
        get
        {
            long next = long.MaxValue;
            foreach ((long time, _) in _deferred)
            {
                next = Math.Min(next, time);
            }

            return next;
        }
    }

    public void Complete()
    {
        foreach ((long time, HttpResponse response) in _deferred.ToArray())
        {
            if (time <= Now || IsOver)
            {
                _deferred.Remove((time, response));
                response.Complete();
            }
        }
    }

    public void End()
    {
        IsOver = true;
        Complete();
    }

    protected override Disposition Route(HttpRequest request, HttpResponse response) =>
        Read(request).Kind == Kind.Streamed ? Disposition.Stream : Disposition.Gather;

    protected override void Handle(HttpRequest request, HttpResponse response)
    {
        (Kind kind, int size) = Read(request);
        switch (kind)
        {
            case Kind.Download:
                response.SetBody(_source, 0, size);
                break;
            case Kind.Deferred:
                response.Defer();
                _deferred.Add((Now + size, response));
                break;
            case Kind.Polled:
                response.Defer();
                _deferred.Add((long.MaxValue, response));
                break;
            case Kind.Streamed:
                request.ReadBody(_drain, 0);
                response.Write("ok"u8.ToArray());
                break;
            case Kind.Events:
                response.SetBody(_source, 1, HttpResponse.UnknownLength);
                break;
            default:
                response.Write(new byte[20]);
                break;
        }
    }

    private static (Kind Kind, int Size) Read(HttpRequest request)
    {
        string[] parts = Encoding.ASCII.GetString(request.Bytes, request.PathStart, request.PathCount).Split('/');
        return ((Kind)int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private sealed class Octets(CrowdedApplication owner) : BodySource
    {
        public override int Read(int key, int position, byte[] buffer, int offset, int count) =>
            key == 0 ? count : owner.IsOver ? EndOfBody : 0;
    }

    private sealed class Drain : BodySink
    {
        public override int Room(int key) => 4096;

        public override void Write(int key, byte[] buffer, int offset, int count)
        {
        }

        public override void Close(int key, bool complete)
        {
        }
    }
}
