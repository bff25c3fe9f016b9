using System.Reflection;

[assembly: AssemblyTitle("Http2Nano.ESP32-WROOM")]
[assembly: AssemblyVersion("0.1.0.0")]
