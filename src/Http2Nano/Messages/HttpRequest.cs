using System;
using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// A request as a handler sees it, whichever protocol brought it. The object is pooled: it belongs to the handler
    /// until the response is complete and must not be kept longer.
    /// </summary>
    /// <remarks>
    /// Comparisons allocate nothing. Whatever returns a <c>string</c> allocates that string, which on the device costs 12
    /// bytes and its length.
    /// </remarks>
    public sealed partial class HttpRequest
    {
        private readonly HttpExchange _exchange;

        /// <summary>
        /// All fields in their order, the pseudo-header fields <c>:method</c>, <c>:scheme</c>, <c>:authority</c> and
        /// <c>:path</c> (RFC 9113 8.3.1) first. HTTP/1.1 requests have them too: <c>:authority</c> instead of <c>host</c>.
        /// </summary>
        public HeaderList Headers { get; }

        /// <summary>The method.</summary>
        public HttpMethod Method { get; internal set; }

        /// <summary>The protocol that brought the request.</summary>
        public HttpProtocol Protocol { get; internal set; }

        /// <summary>
        /// Whether a WebSocket is asked for: with the upgrade of HTTP/1.1 (RFC 6455 4.1), or the extended CONNECT of HTTP/2 (RFC 8441 4).
        /// </summary>
        public bool AsksForWebSocket
        {
            get { return ForWebSocket; }
        }

        /// <summary>Number of the route that matched; the dispatcher's own.</summary>
        internal int Route;

        /// <summary>Position of <c>:authority</c> in <see cref="Headers"/>, or -1.</summary>
        internal int AuthorityPosition;

        internal bool ForWebSocket;
        internal int TargetOffset;
        internal int TargetLength;
        internal int PathLength;
        internal int ContentOffset;
        internal int ContentCount;
        /// <summary>Fields behind the body (RFC 9110 6.5), or null. Only for bodies that were gathered.</summary>
        public HeaderList Trailers { get; internal set; }

        internal BodySink Sink;
        internal int SinkKey;

        internal HttpRequest(HttpExchange exchange)
        {
            _exchange = exchange;
            Headers = new HeaderList(exchange.Storage);
        }

        /// <summary>
        /// The array that holds path, query and body. It belongs to the server; read what the offsets and lengths below name.
        /// </summary>
        public byte[] Bytes
        {
            get { return _exchange.Storage; }
        }

        /// <summary>
        /// Offset of the path in <see cref="Bytes"/>. It is as the client sent it; only where a router found no route for that and
        /// had to decode it, it is percent-decoded.
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

        /// <summary>Offset of the query in <see cref="Bytes"/>, behind the question mark.</summary>
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

        /// <summary>The response to this request.</summary>
        internal HttpResponse Response
        {
            get { return _exchange.Response; }
        }

        /// <summary>Whether the request came over TLS.</summary>
        public bool IsSecure
        {
            get { return _exchange.IsSecure; }
        }

        /// <summary>
        /// The client's address as text, without the port; empty where the transport does not know it. Allocates, on each call.
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

        /// <summary>The method's name as a string, empty when the request was refused before it was known. Allocates the string.</summary>
        public string MethodName
        {
            get { return GetHeader(FieldName.Method) ?? string.Empty; }
        }

        /// <summary>Compares the path with octets. Allocates nothing.</summary>
        /// <param name="path">Octets to compare with, in the form that <see cref="PathStart"/> has.</param>
        /// <returns>Whether they are the same.</returns>
        public bool PathEquals(byte[] path)
        {
            return path.Length == PathLength && Octets.Equal(_exchange.Storage, TargetOffset, path, 0, path.Length);
        }

        /// <summary>
        /// Takes the body as it arrives. Called by a handler of a streaming route, at most once, before it returns.
        /// </summary>
        /// <param name="sink">What takes the body.</param>
        /// <param name="key">A number that is passed to the sink with each call.</param>
        public void ReadBody(BodySink sink, int key)
        {
            if (Sink != null)
            {
                throw new InvalidOperationException();
            }

            Sink = sink;
            SinkKey = key;
        }

        /// <summary>Tells a sink that was set and not handed over that nothing will come any more.</summary>
        /// <param name="complete">Whether it got what there was.</param>
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
            ForWebSocket = false;
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

        /// <summary>Copies the target (path and query) behind the fields, where it can be read as plain octets.</summary>
        /// <param name="position">Position of <c>:path</c> in <see cref="Headers"/>.</param>
        /// <returns>False when there is no room for it.</returns>
        internal bool SetTarget(int position)
        {
            int length = Headers.ValueLength(position);
            int offset = Headers.End;
            if (length > Headers.Limit - offset)
            {
                return false;
            }

            byte[] bytes = _exchange.Storage;
            Headers.CopyValue(position, bytes, offset);
            TargetOffset = offset;
            TargetLength = length;
            int query = Array.IndexOf(bytes, BoxedOctets.QuestionMark, offset, length);
            PathLength = query < 0 ? length : query - offset;
            ContentOffset = offset + length;
            return true;
        }

        /// <summary>How many bytes of body can still be gathered.</summary>
        internal int ContentRoom
        {
            get { return Headers.Limit - ContentOffset - ContentCount; }
        }

        /// <summary>Gathers octets of the body. The caller knows that there is room.</summary>
        internal void AppendContent(byte[] source, int offset, int count)
        {
            Array.Copy(source, offset, _exchange.Storage, ContentOffset + ContentCount, count);
            ContentCount += count;
        }
    }
}
