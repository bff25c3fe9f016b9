using System.Reflection;

[assembly: AssemblyTitle("HelloNano.BOARD-NAME")]
[assembly: AssemblyVersion("0.1.0.0")]
