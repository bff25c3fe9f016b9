using System;
using System.IO;
using System.Text;
using Http2Nano.Drives;
using Http2Nano.Forms;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Drives.Host
{
    /// <summary>A megabyte up or down allocates nothing on its way. The host can measure that.</summary>
    [TestClass]
    public class UploadAllocationTests
    {
        private const int Megabyte = 1 << 20;

        [TestMethod]
        public void A_form_of_a_megabyte()
        {
            CountingReceiver receiver = new CountingReceiver();
            Router router = new Router();
            router.MapStream(HttpMethod.Post, "/", new MultipartForm(receiver, 256, 4).Handle);
            string begin = "--xyz\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n";
            string end = "\r\n--xyz--\r\n";
            string head = "POST / HTTP/1.1\r\nHost: device\r\nContent-Type: multipart/form-data; boundary=xyz\r\nContent-Length: " + (begin.Length + Megabyte + end.Length) + "\r\n\r\n" + begin;
            AllocatesNothing(router, head, end, "200");
            Assert.AreEqual(2L * Megabyte, receiver.Octets);
        }

        [TestMethod]
        public void A_file_of_a_megabyte()
        {
            Router router = new Router();
            router.MapStream(HttpMethod.Put, "/", new FileUpload(new SinkDrive(false), "a", Megabyte).Handle);
            AllocatesNothing(router, "PUT / HTTP/1.1\r\nHost: device\r\nContent-Length: " + Megabyte + "\r\n\r\n", string.Empty, "201");
        }

        [TestMethod]
        public void A_download_of_a_megabyte()
        {
            Router router = new Router();
            router.MapGet("/{*path}", new FolderRoute(new SinkDrive(true), string.Empty, 1).Handle);
            HttpSession session = Begin(router);
            for (int round = 0; round < 2; round++)
            {
                Receive(session, "GET /a HTTP/1.1\r\nHost: device\r\n\r\n");
                session.Advance(round);
                Assert.AreEqual("200", Status(session));
                long before = GC.GetAllocatedBytesForCurrentThread();
                int sent = 0;
                while (session.Transmit.Length != 0)
                {
                    sent += session.Transmit.Length;
                    session.Transmit.Sent(session.Transmit.Length);
                    session.Advance(round);
                }

                Assert.IsTrue(sent > Megabyte, "sent");
                Assert.IsTrue(round == 0 || GC.GetAllocatedBytesForCurrentThread() == before, "allocated");
            }
        }

        // The second of two uploads, from its first octet to the response. Opening the file is the platform's.
        private static void AllocatesNothing(Router router, string head, string end, string status)
        {
            HttpSession session = Begin(router);
            byte[] content = new byte[4000];
            for (int round = 0; round < 2; round++)
            {
                Receive(session, head);
                session.Advance(round);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int left = Megabyte; left > 0;)
                {
                    session.Receive.MakeRoom();
                    int count = session.Receive.Bytes.Length - session.Receive.End;
                    count = count < content.Length ? count : content.Length;
                    count = count < left ? count : left;
                    Array.Copy(content, 0, session.Receive.Bytes, session.Receive.End, count);
                    session.Receive.End += count;
                    left -= count;

                    // The last octets end the upload, and files are closed and moved then.
                    if (left == 0 && round == 1)
                    {
                        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
                    }

                    session.Advance(round);
                }

                Receive(session, end);
                session.Advance(round);
                Assert.AreEqual(round == 0 ? status : status == "201" ? "204" : status, Status(session));
                session.Transmit.Sent(session.Transmit.Length);
                session.Advance(round);
            }
        }

        private static HttpSession Begin(Router router)
        {
            HttpSession session = new HttpSession(new HttpLimits(), router, new ServerCounters());
            session.Begin(0, false);
            return session;
        }

        private static void Receive(HttpSession session, string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            session.Receive.MakeRoom();
            Array.Copy(octets, 0, session.Receive.Bytes, session.Receive.End, octets.Length);
            session.Receive.End += octets.Length;
        }

        private static string Status(HttpSession session)
        {
            return Encoding.UTF8.GetString(session.Transmit.Bytes, session.Transmit.Start + 9, 3);
        }

        private sealed class CountingReceiver : FormReceiver
        {
            private readonly CountingSink _sink = new CountingSink();

            internal long Octets
            {
                get { return _sink.Octets; }
            }

            public override BodySink BeginPart(MultipartForm form)
            {
                return _sink;
            }

            public override void Complete(MultipartForm form, HttpResponse response)
            {
            }
        }

        private sealed class CountingSink : BodySink
        {
            internal long Octets;

            public override int Room(int key)
            {
                return int.MaxValue;
            }

            public override void Write(int key, byte[] buffer, int offset, int count)
            {
                Octets += count;
            }

            public override void Close(int key, bool complete)
            {
            }
        }

        // A drive with one file of a megabyte, which takes everything and keeps nothing.
        private sealed class SinkDrive : FileDrive
        {
            private readonly Content _content = new Content();
            private bool _written;

            internal SinkDrive(bool written)
            {
                _written = written;
            }

            public override Stream Open(string name)
            {
                _content.Position = 0;
                return _content;
            }

            public override Stream Create(string name)
            {
                return _content;
            }

            public override bool Exists(string name)
            {
                return _written && !FileReplacement.IsLeftover(name);
            }

            public override void Delete(string name)
            {
            }

            public override void Move(string name, string newName)
            {
                _written = true;
            }

            public override bool HasFolder(string name)
            {
                return false;
            }

            public override string[] List(string folder, bool folders)
            {
                return Array.Empty<string>();
            }

            private sealed class Content : Stream
            {
                public override bool CanRead => true;

                public override bool CanSeek => true;

                public override bool CanWrite => true;

                public override long Length => Megabyte;

                public override long Position { get; set; }

                public override void Flush()
                {
                }

                public override int Read(byte[] buffer, int offset, int count)
                {
                    int left = (int)(Length - Position);
                    count = count < left ? count : left;
                    Position += count;
                    return count;
                }

                public override long Seek(long offset, SeekOrigin origin)
                {
                    throw new NotSupportedException();
                }

                public override void SetLength(long value)
                {
                    throw new NotSupportedException();
                }

                public override void Write(byte[] buffer, int offset, int count)
                {
                }
            }
        }
    }
}
