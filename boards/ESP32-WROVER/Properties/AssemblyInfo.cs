using System.Reflection;

[assembly: AssemblyTitle("Http2Nano.ESP32-WROVER")]
[assembly: AssemblyVersion("0.1.0.0")]
