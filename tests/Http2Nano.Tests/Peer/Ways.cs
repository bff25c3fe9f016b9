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
            Play(scenario, Http2Peer.Usual(), int.MaxValue);
            Play(scenario, Http2Peer.Usual(), 1);
        }

        /// <summary>Like <see cref="Play(Scenario)"/>, and through the smallest buffers too.</summary>
        public static void PlayAll(Scenario scenario)
        {
            PlayAll(scenario, Http2Peer.Usual());
        }

        /// <summary>Like <see cref="PlayAll(Scenario)"/>, with other limits than the usual ones. They are changed.</summary>
        public static void PlayAll(Scenario scenario, HttpLimits limits)
        {
            Play(scenario, limits, int.MaxValue);
            Play(scenario, limits, 1);
            MakeSmall(limits);
            Play(scenario, limits, int.MaxValue);
            Play(scenario, limits, 1);
        }

        // A method of its own, so that each peer is gone before the next one is made: a heap of 64 KB has room for one.
        private static void Play(Scenario scenario, HttpLimits limits, int piece)
        {
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Piece = piece;
            scenario(peer);
        }

        /// <summary>The smallest limits there can be, but for the exchange.</summary>
        public static HttpLimits Small()
        {
            HttpLimits limits = Http2Peer.Usual();
            MakeSmall(limits);
            return limits;
        }

        private static void MakeSmall(HttpLimits limits)
        {
            limits.ReceiveBufferSize = 256;
            limits.TransmitBufferSize = 512;
        }
    }
}
