using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Hosting;
using Http2Nano.Hpack;
using Http2Nano.Http1;
using Http2Nano.Http2;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>
/// A connection begins as if it were the first one: whatever has happened before, each field has the value that it has when a
/// fresh server begins, and the same requests get the same octets.
/// </summary>
[TestClass]
public sealed class BeginTests
{
    private const int Histories = 200;

    // What is kept on purpose, or is nobody's while it is not in use.
    private static readonly HashSet<string> s_kept =
    [
        // Told to the application, which counts on over all connections.
        $"{nameof(HttpConnection)}.{nameof(HttpConnection.Counters)}",
        $"{nameof(HttpConnection)}.{nameof(HttpConnection.Dispatcher)}",

        // Counts octets since the server started; who looks at it keeps the difference.
        $"{nameof(Buffers.TransmitBuffer)}.{nameof(Buffers.TransmitBuffer.SentCount)}",
        "ConnectionDeadlines._sentCount",
        "HttpSession._sent",

        // Caches, whose content is valid for any connection.
        $"{nameof(ExchangePool)}.{nameof(ExchangePool.KnownAuthority)}",
        $"{nameof(ExchangePool)}.{nameof(ExchangePool.KnownAuthorityLength)}",

        // Octets outside of what offsets and lengths name, and slots and exchanges that are free.
        $"{nameof(Buffers.TransmitBuffer)}.{nameof(Buffers.TransmitBuffer.Bytes)}",
        $"{nameof(Buffers.ReceiveBuffer)}.{nameof(Buffers.ReceiveBuffer.Bytes)}",
        $"{nameof(HttpExchange)}.{nameof(HttpExchange.Storage)}",
        $"{nameof(HeaderList)}.{nameof(HeaderList.Storage)}",
        $"{nameof(HttpExchange)}.{nameof(HttpExchange.Connection)}",
        $"{nameof(HttpExchange)}.{nameof(HttpExchange.Stream)}",
        $"{nameof(HttpExchange)}._lastAddress",

        // Of a head or a field block whose length is 0.
        "Http1Connection._memory",
        "ResponseHead._memory",
        "ResponseHead._count",
        "DynamicTable.Packed",
        $"{nameof(HttpExchange)}.{nameof(HttpExchange.BlockVersion)}",
        $"{nameof(HttpExchange)}.{nameof(HttpExchange.BlockPriority)}",
        "FlowControl.Streams",
        "ControlFields._token",
    ];

    // Columns of slots: Open sets all of them.
    private static readonly HashSet<string> s_columns = ["ContentRemaining", "Position", "Remaining", "Keys", "Moved"];

    // Set where a request, a frame, a body or a block begins, and compared behind requests that begin all of them.
    private static readonly HashSet<Type> s_begunLater =
    [
        typeof(RequestLine), typeof(ControlFields), typeof(Http2SettingsField), typeof(FieldLines), typeof(ChunkedDecoder), typeof(RequestBody),
        typeof(ResponseBody), typeof(FrameReader), typeof(HeaderList), typeof(HttpRequest), typeof(HttpResponse), typeof(HpackDecoder), typeof(HpackEncoder),
    ];

