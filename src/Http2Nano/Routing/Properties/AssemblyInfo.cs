using System.Reflection;
using System.Runtime.CompilerServices;

// Used on the device only, where Routing is an assembly of its own: the byte code of one assembly is limited to 64 KB.
[assembly: AssemblyTitle("Http2Nano.Routing")]
[assembly: AssemblyDescription("Routes, assets, events and access control for Http2Nano")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("NFUnitTest")]
