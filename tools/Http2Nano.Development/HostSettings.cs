using System.Net;

namespace Http2Nano.Development;

/// <summary>The values of the command line.</summary>
/// <param name="Http">Port without TLS; 0 for none.</param>
/// <param name="Https">Port with TLS; 0 for none.</param>
/// <param name="Address">Address to listen at.</param>
/// <param name="Quiet">Whether requests are not logged.</param>
/// <param name="Board">The board whose limits apply, or null.</param>
/// <param name="HasSocketsOfBoard">Whether it has no more sockets than that board.</param>
/// <param name="Users">The users, each as name, colon and password; empty for the development user.</param>
/// <param name="Proxies">Addresses and networks of the reverse proxies that are believed.</param>
/// <param name="EarlyHints">Whether 103 is sent.</param>
/// <param name="Limits">Limits by name, as name, equals sign, number; empty for those of the board.</param>
internal sealed record HostSettings(int Http, int Https, IPAddress Address, bool Quiet, BoardProfile? Board, bool HasSocketsOfBoard, string[] Users, string[] Proxies, bool EarlyHints, string[] Limits);
