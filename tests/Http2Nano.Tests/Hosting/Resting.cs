using Http2Nano.Hosting;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>What the tests of connections that rest have in common: a server with one place and a stream of events.</summary>
    internal static class Resting
    {
        /// <summary>Octets of the header of a frame (RFC 9113 4.1).</summary>
        internal const int FrameHeader = 9;
        private const int GoAway = 7;

        // Four kilobytes a second, and more.
        internal static ScriptedClient Upload()
        {
            ScriptedClient upload = new ScriptedClient();
            upload.Request = "POST /sdrain HTTP/1.1\r\nHost: d\r\nContent-Length: 100000\r\n\r\n";
            upload.Drip = new string('x', 1200);
            upload.DripTime = 200;
            return upload;
        }

        // With short turns, and short times for who is idle.
        internal static ScriptedPlatform Hurried()
        {
            HttpServerOptions options = Options(2);
            options.MaximumTurn = 1000;
            options.Limits.IdleTimeout = 1000;
            options.Limits.Exchanges = 2;
            return Prepare(new ScriptedPlatform(options));
        }

        internal static HttpServerOptions Options(int silent)
        {
            HttpServerOptions options = new HttpServerOptions();
            options.SilentConnections = silent;
            options.Limits.Exchanges = 1;
            options.Limits.DrainTimeout = 1000;
            return options;
        }

        internal static ScriptedPlatform Make(int silent)
        {
            return Prepare(new ScriptedPlatform(Options(silent)));
        }

        internal static ScriptedPlatform MakeSecure(bool several)
        {
            HttpServerOptions options = Options(2);
            options.TlsPort = 443;
            options.Tls = new ScriptedTls(several);
            return Prepare(new ScriptedPlatform(options));
        }

        internal static ScriptedPlatform Prepare(ScriptedPlatform platform)
        {
            TestApplication application = platform.Application;
            application.FieldName = "content-type";
            application.FieldValue = "text/event-stream";
            application.Source.Length = int.MaxValue;
            application.Source.StallAt = 0;
            application.Source.Tells = true;
            return platform;
        }

        internal static Viewer Add(ScriptedPlatform platform, bool http2)
        {
            Viewer viewer = new Viewer(http2);
            platform.Add(viewer);
            return viewer;
        }

        // RFC 9113 6.8, without an error.
        internal static void AssertGoAway(ScriptedClient client)
        {
            byte[] heard = client.HeardOctets;
            int at = 0;
            while (at + FrameHeader < heard.Length && heard[at + 3] != GoAway)
            {
                at += FrameHeader + (heard[at + 1] << 8) + heard[at + 2];
            }

            Assert.IsTrue(at + FrameHeader < heard.Length, "no GOAWAY");
            Assert.AreEqual((byte)0, heard[at + FrameHeader + 7]);
        }
    }
}
