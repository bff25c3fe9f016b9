using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Http2Nano.Messages;

namespace Http2Nano.Engine.Tests.Resting;

/// <summary>What one stream of events has published, and how far it was read.</summary>
internal sealed class Events(int number)
{
    /// <summary>When each octet was published.</summary>
    public List<int> Published { get; } = [];

    public int Position { get; set; }

    public int Closings { get; set; }

    public bool HasEnded { get; set; }

    public bool HasFailed { get; set; }

    /// <summary>Whether it says that it has nothing.</summary>
    public bool Tells { get; init; }

    /// <summary>Nobody else's octets are like these.</summary>
    public byte At(int position) => (byte)((number * 37) + (position * 11));
}

/// <summary>
/// The letter of a path says what the answer is: /g3 a short text, /d3 the same later, /u3 the same behind the body, /c3 by a source in
/// chunks, /e3 events.
/// </summary>
internal sealed class RestingApplication(RestingWorld world) : RequestDispatcher
{
    private static readonly byte[] s_contentType = "content-type"u8.ToArray();
    private static readonly byte[] s_events = "text/event-stream"u8.ToArray();
    private readonly Dictionary<int, Events> _events = [];
    private readonly EventSource _source = new(world);

    private int _owed;
    private int _owedUntil = int.MinValue / 2;

    /// <summary>Sources that threw because they were told to.</summary>
    public int Thrown { get; set; }

    /// <summary>Whether it owes an answer, or did until octets on their way were sent.</summary>
    public bool Owes => _owed != 0 || world.Time - _owedUntil < 60;

    public static string Text(string path, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"answer {path} of {count} octets: {new string((char)('a' + path[^1] % 26), path[^1] % 8 * 40)}.");

    public Events? Find(int number) => _source.Streams.GetValueOrDefault(Key(number));

    public void CheckClosed()
    {
        foreach ((int key, Events events) in _source.Streams)
        {
            if (events.Closings != 1)
            {
                world.Report($"The source with key {key} was closed {events.Closings} times.");
            }
        }
    }

    protected override Disposition Route(HttpRequest request, HttpResponse response) => Disposition.Gather;

    protected override void Handle(HttpRequest request, HttpResponse response)
    {
        string path = request.Path;
        response.AddHeader("x-path"u8.ToArray(), Encoding.ASCII.GetBytes(path));
        int count = request.BodyCount;
        switch (path[1])
        {
            case 'e':
                response.AddHeader(s_contentType, s_events);
                int number = int.Parse(path.AsSpan(2), CultureInfo.InvariantCulture);
                if (_source.Streams.ContainsKey(Key(number)))
                {
                    world.Report($"{path} was asked for twice.");
                }

                _source.Streams[Key(number)] = new Events(number) { Tells = world.Random.Next(5) != 0 };
                response.SetBody(_source, Key(number), HttpResponse.UnknownLength);
                Publish(_source.Streams[Key(number)], world.Random.Next(1, 60));
                break;

            case 'd':
                response.Defer();
                _owed++;
                world.After(world.Random.Next(150), () =>
                {
                    _owed--;
                    _owedUntil = world.Time;
                    response.Write(Text(path, count));
                    response.Complete();
                });
                break;

            default:
                response.Write(Text(path, count));
                break;
        }
    }

    // Keys of either sign.
    private static int Key(int number) => number % 2 == 0 ? number : int.MinValue + number;

    private void Publish(Events events, int left) => world.After(world.Random.Next(3) == 0 ? world.Random.Next(5) : world.Random.Next(300), () =>
    {
        if (world.Time >= world.QuietFrom || events.Closings != 0)
        {
            return;
        }

        for (int i = world.Random.Next(1, 30); i > 0; i--)
        {
            events.Published.Add(world.Time);
        }

        if (left != 0)
        {
            Publish(events, left - 1);
        }
        else if (world.Random.Next(3) == 0)
        {
            events.HasEnded = true;
        }
        else if (world.Random.Next(3) == 0)
        {
            events.HasFailed = true;
        }
    });

    private sealed class EventSource(RestingWorld world) : BodySource
    {
        public Dictionary<int, Events> Streams { get; } = [];

        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            Events events = Find(key);
            if (position != events.Position)
            {
                world.Report($"The source with key {key} is read at {position}, behind {events.Position}.");
            }

            if (events.HasFailed)
            {
                return Failed;
            }

            count = Math.Min(count, events.Published.Count - position);
            if (count <= 0)
            {
                return events.HasEnded ? EndOfBody : 0;
            }

            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = events.At(position + i);
            }

            events.Position += count;
            return count;
        }

        public override bool IsReady(int key)
        {
            Events events = Find(key);
            if (events.HasFailed)
            {
                world.Application.Thrown++;
                throw new InvalidOperationException();
            }

            return !events.Tells || events.HasEnded || events.Position < events.Published.Count;
        }

        public override void Close(int key, bool complete)
        {
            Events events = Find(key);
            events.Closings++;
        }

        private Events Find(int key)
        {
            if (!Streams.TryGetValue(key, out Events? events))
            {
                world.Report($"There is no source with key {key}.");
                events = new Events(0);
                Streams[key] = events;
            }

            if (events.Closings != 0)
            {
                world.Report($"The source with key {key} is used after it was closed.");
            }

            return events;
        }
    }
}
