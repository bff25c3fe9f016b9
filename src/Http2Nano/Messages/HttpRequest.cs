using System;
using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// A request for a handler, the same for all protocols. The object is pooled: it belongs to the handler until the
    /// response is complete and must not be kept longer.
    /// </summary>
    /// <remarks>
    /// Comparisons allocate nothing. A member that returns a <c>string</c> allocates it; on the device it takes 12 bytes
    /// and its length.
    /// </remarks>
    public sealed partial class HttpRequest
    {
        // Octets of most values that are decoded behind the fields.
        private const int LittleScratch = 48;

        private readonly HttpExchange _exchange;

        /// <summary>What <see cref="Headers"/> gives.</summary>
        internal readonly HeaderList HeaderSection;

        /// <summary>
        /// All fields in their order. The pseudo-header fields <c>:method</c>, <c>:scheme</c>, <c>:authority</c> and
        /// <c>:path</c> (RFC 9113 8.3.1) come first. Requests over HTTP/1.1 have them too, with <c>:authority</c> instead
        /// of <c>host</c>.
        /// </summary>
        public HeaderList Headers
        {
            get { return HeaderSection; }
        }

        /// <summary>
        /// Whether <see cref="Headers"/> has all fields that came. Otherwise it has those that the server needs and those of
        /// <see cref="HttpLimits.Kept"/>; others were read over, because together they take more than the exchange has room for.
        /// </summary>
        public bool HasAllFields
        {
            get { return !HeaderSection.IsPartial; }
        }

        /// <summary>The method.</summary>
        public HttpMethod Method
        {
            get { return MethodCode; }
            internal set { MethodCode = value; }
        }

        /// <summary>What <see cref="Method"/> gives.</summary>
        internal HttpMethod MethodCode;

        /// <summary>The protocol of the request.</summary>
        public HttpProtocol Protocol
        {
            get { return (HttpProtocol)(Facts & ProtocolMask); }
            internal set { Facts = (Facts & ~ProtocolMask) | (int)value; }
        }

        /// <summary>
        /// Whether the request opens a WebSocket: with the upgrade of HTTP/1.1 (RFC 6455 4.1), or with the extended CONNECT
        /// of HTTP/2 (RFC 8441 4).
        /// </summary>
        public bool AsksForWebSocket
        {
            get { return (Facts & ForWebSocket) != 0; }
        }

        /// <summary>In <see cref="Facts"/>: the request opens a WebSocket.</summary>
        internal const int ForWebSocket = 4;

        /// <summary>
        /// In <see cref="Facts"/>: the exchange has served this very request before, on this connection. All that follows from its
        /// octets is known, the route too. What a guard says may be another thing each time.
        /// </summary>
        internal const int Remembered = 8;

        /// <summary>
        /// In <see cref="Facts"/>: who answered this request keeps the answer. Another request in the same object has been answered
        /// by nobody yet.
        /// </summary>
        internal const int AnswerKept = 16;

        private const int ProtocolMask = 3;

        /// <summary>The protocol and the three bits above: on the device each field takes 12 bytes.</summary>
        internal int Facts;

        /// <summary>Number of the route that matched; its meaning is the dispatcher's.</summary>
        internal int Route;

        /// <summary>Position of <c>:authority</c> in <see cref="Headers"/>, or -1.</summary>
        internal int AuthorityPosition;

        internal int TargetOffset;
        internal int TargetLength;
        internal int PathLength;
        internal int ContentOffset;
        internal int ContentCount;

        /// <summary>The trailer fields (RFC 9110 6.5), or null. Only a gathered body has them.</summary>
        public HeaderList Trailers
        {
            get { return TrailerSection; }
            internal set { TrailerSection = value; }
        }

        /// <summary>What <see cref="Trailers"/> gives.</summary>
        internal HeaderList TrailerSection;

        internal BodySink Sink;
        internal int SinkKey;

        internal HttpRequest(HttpExchange exchange)
        {
            _exchange = exchange;
            HeaderSection = new HeaderList(exchange.Storage);
        }

        /// <summary>
        /// The array that holds path, query and body. It belongs to the server; read only the ranges that the offsets and
        /// lengths below give.
        /// </summary>
        public byte[] Bytes
        {
            get { return _exchange.Storage; }
        }

        /// <summary>
        /// Offset of the path in <see cref="Bytes"/>. The path is as the client sent it, or percent-decoded if a router
        /// found no route for it as it was.
        /// </summary>
        public int PathStart
        {
            get { return TargetOffset; }
        }

        /// <summary>Length of the path in bytes, without the query.</summary>
        public int PathCount
        {
            get { return PathLength; }
        }

        /// <summary>Offset of the query in <see cref="Bytes"/>, after the question mark.</summary>
        public int QueryStart
        {
            get { return TargetOffset + PathLength + 1; }
        }

        /// <summary>Length of the query in bytes; 0 when it is empty, -1 when there is none.</summary>
        public int QueryCount
        {
            get { return TargetLength - PathLength - 1; }
        }

        /// <summary>Offset of the gathered body in <see cref="Bytes"/>.</summary>
        public int BodyStart
        {
            get { return ContentOffset; }
        }

        /// <summary>Length of the gathered body in bytes.</summary>
        public int BodyCount
        {
            get { return ContentCount; }
        }

        internal HttpExchange Exchange
        {
            get { return _exchange; }
        }

        /// <summary>The gateways that are trusted; null for none.</summary>
        internal GatewayPolicy Gateways
        {
            get { return _exchange.Connection.Dispatcher.Gateways; }
        }

        /// <summary>The peer of the request's connection; null when it is unknown, or gone.</summary>
        internal ConnectionPeer Peer
        {
            get { return _exchange.Owner == ExchangePool.TakenBack ? null : _exchange.Connection.Remote; }
        }

        /// <summary>The response to this request.</summary>
        internal HttpResponse Response
        {
            get { return _exchange.Response; }
        }

        /// <summary>
        /// Whether the client's request came over TLS: to this server, or to a trusted gateway that says so.
        /// </summary>
        public bool IsSecure
        {
            get { return _exchange.IsSecure; }
        }

        /// <summary>
        /// The client's address as text, without the port, which a trusted gateway may have told; empty when the transport
        /// does not know it. Each call allocates.
        /// </summary>
        public string PeerAddress
        {
            get { return _exchange.PeerAddress; }
        }

        /// <summary>The path as a string, in the form that <see cref="PathStart"/> has. Allocates the string.</summary>
        public string Path
        {
            get { return Encoding.UTF8.GetString(_exchange.Storage, TargetOffset, PathLength); }
        }

        /// <summary>
        /// The method's name; empty when the request was refused before it was known. Allocates the string.
        /// </summary>
        public string MethodName
        {
            get
            {
                int position = HeaderSection.Find(FieldName.Method);
                return position < 0 ? string.Empty : HeaderSection.GetValue(position);
            }
        }

        /// <summary>
        /// Takes the body as it arrives. A handler of a streaming route calls this at most once, before it returns.
        /// </summary>
        /// <param name="sink">Takes the body.</param>
        /// <param name="key">A number that is passed to the sink with each call.</param>
        /// <exception cref="InvalidOperationException">The body goes to a sink already.</exception>
        public void ReadBody(BodySink sink, int key)
        {
            if (Sink != null)
            {
                throw new InvalidOperationException("The body has a sink already.");
            }

            Sink = sink;
            SinkKey = key;
        }

        /// <summary>Closes a sink that was set but that the protocol has not taken.</summary>
        /// <param name="complete">Whether the sink got the whole body.</param>
        internal void CloseSink(bool complete)
        {
            BodySink sink = Sink;
            if (sink != null)
            {
                Sink = null;
                GuardedBody.Close(sink, SinkKey, complete, _exchange.Connection.Counters);
            }
        }

        internal void Reset(int limit)
        {
            Headers.Reset(0, limit);
            Method = HttpMethod.Other;
            Facts = 0;
            Route = -1;
            AuthorityPosition = -1;
            TargetOffset = 0;
            TargetLength = 0;
            PathLength = 0;
            ContentOffset = 0;
            ContentCount = 0;
            Sink = null;
            Trailers = null;
        }

        /// <summary>
        /// Makes room behind the fields for what is decoded there: the target, unless it is stored decoded, and two authorities at
        /// most, or any shorter value.
        /// </summary>
        internal void FreeBehind(int path, int authority, KeptFields kept)
        {
            int octets = LittleScratch;
            if (authority >= 0)
            {
                octets += 2 * Headers.ValueLength(authority);
            }

            if (path >= 0 && IsEncoded(path))
            {
                octets += Headers.ValueLength(path);
            }

            Headers.FreeBehind(octets, kept);
        }

        private bool IsEncoded(int position)
        {
            byte[] bytes = _exchange.Storage;
            return bytes[position] >= HeaderList.StaticField || (bytes[position + 1] & HeaderList.Coded) != 0;
        }

        /// <summary>
        /// Copies the target (path and query), decoded, to the storage after the fields. If there is no room for a copy, it stays
        /// where it is among them, and a router decodes it there.
        /// </summary>
        /// <param name="position">Position of <c>:path</c> in <see cref="Headers"/>.</param>
        /// <returns>False when it does not fit.</returns>
        internal bool SetTarget(int position)
        {
            int length = Headers.ValueLength(position);
            int offset = Headers.End;
            byte[] bytes = _exchange.Storage;
            if (length > Headers.Limit - offset)
            {
                if (IsEncoded(position))
                {
                    return false;
                }

                TargetOffset = position + HeaderList.Prefix;
                ContentOffset = offset;
            }
            else
            {
                Headers.CopyValue(position, bytes, offset);
                TargetOffset = offset;
                ContentOffset = offset + length;
            }

            offset = TargetOffset;
            TargetLength = length;
            int query = Array.IndexOf(bytes, BoxedOctets.QuestionMark, offset, length);
            PathLength = query < 0 ? length : query - offset;
            return true;
        }

        /// <summary>
        /// Whether the target still lies behind the fields as it came: not where a router has decoded the path, nor where a handler
        /// has added fields.
        /// </summary>
        internal bool IsWhole
        {
            get { return TargetOffset == HeaderSection.Used; }
        }

        /// <summary>Bytes of body that still fit.</summary>
        internal int ContentRoom
        {
            get { return Headers.Limit - ContentOffset - ContentCount; }
        }

        /// <summary>Appends octets to the gathered body. The caller has checked that they fit.</summary>
        internal void AppendContent(byte[] source, int offset, int count)
        {
            Array.Copy(source, offset, _exchange.Storage, ContentOffset + ContentCount, count);
            ContentCount += count;
        }
    }
}
