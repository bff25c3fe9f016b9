using System.Net.Sockets;
using Http2Nano.Hosting;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>Says that there is TLS; the scripted transports act as if.</summary>
    internal sealed class ScriptedTls : TlsAcceptor
    {
        internal const int Succeeds = 0;
        internal const int Fails = 1;
        internal const int Stalls = 2;

        /// <summary>The first record of a handshake, whole: 257 octets behind its header.</summary>
        internal static readonly string Greeting = "\u0016\u0003\u0001\u0001\u0001" + new string('h', 257);

        private readonly bool _several;

        internal ScriptedTls(bool several)
        {
            _several = several;
        }

        public override bool CanKeepSeveral
        {
            get { return _several; }
        }

        public override Transport Accept(Socket socket, IHandshakeLimit limit, int writeTimeout)
        {
            return null;
        }
    }
}
