using System;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Tests.Peer
{
    /// <summary>
    /// What answers the requests of the tests: <c>/name</c> or <c>/name/number</c>. Names that begin with <c>sink</c> or
    /// <c>echo</c> take the body as it comes, <c>answered</c> is answered before it, all others gather it.
    /// </summary>
    public class ScriptedDispatcher : RequestDispatcher
    {
        private const int EnoughSeen = 100;

        /// <summary>The body of bytes, unknown and others.</summary>
        public ScriptedSource Source;

        /// <summary>What takes the body of sink.</summary>
        public ScriptedSink Sink;

        /// <summary>The ring of the latest echo.</summary>
        public EchoRing Ring;

        /// <summary>The latest response that was put off.</summary>
        public HttpResponse Deferred;

        /// <summary>Its request.</summary>
        public HttpRequest DeferredRequest;

        /// <summary>The paths of the first requests that were routed, in their order, each with a blank behind it.</summary>
        public string Seen = string.Empty;

        /// <summary>Requests that a handler saw.</summary>
        public int Handled;

        /// <summary>Responses that were logged.</summary>
        public int Logged;

        /// <summary>Handlers that threw.</summary>
        public int Failures;

        /// <summary>Promises that were made.</summary>
        public int Promised;

        /// <summary>Sources that were set as bodies, and closed.</summary>
        public int SourcesSet;

        /// <summary>Sources that were closed.</summary>
        public int SourcesClosed;

        /// <summary>Sinks that were set.</summary>
        public int SinksSet;

        /// <summary>Sinks that were closed.</summary>
        public int SinksClosed;

        /// <summary>Fields of the trailer section of the latest request, or null.</summary>
        public string Trailers;

        /// <summary>Makes a dispatcher.</summary>
        public ScriptedDispatcher()
        {
            Source = new ScriptedSource(this);
            Sink = new ScriptedSink(this);
        }

        /// <summary>Text as UTF-8.</summary>
        public static byte[] Bytes(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        /// <inheritdoc/>
        protected override Disposition Route(HttpRequest request, HttpResponse response)
        {
            string path = request.Path;
            if (Seen.Length < EnoughSeen)
            {
                Seen += path + " ";
            }

            if (path.StartsWith("/echo") || path.StartsWith("/sink") || path.StartsWith("/ignore"))
            {
                return Disposition.Stream;
            }

            if (path == "/answered")
            {
                response.Status = 404;
                response.Write("not here");
                return Disposition.Answered;
            }

            if (path == "/routethrow")
            {
                throw new InvalidOperationException();
            }

            return Disposition.Gather;
        }

        /// <inheritdoc/>
        protected override void Handle(HttpRequest request, HttpResponse response)
        {
            Handled++;
            Trailers = request.Trailers == null ? null : List(request.Trailers);
            string path = request.Path;
            int slash = path.IndexOf("/", 1);
            string name = slash < 0 ? path.Substring(1) : path.Substring(1, slash - 1);
            int number = slash < 0 ? 0 : int.Parse(path.Substring(slash + 1));
            if (!HandleBody(request, response, name, number) && !HandleSpecial(request, response, name, number))
            {
                response.AddHeader("content-type", "text/plain");
                response.Write("hello");
            }
        }

        /// <inheritdoc/>
        protected override void Answered(HttpRequest request, HttpResponse response)
        {
            Logged++;
        }

        /// <inheritdoc/>
        protected override void Failed(HttpRequest request, Exception exception)
        {
            Failures++;
        }

        private bool HandleBody(HttpRequest request, HttpResponse response, string name, int number)
        {
            switch (name)
            {
                case "bytes":
                    SetSource(response, number, number);
                    break;
                case "unknown":
                    SetSource(response, number, HttpResponse.UnknownLength);
                    break;
                case "array":
                    response.SetBody(Octets(number), 0, number);
                    break;
                case "text":
                    response.Write(Octets(number), 0, number);
                    break;
                case "gather":
                    response.Write((long)request.BodyCount);
                    break;
                case "repeat":
                    response.Write(request.Bytes, request.BodyStart, request.BodyCount);
                    break;
                case "sink":
                    SinksSet++;
                    request.ReadBody(Sink, number);
                    response.Write("taken");
                    break;
                case "sinkdefer":
                    SinksSet++;
                    request.ReadBody(Sink, number);
                    Defer(response);
                    break;
                case "echo":
                    Ring = new EchoRing(this);
                    SinksSet++;
                    request.ReadBody(Ring.Sink, 0);
                    SourcesSet++;
                    response.SetBody(Ring, 0, HttpResponse.UnknownLength);
                    break;
                default:
                    return false;
            }

            return true;
        }

        private bool HandleSpecial(HttpRequest request, HttpResponse response, string name, int number)
        {
            switch (name)
            {
                case "status":
                    response.Status = number;
                    response.Write("body");
                    break;
                case "statussource":
                    response.Status = number;
                    SetSource(response, 100, 100);
                    break;
                case "nothing":
                    break;
                case "length":
                    response.AddHeader(Bytes("content-length"), number);
                    break;
                case "wronglength":
                    response.AddHeader(Bytes("content-length"), number);
                    response.Write("hello");
                    break;
                case "dated":
                    response.AddHeader("date", "Sun, 06 Nov 1994 08:49:37 GMT");
                    break;
                case "fields":
                    response.Write(List(request.Headers));
                    break;
                case "defer":
                    DeferredRequest = request;
                    Defer(response);
                    break;
                case "push":
                    Push(response, "/pushed");
                    response.Write("page");
                    break;
                case "pushbytes":
                    Push(response, "/bytes/" + number.ToString());
                    response.Write("page");
                    break;
                case "pushmany":
                    for (int i = 0; i < number; i++)
                    {
                        Push(response, "/array/" + i.ToString());
                    }

                    response.Write("page");
                    break;
                case "pushpush":
                    Push(response, "/push");
                    response.Write("page");
                    break;
                case "pushnull":
                    response.Push(null);
                    break;
                case "pushwide":
                    byte[] wide = Octets(number);
                    wide[0] = (byte)'/';
                    Promised = response.Push(wide) ? 1 : 0;
                    response.Write("page");
                    break;
                case "pushbad":
                    Push(response, "no-solidus");
                    response.Write("page");
                    break;
                case "hints":
                    Promised = response.EarlyHints(Bytes("</style.css>; rel=preload; as=style")) ? 1 : 0;
                    response.Write("page");
                    break;
                case "hintsmany":
                    Promised = response.EarlyHints(Octets(number)) ? 1 : 0;
                    response.Write("page");
                    break;
                case "throw":
                    throw new InvalidOperationException();
                case "deferthrow":
                    Defer(response);
                    throw new InvalidOperationException();
                case "sourcethrow":
                    SetSource(response, number, number);
                    throw new InvalidOperationException();
                case "throwlate":
                    response.AddHeader("x-half", "done");
                    response.Write("half");
                    throw new InvalidOperationException();
                case "hop":
                    response.AddHeader("connection", "close");
                    response.AddHeader("x-first", "1");
                    response.AddHeader("keep-alive", "timeout=5");
                    response.AddHeader("proxy-connection", "close");
                    response.AddHeader("transfer-encoding", "chunked");
                    response.AddHeader("upgrade", "h2c");
                    response.AddHeader("date", "today");
                    response.AddHeader("x-last", "2");
                    response.Write("hello");
                    break;
                case "many":
                    for (int i = 0; i < number; i++)
                    {
                        response.AddHeader("x-field-" + i.ToString(), "a value that takes some room, number " + i.ToString());
                    }

                    response.Write("hello");
                    break;
                case "ignorewide":
                    response.AddHeader(Bytes("x-wide"), Octets(number));
                    break;
                case "trailers":
                    Trail(response, number);
                    break;
                case "urgent":
                    response.SetPriority(number, false);
                    SetSource(response, 20000, 20000);
                    break;
                default:
                    return false;
            }

            return true;
        }

        // With 0 no body, 1 text, 2 an array, 3 a source of known length, 4 of unknown length, 5 with a late field.
        private void Trail(HttpResponse response, int kind)
        {
            response.AddHeader("x-before", "1");
            response.AddTrailer(Bytes("x-after"), Bytes("2"));
            switch (kind)
            {
                case 1:
                    response.Write("hello");
                    break;
                case 2:
                    response.SetBody(Octets(50), 0, 50);
                    break;
                case 3:
                    SetSource(response, 50, 50);
                    break;
                case 4:
                    SetSource(response, 50, HttpResponse.UnknownLength);
                    break;
                case 5:
                    Source.Trailed = response;
                    SetSource(response, 50, HttpResponse.UnknownLength);
                    break;
            }
        }

        private void Push(HttpResponse response, string path)
        {
            if (response.Push(Bytes(path)))
            {
                Promised++;
            }
        }

        private void Defer(HttpResponse response)
        {
            response.Defer();
            Deferred = response;
        }

        /// <summary>Sets <see cref="Source"/> as the body of a response.</summary>
        public void SetSource(HttpResponse response, int key, int length)
        {
            SourcesSet++;
            response.SetBody(Source, key, length);
        }

        private static byte[] Octets(int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = ScriptedSource.At(i);
            }

            return bytes;
        }

        private static string List(HeaderList fields)
        {
            string text = string.Empty;
            for (int position = fields.First(); position >= 0; position = fields.Next(position))
            {
                text += fields.GetName(position) + ": " + fields.GetValue(position) + "\n";
            }

            return text;
        }
    }
}
