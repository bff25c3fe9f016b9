using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    /// <summary>What the client has set (RFC 9113 6.5.2).</summary>
    internal sealed class PeerSettings
    {
        internal int HeaderTableSize;
        internal bool EnablePush;
        internal int MaxConcurrentStreams;
        internal int InitialWindowSize;
        internal bool NoRfc7540Priorities;

        internal void Reset()
        {
            HeaderTableSize = 4096;
            EnablePush = true;
            MaxConcurrentStreams = int.MaxValue;
            InitialWindowSize = FlowControl.DefaultWindow;
            NoRfc7540Priorities = false;
        }

        /// <summary>Applies one setting.</summary>
        /// <param name="identifier">Identifier; unknown ones are ignored (RFC 9113 6.5.2).</param>
        /// <param name="value">Unsigned value; 2,147,483,648 and more come as negative numbers.</param>
        /// <returns>An <see cref="ErrorCode"/>: other than NO_ERROR it ends the connection.</returns>
        internal int Apply(int identifier, int value)
        {
            switch (identifier)
            {
                case Setting.HeaderTableSize:
                    HeaderTableSize = value < 0 ? int.MaxValue : value;
                    break;

                case Setting.EnablePush:
                    if (value != 0 && value != 1)
                    {
                        return ErrorCode.ProtocolError;
                    }

                    EnablePush = value == 1;
                    break;

                case Setting.MaxConcurrentStreams:
                    MaxConcurrentStreams = value < 0 ? int.MaxValue : value;
                    break;

                case Setting.InitialWindowSize:
                    if (value < 0)
                    {
                        return ErrorCode.FlowControlError;
                    }

                    InitialWindowSize = value;
                    break;

                case Setting.MaxFrameSize:
                    if (value < 16384 || value > 16777215)
                    {
                        return ErrorCode.ProtocolError;
                    }

                    // No frame of this server is longer than the smallest limit there can be.
                    break;

                case Setting.NoRfc7540Priorities:
                    if (value != 0 && value != 1)
                    {
                        return ErrorCode.ProtocolError;
                    }

                    NoRfc7540Priorities = value == 1;
                    break;

                case Setting.EnableConnectProtocol:
                    if (value != 0 && value != 1)
                    {
                        return ErrorCode.ProtocolError;
                    }

                    break;
            }

            return ErrorCode.NoError;
        }
    }
}
