using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    /// <summary>The client's settings (RFC 9113 6.5.2).</summary>
    internal sealed class PeerSettings
    {
        /// <summary>In <see cref="Facts"/>: the client accepts promises.</summary>
        internal const int EnablePush = 1;

        /// <summary>In <see cref="Facts"/>: priorities of RFC 7540 have no meaning (RFC 9218 2.1).</summary>
        internal const int NoRfc7540Priorities = 2;

        /// <summary>In <see cref="Facts"/>: the client has sent GOAWAY, and accepts no more promises.</summary>
        internal const int GoingAway = 4;

        /// <summary>The bits above: on the device each field takes 12 bytes.</summary>
        internal int Facts;

        internal int HeaderTableSize;
        internal int MaxConcurrentStreams;
        internal int InitialWindowSize;

        internal void Reset()
        {
            HeaderTableSize = 4096;
            Facts = EnablePush;
            MaxConcurrentStreams = int.MaxValue;
            InitialWindowSize = FlowControl.DefaultWindow;
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

                    Facts = value == 1 ? Facts | EnablePush : Facts & ~EnablePush;
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

                    Facts = value == 1 ? Facts | NoRfc7540Priorities : Facts & ~NoRfc7540Priorities;
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
