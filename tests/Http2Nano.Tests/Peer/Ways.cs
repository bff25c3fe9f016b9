using Http2Nano.Messages;

namespace Http2Nano.Tests.Peer
{
    /// <summary>What happens on a connection whose handshake is done.</summary>
    public delegate void Scenario(Http2Peer peer);

    /// <summary>Plays a scenario in all ways in which octets can arrive.</summary>
    public static class Ways
    {
        /// <summary>With frames whole and octet by octet.</summary>
        public static void Play(Scenario scenario)
        {
            scenario(Http2Peer.Open());
            Http2Peer peer = Http2Peer.Open();
            peer.Piece = 1;
            scenario(peer);
        }

        /// <summary>Like <see cref="Play"/>, and through the smallest buffers too.</summary>
        public static void PlayAll(Scenario scenario)
        {
            Play(scenario);
            Http2Peer peer = Http2Peer.Open(Small());
            scenario(peer);
            peer = Http2Peer.Open(Small());
            peer.Piece = 1;
            scenario(peer);
        }

        /// <summary>The smallest limits there can be, but for the exchange.</summary>
        public static HttpLimits Small()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.ReceiveBufferSize = 256;
            limits.TransmitBufferSize = 512;
            return limits;
        }
    }
}
