using System.Net;

namespace Http2Nano.Development;

/// <summary>What the command line said.</summary>
/// <param name="Http">Port without TLS; 0 for none.</param>
/// <param name="Https">Port with TLS; 0 for none.</param>
/// <param name="Address">Address to listen at.</param>
/// <param name="Quiet">No line for each request.</param>
/// <param name="Board">The board to be as small as, or null.</param>
/// <param name="Users">Who may sign in, each as name, colon, password; empty for the one of development.</param>
/// <param name="Limits">Limits by name, as name, equals sign, number; empty for those of the board.</param>
internal sealed record HostSettings(int Http, int Https, IPAddress Address, bool Quiet, BoardProfile? Board, string[] Users, string[] Limits);
