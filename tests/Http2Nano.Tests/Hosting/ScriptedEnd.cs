namespace Http2Nano.Tests.Hosting
{
    /// <summary>What a server may wait for.</summary>
    internal interface ScriptedEnd
    {
        /// <summary>Whether a wait is over.</summary>
        bool IsReady { get; }
    }
}
