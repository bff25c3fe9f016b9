using System.Reflection;
using System.Runtime.CompilerServices;

// Used on the device only, where the server and what applications plug in are an assembly of their own: the byte code of one assembly is limited to 64 KB.
[assembly: AssemblyTitle("Http2Nano.Routing")]
[assembly: AssemblyDescription("The server, routes, assets, events and access control of Http2Nano")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("Http2Nano.Access")]
[assembly: InternalsVisibleTo("Http2Nano.Drives")]
[assembly: InternalsVisibleTo("Http2Nano.WebSockets")]
[assembly: InternalsVisibleTo("Http2Nano.Tls")]
[assembly: InternalsVisibleTo("NFUnitTest")]
