using System.Reflection;
using System.Runtime.CompilerServices;

// For the device only: the host's build writes its own from the project file.
[assembly: AssemblyTitle("Http2Nano")]
[assembly: AssemblyDescription("An HTTP/2 and HTTP/1.1 server for microcontrollers")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("Http2Nano.Routing")]
[assembly: InternalsVisibleTo("Http2Nano.Tracing")]
[assembly: InternalsVisibleTo("Http2Nano.Access")]
[assembly: InternalsVisibleTo("Http2Nano.Drives")]
[assembly: InternalsVisibleTo("Http2Nano.WebSockets")]
[assembly: InternalsVisibleTo("Http2Nano.Tls")]
[assembly: InternalsVisibleTo("NFUnitTest")]
