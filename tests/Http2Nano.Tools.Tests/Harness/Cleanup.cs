using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests.Harness;

/// <summary>What is shared by all tests is taken away after the last.</summary>
[TestClass]
public static class Cleanup
{
    [AssemblyCleanup]
    public static Task RemoveAsync() => PackedTool.RemoveAsync();
}
