using System;
using System.Collections.Generic;
using Http2Nano.Messages;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>What an application of the model throws: it is expected, and anything else is not.</summary>
internal sealed class ModelException : Exception;

/// <summary>What the application has handed to the server, and has to see again.</summary>
internal sealed class Ledger
{
    public List<ModelSource> Sources { get; } = [];

    public List<ModelSink> Sinks { get; } = [];

    /// <summary>Responses that were put off and not completed.</summary>
    public List<Held> Held { get; } = [];

    /// <summary>The first thing that was found wrong where nothing can be thrown.</summary>
    public string? Fault { get; private set; }

    /// <summary>Calls of the application so far.</summary>
    public int Calls { get; private set; }

    /// <summary>The call that throws, counted from 1.</summary>
    public int ThrowsAt { get; set; }

    /// <summary>That call has come.</summary>
    public bool HasThrown { get; private set; }

    /// <summary>It throws because the heap is full.</summary>
    public bool RunsOut { get; set; }

    public void Report(string fault) => Fault ??= fault;

    /// <summary>The application is called.</summary>
    public void Call()
    {
        if (++Calls == ThrowsAt)
        {
            HasThrown = true;
            throw RunsOut ? new OutOfMemoryException() : new ModelException();
        }
    }
}

/// <summary>A response that a thread of the application will complete.</summary>
internal sealed record Held(HttpRequest Request, HttpResponse Response, int Id);

/// <summary>A body of octets that are all the mark of its request.</summary>
internal sealed class ModelSource(Ledger ledger, int id, int length) : BodySource
{
    public int Id => id;

    public int Closings { get; private set; }

    /// <summary>It has nothing until somebody sets this to false.</summary>
    public bool Stalls { get; set; }

    public bool ThrowsInRead { get; init; }

    public bool ThrowsInClose { get; init; }

    /// <summary>Octets that arrive from a request's body, instead of <paramref name="length"/> of its own.</summary>
    public ModelSink? Echoed { get; init; }

    public override int Read(int key, int position, byte[] buffer, int offset, int count)
    {
        if (Closings != 0)
        {
            ledger.Report($"The body of request {id} is read behind its end.");
        }

        ledger.Call();
        if (ThrowsInRead && position > 0)
        {
            throw new ModelException();
        }

        if (Stalls)
        {
            return 0;
        }

        int left = (Echoed?.Waiting ?? length) - (Echoed == null ? position : 0);
        if (left == 0)
        {
            return Echoed is { Closings: 0 } ? 0 : EndOfBody;
        }

        count = Math.Min(count, Math.Min(left, 100));
        buffer.AsSpan(offset, count).Fill(Model.Mark(id));
        if (Echoed != null)
        {
            Echoed.Waiting -= count;
        }

        return count;
    }

    public override void Close(int key, bool complete)
    {
        if (++Closings > 1)
        {
            ledger.Report($"The response body of request {id} is closed twice.");
        }

        ledger.Call();
        if (ThrowsInClose)
        {
            throw new ModelException();
        }
    }
}

/// <summary>Takes a body of octets that are all the mark of its request.</summary>
internal sealed class ModelSink(Ledger ledger, int id, int room) : BodySink
{
    public int Id => id;

    public int Closings { get; private set; }

    /// <summary>Octets taken that nobody has read.</summary>
    public int Waiting { get; set; }

    public bool ThrowsInWrite { get; init; }

    public bool IsEmptied { get; init; } = true;

    public override int Room(int key)
    {
        ledger.Call();
        return room - Waiting;
    }

    public override void Write(int key, byte[] buffer, int offset, int count)
    {
        if (Closings != 0)
        {
            ledger.Report($"The body of request {id} goes on behind its end.");
        }

        if (count > room - Waiting || buffer.AsSpan(offset, count).ContainsAnyExcept(Model.Mark(id)))
        {
            ledger.Report($"The sink of request {id} is given what is not its own, or more than it has room for.");
        }

        ledger.Call();
        if (ThrowsInWrite)
        {
            throw new ModelException();
        }

        if (!IsEmptied)
        {
            Waiting += count;
        }
    }

    public override void Close(int key, bool complete)
    {
        if (++Closings > 1)
        {
            ledger.Report($"The request body of request {id} is closed twice.");
        }

        ledger.Call();
    }
}
