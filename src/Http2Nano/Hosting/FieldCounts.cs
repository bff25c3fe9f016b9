namespace Http2Nano.Hosting
{
    /// <summary>
    /// The facts about the library's classes from which <see cref="MemoryBudget"/> is computed: the number of fields of
    /// each class, and the lengths of arrays of constant size. A test compares them with the classes.
    /// </summary>
    internal static class FieldCounts
    {
        internal const int HpackDecoder = 22;
        internal const int HpackEncoder = 14;
        internal const int DynamicTable = 10;
        internal const int HeaderList = 10;
        internal const int ReceiveBuffer = 3;
        internal const int TransmitBuffer = 4;
        internal const int ExchangePool = 6;
        internal const int HttpExchange = 10;
        internal const int HttpRequest = 16;
        internal const int HttpResponse = 11;
        internal const int StreamTable = 16;
        internal const int FlowControl = 3;
        internal const int Http2Connection = 31;
        internal const int FrameReader = 9;
        internal const int FrameWriter = 2;
        internal const int ClosedStreams = 3;
        internal const int PeerSettings = 4;
        internal const int GlitchBudget = 5;
        internal const int FieldBlocks = 15;
        internal const int RequestStreams = 5;
        internal const int RequestBodies = 5;
        internal const int ResponseSender = 11;
        internal const int StreamScheduler = 6;
        internal const int ControlFrames = 5;
        internal const int ConnectionDeadlines = 10;
        internal const int Http1Connection = 38;
        internal const int RequestLine = 7;
        internal const int FieldLines = 18;
        internal const int ControlFields = 8;
        internal const int Http2SettingsField = 6;
        internal const int RequestBody = 13;
        internal const int ChunkedDecoder = 5;
        internal const int ResponseHead = 5;
        internal const int HttpDate = 3;
        internal const int ResponseBody = 6;
        internal const int HttpServerOptions = 14;
        internal const int HttpLimits = 28;
        internal const int UnreadFields = 3;
        internal const int KeptFields = 3;
        internal const int ServerCounters = 14;
        internal const int HttpServer = 7;
        internal const int ServerPlatform = 0;
        internal const int Crowd = 4;
        internal const int ConnectionRounds = 9;
        internal const int Reception = 5;
        internal const int ConnectionPlace = 7;
        internal const int ConnectionLoop = 12;
        internal const int ConnectionGate = 14;
        internal const int TcpTransport = 2;
        internal const int HttpSession = 7;
        internal const int SocketListener = 6;

        /// <summary>Number of columns of the stream table with four bytes per stream, in arrays of their own; four more are in two arrays.</summary>
        internal const int StreamNumbers = 6;

        /// <summary>Number of columns of references in an array of their own; two more share one.</summary>
        internal const int StreamReferences = 1;

        /// <summary>Length of the array in which closed streams are remembered.</summary>
        internal const int RememberedStreams = 13;

        /// <summary>The longest token that HTTP/1.1 compares, in bytes.</summary>
        internal const int ControlToken = 14;

        /// <summary>Length of the array of a route's values and of two numbers with them, two bytes each.</summary>
        internal const int RouteValues = 18;

        /// <summary>Size of the remembered authority in bytes.</summary>
        internal const int RememberedAuthority = 48;

        /// <summary>The field block that an exchange remembers, in bytes.</summary>
        internal const int RememberedBlock = 64;

        /// <summary>Size of the Date field line in bytes.</summary>
        internal const int DateLine = 37;

        /// <summary>The static fields of all classes and what they refer to, in bytes.</summary>
        internal const int ConstantBytes = 2904;
    }
}
