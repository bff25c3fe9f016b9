using System.Net;

namespace Http2Nano.Host;

/// <summary>What the command line said.</summary>
/// <param name="Http">Port without TLS; 0 for none.</param>
/// <param name="Https">Port with TLS; 0 for none.</param>
/// <param name="Address">Address to listen at.</param>
/// <param name="Quiet">No line for each request.</param>
/// <param name="Profile">The limits of a board, or null for the limits that the library has unless told otherwise.</param>
/// <param name="Users">Who may change something, each as name, colon, password; empty for the one of development.</param>
/// <param name="SensorFault">Seconds that the temperature sensor answers, and then is silent, by turns; 0 for no fault.</param>
internal sealed record HostSettings(int Http, int Https, IPAddress Address, bool Quiet, Profile? Profile, string[] Users, int SensorFault);
