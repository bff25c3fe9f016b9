namespace Http2Nano.Tests.Hosting
{
    /// <summary>Breaks the listening socket at a time.</summary>
    internal sealed class Breaker : ScriptedClient
    {
        /// <summary>Attempts to make it again that fail.</summary>
        internal int Refusals;

        private bool _silently;

        /// <summary>Makes one.</summary>
        /// <param name="due">When, in milliseconds from the start.</param>
        /// <param name="silently">Whether the socket says so only when somebody is to be accepted.</param>
        internal static Breaker At(int due, bool silently)
        {
            Breaker breaker = new Breaker();
            breaker.Due = due;
            breaker._silently = silently;
            return breaker;
        }

        internal override void Act(int time)
        {
            Due = Never;
            Platform.Plain.Break(_silently, Refusals);
        }
    }
}
