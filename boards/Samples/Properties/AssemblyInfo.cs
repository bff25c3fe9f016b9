using System.Reflection;

[assembly: AssemblyTitle("Http2Nano.Samples")]
[assembly: AssemblyVersion("0.1.0.0")]
