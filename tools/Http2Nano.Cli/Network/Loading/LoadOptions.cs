namespace Http2Nano.Cli.Network.Loading;

/// <summary>How much load, and how.</summary>
/// <param name="Requests">Requests in all.</param>
/// <param name="Seconds">The longest time.</param>
/// <param name="Connections">Connections at once.</param>
/// <param name="Streams">Requests at once on a connection; 1 with HTTP/1.1.</param>
/// <param name="Http2">HTTP/2 instead of HTTP/1.1.</param>
/// <param name="Timeout">Milliseconds that an answer may take.</param>
internal sealed record LoadOptions(long Requests, int Seconds, int Connections, int Streams, bool Http2, int Timeout);
