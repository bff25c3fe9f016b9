using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests.Harness;

/// <summary>The packages of this build, in a folder that stands for a feed.</summary>
internal sealed class PackedTool : IDisposable
{
    private static Task<PackedTool>? s_packed;
    private readonly TemporaryFolder _folder = new();

    private PackedTool()
    {
    }

    /// <summary>The folder with the packages.</summary>
    public string Source => _folder.Of("feed");

    /// <summary>A folder for applications.</summary>
    public string Work => _folder.Of("work");

    /// <summary>Where <see cref="InstallAsync"/> puts the tool.</summary>
    public string Tool => _folder.Of("tool", OperatingSystem.IsWindows() ? "http2nano.exe" : "http2nano");

    /// <summary>
    /// Keeps packages of this build out of the user's own cache, where they would be taken for those of the next; the others
    /// are taken from there.
    /// </summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The packages, made once for all tests.</summary>
    public static Task<PackedTool> OfThisRunAsync() => s_packed ??= PackAsync();

    /// <summary>Takes away what was packed.</summary>
    public static async Task RemoveAsync()
    {
        if (s_packed != null)
        {
            (await s_packed).Dispose();
        }
    }

    private static async Task<PackedTool> PackAsync()
    {
        var packed = new PackedTool();
        Directory.CreateDirectory(packed.Work);
        string cache = Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        packed.Environment["NUGET_PACKAGES"] = packed._folder.Of("cache");
        packed.Environment["HTTP2NANO_HOME"] = packed._folder.Of("home");
        packed.Environment["DOTNET_NOLOGO"] = "1";
        if (Directory.Exists(cache) && !Directory.EnumerateDirectories(cache, "http2nano*").Any())
        {
            packed.Environment["NUGET_FALLBACK_PACKAGES"] = cache;
        }

        // As in the README; what the solution has built is not built again.
        Result result = await Nano.RunAsync(Places.Root, null, ["bash", "tools/feed.sh", packed.Source, "--no-build"], 300);
        Assert.AreEqual(0, result.ExitCode, result.Output + result.Errors);
        return packed;
    }

    /// <summary>Installs the tool from the packages.</summary>
    public async Task InstallAsync()
    {
        Result result = await Nano.RunAsync(
            Work, Environment, ["dotnet", "tool", "install", "Http2Nano.Cli", "--tool-path", _folder.Of("tool"), "--add-source", Source]);
        Assert.AreEqual(0, result.ExitCode, result.Output + result.Errors);
    }

    /// <summary>Runs the installed tool among the applications.</summary>
    public Task<Result> RunAsync(params string[] arguments) => Nano.RunAsync(Work, Environment, [Tool, .. arguments]);

    /// <summary>Starts the installed tool among the applications.</summary>
    public Running Start(params string[] arguments) => Running.StartIn(Work, Environment, [Tool, .. arguments]);

    public void Dispose() => _folder.Dispose();
}
