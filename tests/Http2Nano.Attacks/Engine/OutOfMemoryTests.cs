using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Http2Nano.Attacks.Wire;
using Http2Nano.Development.Budget;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Engine;

/// <summary>
/// On the device every call can run out of memory. Here it happens in each call that the server makes into an application:
/// it is counted, nothing stays taken, and the next connection is served.
/// </summary>
[TestClass]
public sealed class OutOfMemoryTests
{
    private const string Post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    private const string Honest = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    public static IEnumerable<object[]> Calls =>
        from call in Enum.GetNames<Call>().Skip(1)
        from protocol in new[] { "HTTP/1.1", "HTTP/2" }
        select new object[] { call, protocol };

    [TestMethod]
    [DynamicData(nameof(Calls))]
    public void Server_goes_on(string call, string protocol)
    {
        var application = new ShortOfMemory();
        var counters = new ServerCounters();
        var session = new HttpSession(HttpProfiles.Default(), application, counters);
        int held = new HeapWalk().Add(session).Bytes;
        application.Failing = Enum.Parse<Call>(call);
        byte[] octets = protocol == "HTTP/2"
            ? [.. Frame.Greeting, .. Frame.Post(1, "/"), .. Frame.Of(Frame.Data, Frame.EndStream, 1, 1, 2, 3)]
            : Encoding.ASCII.GetBytes(Post);
        Exchange(session, octets);
        Assert.IsGreaterThan(0, application.Thrown, "The call was not made.");
        Assert.AreEqual(application.Thrown, counters.OutOfMemory, "Out of memory, thrown and counted.");
        session.End();

        application.Failing = Call.None;
        StringAssert.StartsWith(Encoding.Latin1.GetString(Exchange(session, Encoding.ASCII.GetBytes(Honest))), "HTTP/1.1 200", StringComparison.Ordinal);
        session.End();
        byte[] answer = Exchange(session, [.. Frame.Greeting, .. Frame.Get(1), .. Frame.Get(3), .. Frame.Get(5), .. Frame.Get(7)]);
        Assert.AreEqual(4, Answer.Read(answer).CountOf("response"), "Exchanges stayed taken.");
        session.End();
        Assert.AreEqual(held, new HeapWalk().Add(session).Bytes);
    }

    private static byte[] Exchange(HttpSession session, byte[] octets)
    {
        session.Begin(1000, false);
        var received = new List<byte>();
        int sent = 0;
        for (int turn = 0; turn < 100 && !session.Finished; turn++)
        {
            int count = Math.Min(octets.Length - sent, session.Receive.MakeRoom());
            Array.Copy(octets, sent, session.Receive.Bytes, session.Receive.End, count);
            session.Receive.End += count;
            sent += count;
            session.Advance(1000 + turn);
            received.AddRange(session.Transmit.Bytes.AsSpan(session.Transmit.Start, session.Transmit.Length));
            session.Transmit.Sent(session.Transmit.Length);
        }

        return [.. received];
    }

    private enum Call
    {
        None,
        Route,
        Handle,
        Answered,
        Read,
        CloseSource,
        Room,
        Write,
        CloseSink,
    }

    private sealed class ShortOfMemory : RequestDispatcher
    {
        private readonly Source _source;
        private readonly Sink _sink;

        public ShortOfMemory()
        {
            _source = new Source(this);
            _sink = new Sink(this);
        }

        public Call Failing { get; set; }

        public int Thrown { get; private set; }

        protected override Disposition Route(HttpRequest request, HttpResponse response)
        {
            Try(Call.Route);
            return Disposition.Stream;
        }

        protected override void Handle(HttpRequest request, HttpResponse response)
        {
            Try(Call.Handle);
            request.ReadBody(_sink, 0);
            response.SetBody(_source, 0, HttpResponse.UnknownLength);
        }

        protected override void Answered(HttpRequest request, HttpResponse response) => Try(Call.Answered);

        private void Try(Call call)
        {
            if (call == Failing)
            {
                Thrown++;
                throw new OutOfMemoryException();
            }
        }

        private sealed class Source(ShortOfMemory owner) : BodySource
        {
            public override int Read(int key, int position, byte[] buffer, int offset, int count)
            {
                owner.Try(Call.Read);
                return position == 0 ? 1 : EndOfBody;
            }

            public override void Close(int key, bool complete) => owner.Try(Call.CloseSource);
        }

        private sealed class Sink(ShortOfMemory owner) : BodySink
        {
            public override int Room(int key)
            {
                owner.Try(Call.Room);
                return 1000;
            }

            public override void Write(int key, byte[] buffer, int offset, int count) => owner.Try(Call.Write);

            public override void Close(int key, bool complete) => owner.Try(Call.CloseSink);
        }
    }
}
