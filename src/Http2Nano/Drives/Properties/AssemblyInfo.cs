using System.Reflection;
using System.Runtime.CompilerServices;

// Used on the device only, where this room and Forms are an assembly of their own.
[assembly: AssemblyTitle("Http2Nano.Drives")]
[assembly: AssemblyDescription("Files of a drive for Http2Nano: uploads, forms with files, updates of the pages, folders")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("NFUnitTest")]
