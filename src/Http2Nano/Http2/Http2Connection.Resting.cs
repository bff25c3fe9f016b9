namespace Http2Nano.Http2
{
    // A connection that does nothing until its client sends something or a source has something.
    public sealed partial class Http2Connection
    {
        /// <summary>
        /// Whether the state of the connection needs neither the buffers nor an exchange, because each stream, if there are any, waits
        /// for nothing but the source of its response: another connection can be served meanwhile.
        /// </summary>
        internal bool IsAtRest
        {
            get
            {
                if (!_prefaceTaken || _frame != AtHeader || GoingAway || PeerHalfClosed || Finished || FieldBlocks.InFieldBlock
                    || Receive.Length != 0 || Transmit.Length != 0)
                {
                    return false;
                }

                for (int slot = 0; slot < Streams.Top; slot++)
                {
                    int flags = Streams.Flags[slot] & StreamTable.FlagMask & ~StreamTable.BeforeSettings;
                    if (Streams.Id[slot] != 0
                        && (flags != (StreamTable.RemoteClosed | StreamTable.Sending | StreamTable.SourceEmpty) || Streams.Exchange[slot] != null))
                    {
                        return false;
                    }
                }

                return true;
            }
        }

        /// <summary>Whether a source has something for a connection that was <see cref="IsAtRest"/>.</summary>
        /// <param name="now">Milliseconds.</param>
        internal bool HasNews(long now)
        {
            return Streams.SendingStreams != Streams.Refill(now);
        }
    }
}
