using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>What the platform's compilation refuses, the one of the device projects refuses too.</summary>
[TestClass]
public sealed class SubsetTests
{
    [TestMethod]
    [DataRow("System.Collections.Generic.List<int> list;", DisplayName = "List<T>")]
    [DataRow("System.Collections.Generic.IEnumerable<int> items;", DisplayName = "IEnumerable<T>")]
    [DataRow("int? maybe = null;", DisplayName = "Nullable<T>")]
    [DataRow("System.Span<byte> span;", DisplayName = "Span<T>")]
    [DataRow("System.Memory<byte> memory;", DisplayName = "Memory<T>")]
    [DataRow("System.ArraySegment<byte> segment;", DisplayName = "ArraySegment<T>")]
    [DataRow("int a = 1, b = 2; (a, b) = (b, a);", DisplayName = "tuples")]
    [DataRow("decimal d = 1;", DisplayName = "decimal")]
    [DataRow("byte[] part = buffer[1..];", DisplayName = "ranges")]
    [DataRow("object o = new { A = 1 };", DisplayName = "anonymous types")]
    [DataRow("var text = \"GET\"u8;", DisplayName = "UTF-8 literals")]
    [DataRow("dynamic d = buffer; d.Run();", DisplayName = "dynamic")]
    [DataRow("string.Join(\",\", new string[0]);", DisplayName = "string.Join")]
    [DataRow("\"a\".Replace(\"a\", \"b\");", DisplayName = "string.Replace")]
    [DataRow("string.IsNullOrWhiteSpace(\"a\");", DisplayName = "string.IsNullOrWhiteSpace")]
    [DataRow("System.Array.Resize(ref buffer, 3);", DisplayName = "Array.Resize")]
    [DataRow("System.Array.Sort(buffer);", DisplayName = "Array.Sort")]
    [DataRow("System.Buffer.BlockCopy(buffer, 0, buffer, 1, 1);", DisplayName = "Buffer.BlockCopy")]
    [DataRow("System.Text.Encoding.ASCII.GetBytes(\"a\");", DisplayName = "Encoding.ASCII")]
    [DataRow("System.Text.Encoding.UTF8.GetByteCount(\"a\");", DisplayName = "Encoding.GetByteCount")]
    [DataRow("System.Threading.Monitor.TryEnter(buffer);", DisplayName = "Monitor.TryEnter")]
    [DataRow("new System.Threading.Thread(null) { IsBackground = true }.Start();", DisplayName = "Thread.IsBackground")]
    [DataRow("System.Diagnostics.Stopwatch.StartNew();", DisplayName = "Stopwatch")]
    [DataRow("throw new System.OverflowException();", DisplayName = "OverflowException")]
    [DataRow("new System.Net.Sockets.Socket(0, 0, 0).Shutdown(0);", DisplayName = "Socket.Shutdown")]
    [DataRow("new System.Net.Sockets.Socket(0, 0, 0).NoDelay = true;", DisplayName = "Socket.NoDelay")]
    public void Refuses_the_statement(string statement) =>
        Assert.IsNotEmpty(Errors($"static class Sample {{ static void Run(byte[] buffer) {{ {statement} }} }}"), "It compiles.");

    [TestMethod]
    [DataRow("class Sample { static volatile int s_n; }", DisplayName = "volatile")]
    [DataRow("class Sample { [System.ThreadStatic] static int s_n; }", DisplayName = "ThreadStatic")]
    [DataRow("record Sample(int N);", DisplayName = "records")]
    [DataRow("class Sample { System.Collections.IEnumerable All() { yield return 1; } }", DisplayName = "iterators")]
    [DataRow("class Sample { async void Run() { } }", DisplayName = "async")]
    [DataRow("class Sample { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)] void Run() { } }", DisplayName = "AggressiveInlining")]
    [DataRow("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)] struct Sample { [System.Runtime.InteropServices.FieldOffset(0)] int N; }", DisplayName = "explicit layout")]
    public void Refuses_the_declaration(string declaration) => Assert.IsNotEmpty(Errors(declaration), "It compiles.");

    [TestMethod]
    public void Accepts_what_the_platform_has() =>
        Assert.IsEmpty(Errors("static class Sample { static string Run(byte[] buffer) { System.Array.Copy(buffer, 0, buffer, 1, 1); return System.Text.Encoding.UTF8.GetString(buffer, 0, 1); } }"));

    private static IReadOnlyList<string> Errors(string source)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("Sample.cs", source);
        return [.. DeviceCompiler.Compile(folder.Path, path, OptimizationLevel.Release).Errors.Select(e => e.ToString())];
    }
}
