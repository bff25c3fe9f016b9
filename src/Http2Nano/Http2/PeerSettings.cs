using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    /// <summary>The client's settings (RFC 9113 6.5.2).</summary>
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
        /// <param name="value">The unsigned value; 2,147,483,648 and more are negative numbers.</param>
        /// <returns>An <see cref="ErrorCode"/>; any other than NO_ERROR is a connection error.</returns>
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

                    // The server's frames are never longer than the smallest allowed value.
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
