using System.Reflection;

[assembly: AssemblyTitle("Http2Nano.STM32F769I-DISCOVERY")]
[assembly: AssemblyVersion("0.1.0.0")]
