namespace Http2Nano.Framing
{
    /// <summary>Frame types (RFC 9113 6, RFC 9218 7.1).</summary>
    public static class FrameType
    {
        /// <summary>RFC 9113 6.1.</summary>
        public const int Data = 0x00;

        /// <summary>RFC 9113 6.2.</summary>
        public const int Headers = 0x01;

        /// <summary>RFC 9113 6.3, deprecated.</summary>
        public const int Priority = 0x02;

        /// <summary>RFC 9113 6.4.</summary>
        public const int RstStream = 0x03;

        /// <summary>RFC 9113 6.5.</summary>
        public const int Settings = 0x04;

        /// <summary>RFC 9113 6.6.</summary>
        public const int PushPromise = 0x05;

        /// <summary>RFC 9113 6.7.</summary>
        public const int Ping = 0x06;

        /// <summary>RFC 9113 6.8.</summary>
        public const int GoAway = 0x07;

        /// <summary>RFC 9113 6.9.</summary>
        public const int WindowUpdate = 0x08;

        /// <summary>RFC 9113 6.10.</summary>
        public const int Continuation = 0x09;

        /// <summary>RFC 9218 7.1.</summary>
        public const int PriorityUpdate = 0x10;
    }

    /// <summary>Flags of frames (RFC 9113 6). A flag that a type does not define is ignored (RFC 9113 4.1).</summary>
    public static class FrameFlags
    {
        /// <summary>DATA and HEADERS: this is the sender's last frame on the stream.</summary>
        public const int EndStream = 0x01;

        /// <summary>SETTINGS and PING: this is an acknowledgement.</summary>
        public const int Ack = 0x01;

        /// <summary>HEADERS, PUSH_PROMISE and CONTINUATION: the field block is complete.</summary>
        public const int EndHeaders = 0x04;

        /// <summary>DATA, HEADERS and PUSH_PROMISE: the payload has a Pad Length field and padding.</summary>
        public const int Padded = 0x08;

        /// <summary>HEADERS: the payload has five octets of priority signal; deprecated.</summary>
        public const int Priority = 0x20;
    }

    /// <summary>Error codes (RFC 9113 7).</summary>
    public static class ErrorCode
    {
        /// <summary>No error: a graceful shutdown.</summary>
        public const int NoError = 0x00;

        /// <summary>A protocol error that no other code describes.</summary>
        public const int ProtocolError = 0x01;

        /// <summary>The endpoint failed for a reason of its own.</summary>
        public const int InternalError = 0x02;

        /// <summary>The peer exceeded the flow-control window.</summary>
        public const int FlowControlError = 0x03;

        /// <summary>The peer did not acknowledge SETTINGS in time.</summary>
        public const int SettingsTimeout = 0x04;

        /// <summary>A frame came for a stream that is half-closed or closed.</summary>
        public const int StreamClosed = 0x05;

        /// <summary>A frame has an invalid size.</summary>
        public const int FrameSizeError = 0x06;

        /// <summary>The stream was not processed at all; the request may be retried.</summary>
        public const int RefusedStream = 0x07;

        /// <summary>The stream is no longer needed.</summary>
        public const int Cancel = 0x08;

        /// <summary>The field compression context cannot be maintained.</summary>
        public const int CompressionError = 0x09;

        /// <summary>The connection of a CONNECT request was reset or closed abnormally.</summary>
        public const int ConnectError = 0x0A;

        /// <summary>The peer causes excessive load.</summary>
        public const int EnhanceYourCalm = 0x0B;

        /// <summary>The transport does not meet the minimum security requirements.</summary>
        public const int InadequateSecurity = 0x0C;

        /// <summary>HTTP/1.1 is to be used instead.</summary>
        public const int Http11Required = 0x0D;
    }

    /// <summary>Identifiers of settings (RFC 9113 6.5.2, RFC 8441 3, RFC 9218 2.1).</summary>
    public static class Setting
    {
        /// <summary>SETTINGS_HEADER_TABLE_SIZE, in bytes.</summary>
        public const int HeaderTableSize = 0x01;

        /// <summary>SETTINGS_ENABLE_PUSH, 0 or 1.</summary>
        public const int EnablePush = 0x02;

        /// <summary>SETTINGS_MAX_CONCURRENT_STREAMS.</summary>
        public const int MaxConcurrentStreams = 0x03;

        /// <summary>SETTINGS_INITIAL_WINDOW_SIZE, in bytes.</summary>
        public const int InitialWindowSize = 0x04;

        /// <summary>SETTINGS_MAX_FRAME_SIZE, in bytes.</summary>
        public const int MaxFrameSize = 0x05;

        /// <summary>SETTINGS_MAX_HEADER_LIST_SIZE, in bytes.</summary>
        public const int MaxHeaderListSize = 0x06;

        /// <summary>SETTINGS_ENABLE_CONNECT_PROTOCOL, 0 or 1.</summary>
        public const int EnableConnectProtocol = 0x08;

        /// <summary>SETTINGS_NO_RFC7540_PRIORITIES, 0 or 1.</summary>
        public const int NoRfc7540Priorities = 0x09;
    }
}
