using System.Reflection;

[assembly: AssemblyTitle("Http2Nano.ESP32-C6")]
[assembly: AssemblyVersion("0.1.0.0")]
