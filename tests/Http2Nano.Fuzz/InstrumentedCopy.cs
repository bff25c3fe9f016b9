using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using Http2Nano.Hosting;
using SharpFuzz;

namespace Http2Nano.Fuzz;

/// <summary>A copy of this program beside instrumented copies of the library and of what boards have beside it.</summary>
internal static class InstrumentedCopy
{
    /// <summary>Whether this program is that copy.</summary>
    public static bool IsThis => typeof(HttpServer).Assembly.GetReferencedAssemblies().Any(name => name.Name == "SharpFuzz.Common");

    /// <summary>Makes the copy.</summary>
    /// <returns>Path of its main assembly.</returns>
    public static string Make()
    {
        string folder = Directory.CreateTempSubdirectory("http2nano-fuzz-").FullName;
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        Fuzzer.Instrument(Path.Combine(folder, "Http2Nano.dll"), _ => true, Options.Value);
        Fuzzer.Instrument(Path.Combine(folder, "Http2Nano.Fuzz.Boards.dll"), _ => true, Options.Value);
        return Path.Combine(folder, Path.GetFileName(Assembly.GetExecutingAssembly().Location));
    }

    /// <summary>Runs the copy with the same arguments.</summary>
    public static int Run(string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Make(), .. arguments]))!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
