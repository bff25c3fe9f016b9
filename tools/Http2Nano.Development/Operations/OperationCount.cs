using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Development.Operations;

/// <summary>The cost of a request.</summary>
/// <param name="Request">Method and path.</param>
/// <param name="Status">The status of its response.</param>
/// <param name="Http1">IL operations over HTTP/1.1.</param>
/// <param name="Http2">IL operations over HTTP/2.</param>
internal sealed record OperationCost(string Request, int Status, long Http1, long Http2);

/// <summary>
/// Counts the IL operations of requests, on connections in memory that have served the same before. Works in a copy of the
/// program whose assemblies count what they execute: each has a type with a static field for each of its methods.
/// </summary>
internal static class OperationCount
{
    private const string CounterType = "Http2Nano.CostCounter.Operations";
    private const int WarmUp = 3;

    // More turns than any finite response needs.
    private const int MostTurns = 20000;

    /// <summary>Counts the operations of requests.</summary>
    /// <param name="server">The options of the server.</param>
    /// <param name="router">The application.</param>
    /// <param name="requests">Each a method, a space and a path; or a path.</param>
    /// <exception cref="UserException">This program does not count, or a request does not end.</exception>
    public static IReadOnlyList<OperationCost> Of(HttpServerOptions server, Router router, IEnumerable<string> requests)
    {
        FieldInfo[] counters =
        [
            .. AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.IsDynamic ? null : assembly.GetType(CounterType))
                .Where(type => type != null).SelectMany(type => type!.GetFields()),
        ];
        if (counters.Length == 0)
        {
            throw new UserException("This program does not count its operations: use http2nano check, which makes a copy that does.");
        }

        int status = 0;
        router.OnAnswered = (_, response) => status = response.Status;
        List<OperationCost> costs = [];
        foreach (string request in requests)
        {
            string[] parts = request.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string path = parts.Length == 0 ? "" : parts[^1];
            string method = parts.Length == 2 ? parts[0].ToUpperInvariant() : "GET";
            if (!path.StartsWith('/'))
            {
                throw new UserException($"'{request}' is no request: write a path, or a method and a path, for instance \"GET /\".");
            }

            long http1 = Count(server, router, counters, new Http1Octets(method, path));
            long http2 = Count(server, router, counters, new Http2Octets(method, path));
            costs.Add(new OperationCost($"{method} {path}", status, http1, http2));
        }

        return costs;
    }

    private static long Count(HttpServerOptions server, Router router, FieldInfo[] counters, IRequestOctets octets)
    {
        var session = new HttpSession(server.Limits, router, new ServerCounters());
        session.Begin(0, false);
        long now = 0;
        for (int i = 0; i < WarmUp; i++)
        {
            Answer(session, octets.Next(), ref now);
        }

        byte[] measured = octets.Next();
        long before = Read(counters);
        Answer(session, measured, ref now);
        return Read(counters) - before;
    }

    private static long Read(FieldInfo[] counters) => counters.Sum(counter => (long)counter.GetValue(null)!);

    private static void Answer(HttpSession session, byte[] octets, ref long now)
    {
        int fed = 0;
        for (int turn = 0; fed < octets.Length || !session.IsBetweenRequests; turn++)
        {
            if (turn == MostTurns || session.Finished)
            {
                throw new UserException("A request has no end, or ended its connection: only requests that are answered for good can be counted.");
            }

            int room = Math.Min(session.Receive.MakeRoom(), octets.Length - fed);
            Array.Copy(octets, fed, session.Receive.Bytes, session.Receive.End, room);
            session.Receive.End += room;
            fed += room;
            session.Advance(now++);
            session.Transmit.Sent(session.Transmit.Length);
        }
    }

    private interface IRequestOctets
    {
        byte[] Next();
    }

    private sealed class Http1Octets(string method, string path) : IRequestOctets
    {
        private readonly byte[] _request = Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nhost: device\r\naccept: */*\r\naccept-encoding: gzip\r\nuser-agent: http2nano\r\n{(method is "GET" or "HEAD" or "DELETE" ? "" : "content-length: 0\r\n")}\r\n");

        public byte[] Next() => _request;
    }

    // The first request enters its fields into the dynamic table, the others refer to it; the path is a literal each time, as
    // nghttp2 codes it.
    private sealed class Http2Octets(string method, string path) : IRequestOctets
    {
        private const int Headers = 1;
        private const int Settings = 4;
        private const int WindowUpdate = 8;
        private const int EndOfRequest = 5;
        private const byte Indexed = 0x80;
        private const byte WithIndexing = 0x40;
        private const int FirstDynamic = 62;

        // RFC 7541 appendix A.
        private const int AuthorityName = 1;
        private const int MethodName = 2;
        private const int PathName = 4;
        private const int SchemeHttp = 6;
        private const int AcceptName = 19;
        private const int AcceptEncodingGzip = 16;
        private const int UserAgentName = 58;

        private int _stream = -1;

        public byte[] Next()
        {
            bool first = _stream < 0;
            _stream += 2;
            List<byte> octets = [];
            if (first)
            {
                octets.AddRange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
                octets.AddRange([0, 0, 6, Settings, 0, 0, 0, 0, 0, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF]);
                octets.AddRange([0, 0, 4, WindowUpdate, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0, 0]);
                octets.AddRange([0, 0, 0, Settings, 1, 0, 0, 0, 0]);
            }

            List<byte> block = [];
            if (first)
            {
                // RFC 7541 4.2: no more of the table than the smallest server offers.
                block.Add(0x3F);
                block.AddRange([0xE1 & 0x7F | 0x80, 0x03]);
                Text(block, WithIndexing | MethodName, method);
                Text(block, WithIndexing | AuthorityName, "device");
                Text(block, WithIndexing | AcceptName, "*/*");
                Text(block, WithIndexing | UserAgentName, "http2nano");
            }
            else
            {
                for (int i = 3; i >= 0; i--)
                {
                    block.Add((byte)(Indexed | (FirstDynamic + i)));
                }
            }

            // Pseudo-header fields come before the others (RFC 9113 8.3): method and authority are the first two.
            int others = first ? block.Count - Length(WithIndexing, "*/*") - Length(WithIndexing, "http2nano") : 2;
            List<byte> pseudo = [Indexed | SchemeHttp];
            Text(pseudo, PathName, path);
            block.InsertRange(others, pseudo);
            block.Add(Indexed | AcceptEncodingGzip);

            octets.AddRange([(byte)(block.Count >> 16), (byte)(block.Count >> 8), (byte)block.Count, Headers, EndOfRequest]);
            octets.AddRange([(byte)(_stream >> 24), (byte)(_stream >> 16), (byte)(_stream >> 8), (byte)_stream]);
            octets.AddRange(block);
            return [.. octets];
        }

        private static int Length(int first, string value)
        {
            List<byte> octets = [];
            Text(octets, first, value);
            return octets.Count;
        }

        private static void Text(List<byte> block, int first, string value)
        {
            byte[] octets = Encoding.UTF8.GetBytes(value);
            block.Add((byte)first);

            // RFC 7541 5.1: seven bits, then the rest in groups of seven.
            if (octets.Length < 127)
            {
                block.Add((byte)octets.Length);
            }
            else
            {
                block.Add(127);
                int rest = octets.Length - 127;
                for (; rest >= 128; rest >>= 7)
                {
                    block.Add((byte)((rest & 0x7F) | 0x80));
                }

                block.Add((byte)rest);
            }

            block.AddRange(octets);
        }
    }
}
