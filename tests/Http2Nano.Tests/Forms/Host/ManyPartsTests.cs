using System.Text;
using Http2Nano.Forms;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Forms.Host
{
    /// <summary>Forms that are too long for the emulator.</summary>
    [TestClass]
    public class ManyPartsTests
    {
        [TestMethod]
        public void Ten_thousand_parts_are_counted_and_not_kept()
        {
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < 10000; i++)
            {
                body.Append(FormPeer.File("f", "x", "1"));
            }

            body.Append("--xyz--\r\n");
            Assert.AreEqual(200, Post(10000, body.ToString()));
            Assert.AreEqual(413, Post(9999, body.ToString()));
        }

        private static int Post(int parts, string body)
        {
            Router router = new Router();
            router.MapStream(HttpMethod.Post, "/form", new MultipartForm(new Dropping(), 256, parts).Handle);
            return new RouterPeer(router).Ask("POST", "/form", "Content-Type: " + FormPeer.Type + "\r\n", body).Status;
        }

        private sealed class Dropping : FormReceiver
        {
            public override BodySink BeginPart(MultipartForm form)
            {
                return form.Nowhere;
            }

            public override void Complete(MultipartForm form, HttpResponse response)
            {
            }
        }
    }
}
