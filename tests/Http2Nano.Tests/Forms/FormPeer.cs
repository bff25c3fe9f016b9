using Http2Nano.Forms;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Routing;

namespace Http2Nano.Tests.Forms
{
    /// <summary>A client that posts forms to a route with a <see cref="MultipartForm"/>.</summary>
    public class FormPeer
    {
        /// <summary>The content-type that the peer's forms have.</summary>
        public const string Type = "multipart/form-data; boundary=xyz";

        private readonly RouterPeer _peer;

        private FormPeer(NotingReceiver receiver, MultipartForm form)
        {
            Receiver = receiver;
            Form = form;
            Router router = new Router();
            router.MapStream(HttpMethod.Post, "/form", form.Handle);
            _peer = new RouterPeer(router);
        }

        /// <summary>What answers.</summary>
        public NotingReceiver Receiver { get; private set; }

        /// <summary>The form under test.</summary>
        public MultipartForm Form { get; private set; }

        /// <summary>The connection.</summary>
        public RouterPeer Connection
        {
            get { return _peer; }
        }

        /// <summary>Connects with storage of 256 bytes and four parts.</summary>
        public static FormPeer Connect()
        {
            return Connect(256, 4);
        }

        /// <summary>Connects.</summary>
        public static FormPeer Connect(int storage, int parts)
        {
            NotingReceiver receiver = new NotingReceiver();
            return new FormPeer(receiver, new MultipartForm(receiver, storage, parts));
        }

        /// <summary>Posts a body and takes the response.</summary>
        public Http1Reply Post(string body)
        {
            return Post(Type, body);
        }

        /// <summary>Posts a body of a media type and takes the response.</summary>
        public Http1Reply Post(string type, string body)
        {
            Receiver.Forget();
            return _peer.Ask("POST", "/form", "Content-Type: " + type + "\r\n", body);
        }

        /// <summary>A part: its fields, each with CR LF behind it, and its content.</summary>
        public static string Part(string fields, string content)
        {
            return "--xyz\r\n" + fields + "\r\n" + content + "\r\n";
        }

        /// <summary>A plain field.</summary>
        public static string Plain(string name, string value)
        {
            return Part("Content-Disposition: form-data; name=\"" + name + "\"\r\n", value);
        }

        /// <summary>A file.</summary>
        public static string File(string name, string fileName, string content)
        {
            return Part("Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"\r\nContent-Type: text/plain\r\n", content);
        }
    }
}
