using System.Reflection;

[assembly: AssemblyTitle("Http2Nano.Pico-W")]
[assembly: AssemblyVersion("0.1.0.0")]