    [TestMethod]
    [DataRow("GET / HTTP/1.1\r\n")]
    [DataRow("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [DataRow("GET /A1 HTTP/1.1\r\nHost: d\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n")]
    public void Each_field_of_a_connection_that_begins_is_that_of_a_fresh_one(string first)
    {
        var random = new PCG(7, 1);
        for (int i = 0; i < Histories; i++)
        {
            (int piece, int exchanges, Step[] steps) = ModelTests.Runs.Generate(random, null, out _);
            Model used = new(piece, exchanges);
            used.Run(steps);
            Model fresh = new(piece, exchanges) { Now = used.Now };

            // The latest head is known on the next connection, too, and the exchange that holds it is not the first to be taken.
            Http1(used.Session).Forget(false);
            foreach (Model model in new[] { used, fresh })
            {
                model.Begin();
                Deliver(model.Session, first);
                model.Session.Advance(model.Now);
            }

            Compare(used, fresh, s_begunLater, steps);
        }
    }

    [TestMethod]
    public void The_same_requests_get_the_same_octets_and_leave_the_same_behind()
    {
        var random = new PCG(8, 1);
        for (int i = 0; i < Histories; i++)
        {
            (int piece, int exchanges, Step[] steps) = ModelTests.Runs.Generate(random, null, out _);
            Model used = new(piece, exchanges);
            used.Run(steps);
            Model fresh = new(piece, exchanges) { Now = used.Now };
            string[] answers = [.. new[] { used, fresh }.Select(Converse)];
            Assert.AreEqual(answers[1], answers[0], Print(steps));
        }
    }

    // What HTTP/2 writes there is the client's, and must not be taken for a response.
    [TestMethod]
    [DataRow("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [DataRow("GET /A1 HTTP/1.1\r\nHost: d\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n")]
    public void Nothing_is_known_of_heads_when_HTTP_2_has_had_their_memory(string first)
    {
        Model model = new(int.MaxValue, 2);
        Http1Connection http1 = Http1(model.Session);
        foreach ((string octets, bool known) in new[] { ("GET /A1 HTTP/1.1\r\nHost: d\r\n\r\n", true), (first, false) })
        {
            model.Begin();
            Deliver(model.Session, octets);
            model.Session.Advance(model.Now);
            Assert.AreEqual(known, Number(http1, "_headLength") != 0, "a head is known");
            Assert.AreEqual(known, Number(Field(http1, "_head")!, "Key") != 0, "a response is known");
        }
    }

    // All that can begin on a connection, over both protocols.
    private static string Converse(Model model)
    {
        string upload = "Host: d\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\n\u00FF\u00FF\u00FF\r\n0\r\nx-t: 1\r\n\r\n";
        StringBuilder received = new();
        foreach (string octets in new[]
        {
            "GET /A127 HTTP/1.1\r\nHost: d\r\n\r\n" + "POST /B127 HTTP/1.1\r\n" + upload + "POST /Q127 HTTP/1.1\r\n" + upload + "GET /F127 HTTP/1.1\r\nHost: d\r\n\r\n",
            "GET /A127 HTTP/1.1\r\nHost: d\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"
                + "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0\0\0\0\u0004\u0001\0\0\0\0",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0\0\0\0\u0004\u0001\0\0\0\0"
                + "\0\0\u000D\u0001\u0005\0\0\0\u0001\u0020\u0082\u0086\u0004\u0005/C127\u0001\u0001d"
                + "\0\0\u000D\u0001\u0004\0\0\0\u0003\u0020\u0083\u0086\u0004\u0005/Q127\u0001\u0001d\0\0\u0003\0\u0001\0\0\0\u0003\u00FF\u00FF\u00FF",
        })
        {
            model.Begin();
            HttpSession session = model.Session;
            Deliver(session, octets);
            int before;
            do
            {
                before = received.Length;
                session.Advance(model.Now);
                received.Append(Encoding.Latin1.GetString(session.Transmit.Bytes, session.Transmit.Start, session.Transmit.Length));
                session.Transmit.Sent(session.Transmit.Length);
            }
            while (received.Length != before);
            Assert.IsFalse(session.Finished, received.ToString());
        }

        // The clock may go on between the two.
        return Regex.Replace(received.ToString(), "[0-9]{2}:[0-9]{2}:[0-9]{2} GMT", "GMT");
    }

    private static void Compare(Model used, Model fresh, HashSet<Type> begunLater, Step[] steps)
    {
        var difference = new ObjectDifference(field =>
            s_kept.Contains($"{field.DeclaringType!.Name}.{field.Name}")
            || (field.DeclaringType == typeof(StreamTable) && s_columns.Contains(field.Name))
            || begunLater.Contains(field.FieldType)
            || (field.DeclaringType == typeof(HttpSession) && field.FieldType != typeof(HttpConnection) && field.FieldType.IsSubclassOf(typeof(HttpConnection)))
            || field.FieldType == typeof(HttpDate)
            || field.FieldType == typeof(HttpLimits)
            || field.FieldType == typeof(ServerCounters));
        difference.Compare(used.Session, fresh.Session, nameof(HttpSession));
        Assert.AreEqual(string.Empty, string.Join('\n', difference.Found), Print(steps));
    }

    private static Http1Connection Http1(HttpSession session) =>
        (Http1Connection)Field(session, "_http1")!;

    private static int Number(object of, string name) => (int)Field(of, name)!;

    private static object? Field(object of, string name) =>
        of.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(of);

    private static void Deliver(HttpSession session, string octets)
    {
        session.Receive.MakeRoom();
        foreach (char octet in octets)
        {
            session.Receive.Bytes[session.Receive.End++] = (byte)octet;
        }
    }

    private static string Print(Step[] steps) => string.Join(", ", steps.Select(step => step.ToString()));
}
