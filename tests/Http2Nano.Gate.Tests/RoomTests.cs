using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Http2Nano.Gate.Tests;

/// <summary>The rooms of the library know one another as the table in src/README.md says, and no other way.</summary>
[TestClass]
public sealed class RoomTests
{
    private static readonly IReadOnlyList<(string Room, string[] Knows)> s_table =
    [
        .. File.ReadLines(Path.Combine(Places.Root, "src", "README.md"))
            .Select(line => Regex.Match(line, @"^\| `(\w+)` \|.*\|([^|]*)\|$"))
            .Where(m => m.Success)
            .Select(m => (m.Groups[1].Value, (string[])[.. Regex.Matches(m.Groups[2].Value, @"`(\w+)`").Select(k => k.Groups[1].Value)])),
    ];

    [TestMethod]
    public void Every_room_is_in_the_table()
    {
        string[] rooms = [.. Directory.GetDirectories(Path.Combine(Places.Root, "src", "Http2Nano")).Select(d => Path.GetFileName(d)!).Where(d => d is not ("Properties" or "bin" or "obj"))];
        CollectionAssert.AreEquivalent(rooms, s_table.Select(r => r.Room).ToArray());
    }

    [TestMethod]
    public void A_room_knows_rooms_below_it()
    {
        string[] order = [.. s_table.Select(r => r.Room)];
        foreach ((string room, string[] knows) in s_table)
        {
            string[] above = [.. knows.Where(k => Array.IndexOf(order, k) <= Array.IndexOf(order, room))];
            Assert.IsEmpty(above, $"src/README.md lets {room} know what is not below it: {string.Join(", ", above)}");
        }
    }

    [TestMethod]
    public void No_room_uses_one_that_it_does_not_know()
    {
        using ModuleDefinition library = ModuleDefinition.ReadModule(Places.Library);
        IReadOnlyList<RoomArrow> arrows = RoomArrow.Of(library);
        Assert.IsGreaterThan(100, arrows.Count);
        Assert.IsEmpty(Forbidden(arrows), string.Join('\n', Forbidden(arrows)));
    }

    [TestMethod]
    public void Every_room_is_known_for_a_reason()
    {
        using ModuleDefinition library = ModuleDefinition.ReadModule(Places.Library);
        HashSet<(string, string)> used = [.. RoomArrow.Of(library).Select(a => (a.From, a.To))];
        string[] unused = [.. s_table.SelectMany(r => r.Knows.Where(k => !used.Contains((r.Room, k))).Select(k => $"{r.Room} knows {k}"))];
        Assert.IsEmpty(unused, "Take out of the table in src/README.md, because nothing uses it: " + string.Join(", ", unused));
    }

    [TestMethod]
    [DataRow("public Http2Nano.Messages.Request Field;", DisplayName = "a field")]
    [DataRow("public object Run() { return new Http2Nano.Messages.Request[1]; }", DisplayName = "an array")]
    [DataRow("public void Run(Http2Nano.Messages.Request[] all) { }", DisplayName = "a parameter")]
    [DataRow("public void Run() { Http2Nano.Messages.Request.Count(); }", DisplayName = "a call")]
    [DataRow("public bool Run(object o) { return o is Http2Nano.Messages.Request; }", DisplayName = "a cast")]
    [DataRow("public class Inner : Http2Nano.Messages.Request { }", DisplayName = "a base")]
    public void An_arrow_up_is_named_with_both_types(string member)
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("Planted.cs",
            $$"""
            namespace Http2Nano.Messages { public class Request { public static int Count() { return 1; } } }
            namespace Http2Nano.Buffers { public class Planted { {{member}} } }
            """);
        (string assembly, IReadOnlyList<Diagnostic> errors) = DeviceCompiler.Compile(folder.Path, source, OptimizationLevel.Release);
        Assert.IsEmpty(errors, string.Join('\n', errors));
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        string forbidden = Forbidden(RoomArrow.Of(module)).Single();
        Assert.AreEqual("Http2Nano.Buffers.Planted uses Http2Nano.Messages.Request, and the room Buffers does not know Messages (the table in src/README.md).", forbidden);
    }

    private static string[] Forbidden(IEnumerable<RoomArrow> arrows) =>
    [
        .. arrows.Where(a => !s_table.Any(r => r.Room == a.From && r.Knows.Contains(a.To)))
            .Select(a => $"{a.FromType} uses {a.ToType}, and the room {a.From} does not know {a.To} (the table in src/README.md)."),
    ];
}
