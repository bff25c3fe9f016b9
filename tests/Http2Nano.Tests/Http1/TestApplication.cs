using System;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Tests.Http1
{
    /// <summary>
    /// What answers the requests of the tests. The first letter of a path says how the body is taken: <c>/g…</c> gathers,
    /// <c>/s…</c> streams, <c>/a…</c> is answered before the body; the rest says what the answer is.
    /// </summary>
    public class TestApplication : RequestDispatcher
    {
        private readonly byte[] _textPlain = Encoding.UTF8.GetBytes("text/plain");
        private readonly byte[] _contentType = Encoding.UTF8.GetBytes("content-type");
        private readonly byte[] _styleLink = Encoding.UTF8.GetBytes("</style.css>; rel=preload");

        /// <summary>Makes the body of <c>…source</c>.</summary>
        public readonly TestSource Source = new TestSource();

        /// <summary>Length that is announced for <see cref="Source"/>.</summary>
        public int Announced = HttpResponse.UnknownLength;

        /// <summary>Between the bodies of <c>…echo</c>.</summary>
        public readonly Ring Ring = new Ring();

        /// <summary>Status of <c>…status</c>.</summary>
        public int Status = 200;

        /// <summary>Name of a field that every response gets, or null.</summary>
        public string FieldName;

        /// <summary>Value of that field.</summary>
        public string FieldValue;

        /// <summary>Value of a field that is added as octets, or null.</summary>
        public byte[] OctetValue;

        /// <summary>Length of the body of <c>…array</c>.</summary>
        public int ArrayLength;

        /// <summary>Requests that were routed, handled and logged.</summary>
        public int Routed;

        /// <summary>Requests that a handler saw.</summary>
        public int Handled;

        /// <summary>Responses with the body of <c>…source</c>.</summary>
        public int Subscribed;

        /// <summary>Responses that were logged.</summary>
        public int Logged;

        /// <summary>Status of the last response logged.</summary>
        public int LoggedStatus;

        /// <summary>Handlers that threw.</summary>
        public int Failures;

        /// <summary>The response that was put off.</summary>
        public HttpResponse Deferred;

        /// <summary>Its request.</summary>
        public HttpRequest DeferredRequest;

        /// <summary>Whether early hints were sent, and a push was promised.</summary>
        public bool Hinted;

        /// <inheritdoc/>
        protected override Disposition Route(HttpRequest request, HttpResponse response)
        {
            Routed++;
            string path = request.Path;
            if (path.StartsWith("/s"))
            {
                return Disposition.Stream;
            }

            if (!path.StartsWith("/a"))
            {
                return Disposition.Gather;
            }

            response.Status = 404;
            response.Write("not here");
            return Disposition.Answered;
        }

        /// <inheritdoc/>
        protected override void Handle(HttpRequest request, HttpResponse response)
        {
            Handled++;
            if (FieldName != null)
            {
                response.AddHeader(FieldName, FieldValue);
            }

            if (OctetValue != null)
            {
                response.AddHeader(_contentType, OctetValue);
            }

            string path = request.Path;
            switch (path.Substring(path.Length < 2 ? 1 : 2))
            {
                case "fields":
                    WriteFields(request, response);
                    break;
                case "target":
                    WriteTarget(request, response);
                    break;
                case "body":
                    response.Write(request.Bytes, request.BodyStart, request.BodyCount);
                    break;
                case "length":
                    response.Write((long)request.BodyCount);
                    break;
                case "status":
                    response.Status = Status;
                    response.Write("body");
                    break;
                case "nothing":
                    response.Status = Status;
                    break;
                case "source":
                    Subscribed++;
                    response.SetBody(Source, 7, Announced);
                    break;
                case "statussource":
                    response.Status = Status;
                    response.SetBody(Source, 7, Announced);
                    break;
                case "trailers":
                    response.AddTrailer(_contentType, _textPlain);
                    response.AddTrailer(Encoding.UTF8.GetBytes("content-length"), _textPlain);
                    response.AddTrailer(Encoding.UTF8.GetBytes("x-check"), Encoding.UTF8.GetBytes("ok"));
                    response.SetBody(Source, 7, Announced);
                    break;
                case "array":
                    response.SetBody(Octets(ArrayLength), 0, ArrayLength);
                    break;
                case "echo":
                    Ring.Closings = 0;
                    Ring.Count = 0;
                    request.ReadBody(new RingSink(Ring), 1);
                    response.SetBody(new RingSource(Ring), 2, HttpResponse.UnknownLength);
                    break;
                case "take":
                    request.ReadBody(new RingSink(Ring), 1);
                    response.Write("taken");
                    break;
                case "drain":
                    request.ReadBody(new Drain(), 0);
                    response.Write("drained");
                    break;
                case "taken":
                    request.ReadBody(new RingSink(Ring), 1);
                    response.Defer();
                    Deferred = response;
                    break;
                case "defer":
                    DeferredRequest = request;
                    response.Defer();
                    Deferred = response;
                    break;
                case "deferthrow":
                    response.Defer();
                    Deferred = response;
                    throw new InvalidOperationException();
                case "sourcethrow":
                    response.SetBody(Source, 7, Announced);
                    throw new InvalidOperationException();
                case "hints":
                    Hinted = response.EarlyHints(_styleLink);
                    response.Write("page");
                    break;
                case "push":
                    Hinted = response.Push(Encoding.UTF8.GetBytes("/style.css"));
                    break;
                case "throw":
                    throw new InvalidOperationException();
                default:
                    response.AddHeader(_contentType, _textPlain);
                    response.Write("hello");
                    break;
            }
        }

        /// <inheritdoc/>
        protected override void Answered(HttpRequest request, HttpResponse response)
        {
            Logged++;
            LoggedStatus = response.Status;
        }

        /// <inheritdoc/>
        protected override void Failed(HttpRequest request, Exception exception)
        {
            Failures++;
        }

        /// <summary>The octets that <see cref="TestSource"/> yields.</summary>
        public static byte[] Octets(int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = TestSource.At(i);
            }

            return bytes;
        }

        private static void WriteFields(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = request.Headers;
            for (int position = fields.First(); position >= 0; position = fields.Next(position))
            {
                response.Write(fields.GetName(position) + "=" + fields.GetValue(position) + "\n");
            }
        }

        private static void WriteTarget(HttpRequest request, HttpResponse response)
        {
            response.Write(request.MethodName + " " + request.Path + " ");
            if (request.QueryCount >= 0)
            {
                response.Write("?");
                response.Write(request.Bytes, request.QueryStart, request.QueryCount);
            }

            int authority = request.AuthorityPosition;
            response.Write(" " + (authority < 0 ? "none" : request.Headers.GetValue(authority)));
            response.Write(" " + ((int)request.Protocol) + " " + ((int)request.Method));
        }
    }
}
