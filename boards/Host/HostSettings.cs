using System.Net;

namespace Http2Nano.Host;

/// <summary>What the command line said.</summary>
/// <param name="Http">Port without TLS; 0 for none.</param>
/// <param name="Https">Port with TLS; 0 for none.</param>
/// <param name="Address">Address to listen at.</param>
/// <param name="Quiet">No line for each request.</param>
internal sealed record HostSettings(int Http, int Https, IPAddress Address, bool Quiet);
