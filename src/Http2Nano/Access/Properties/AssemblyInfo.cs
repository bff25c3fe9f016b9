using System.Reflection;
using System.Runtime.CompilerServices;

// Used on the device only, where a part of this room is an assembly of its own.
[assembly: AssemblyTitle("Http2Nano.Access")]
[assembly: AssemblyDescription("Sign-in with sessions and trusted proxies for Http2Nano")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("NFUnitTest")]
