using System.Reflection;

// For the device only: the host's build writes its own from the project file.
[assembly: AssemblyTitle("NFUnitTest")]
[assembly: AssemblyVersion("0.1.0.0")]
