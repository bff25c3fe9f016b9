using System.Reflection;
using System.Runtime.CompilerServices;

// Used on the device only, where this room is an assembly of its own.
[assembly: AssemblyTitle("Http2Nano.WebSockets")]
[assembly: AssemblyDescription("WebSockets for Http2Nano, over HTTP/1.1 and HTTP/2")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("NFUnitTest")]
