using System.Reflection;
using System.Runtime.CompilerServices;

// Used on the device only, where TLS and this room are an assembly of their own.
[assembly: AssemblyTitle("Http2Nano.Tls")]
[assembly: AssemblyDescription("TLS of the board, and certificates")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("NFUnitTest")]
