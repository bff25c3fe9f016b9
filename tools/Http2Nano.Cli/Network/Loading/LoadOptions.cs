namespace Http2Nano.Cli.Network.Loading;

/// <summary>The options of a load.</summary>
/// <param name="Requests">Requests in all.</param>
/// <param name="Seconds">The longest time.</param>
/// <param name="Connections">Concurrent connections.</param>
/// <param name="Streams">Concurrent requests on a connection; 1 with HTTP/1.1.</param>
/// <param name="Http2">HTTP/2 instead of HTTP/1.1.</param>
/// <param name="Timeout">Milliseconds that a response may take.</param>
internal sealed record LoadOptions(long Requests, int Seconds, int Connections, int Streams, bool Http2, int Timeout);
