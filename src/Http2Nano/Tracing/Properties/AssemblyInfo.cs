using System.Reflection;
using System.Runtime.CompilerServices;

// Used on the device only, where this room is an assembly of its own.
[assembly: AssemblyTitle("Http2Nano.Tracing")]
[assembly: AssemblyDescription("The frames and the HPACK tables of a connection, for people who want to see them")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("NFUnitTest")]
