using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Reflection;
using Http2Nano.Development.Budget;
using Http2Nano.Hosting;
using Http2Nano.Hpack;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Memory;

/// <summary>The computed budget is what the objects take.</summary>
[TestClass]
public sealed class BudgetTests
{
    private static readonly Dictionary<string, (Func<HttpLimits> Make, int Most)> s_profiles = new()
    {
        ["Tiny"] = (HttpProfiles.Tiny, 16 * 1024),
        ["Default"] = (HttpProfiles.Default, 24 * 1024),
        ["Large"] = (HttpProfiles.Large, 349 * 1024),
    };

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("Tiny", 1)]
    [DataRow("Default", 1)]
    [DataRow("Default", 2)]
    [DataRow("Default", 4)]
    [DataRow("Large", 1)]
    [DataRow("Large", 2)]
    [DataRow("Large", 4)]
    public void What_is_computed_is_what_the_objects_take(string profile, int connections)
    {
        var options = new HttpServerOptions { Port = 0, Address = IPAddress.Loopback, Limits = s_profiles[profile].Make(), Connections = connections };
        options.Limits.Exchanges = Math.Max(options.Limits.Exchanges, connections);
        var budget = new MemoryBudget(options);
        var server = new HttpServer(options, new AttackedApplication());
        server.Start();
        HeapWalk walk = new HeapWalk().Add(server).AddConstants();
        server.Stop();
        int computed = Parts(budget).Where(part => part.Name is not ("sockets" or "thread and stack")).Sum(part => part.Bytes);
        Assert.AreEqual(walk.Bytes, computed, string.Join('\n', walk.Lines));
    }

    [TestMethod]
    [DataRow("Tiny")]
    [DataRow("Default")]
    [DataRow("Large")]
    public void Profile_takes_no_more_than_it_promises(string profile)
    {
        (Func<HttpLimits> make, int most) = s_profiles[profile];
        var budget = new MemoryBudget(new HttpServerOptions { Limits = make(), Connections = 1 });
        foreach ((string name, int bytes) in Parts(budget).Append(("total", budget.Total)))
        {
            TestContext.WriteLine($"{bytes,7:N0} {name}");
        }

        Assert.IsLessThanOrEqualTo(most, budget.Total);
    }

    [TestMethod]
    [DataRow("Default", 2)]
    [DataRow("Large", 8)]
    public void Each_connection_takes_as_much_as_the_budget_says(string profile, int connections)
    {
        var one = new MemoryBudget(new HttpServerOptions { Limits = s_profiles[profile].Make(), Connections = 1 });
        var several = new MemoryBudget(new HttpServerOptions { Limits = s_profiles[profile].Make(), Connections = connections });
        int more = several.Total - one.Total - (connections - 1) * one.ConnectionBytes;

        // What takes turns, and references.
        Assert.IsInRange(0, 400, more);
        Assert.AreEqual(one.ConnectionBytes, several.ConnectionBytes);
    }

    [TestMethod]
    public void The_large_profile_serves_four_connections_and_the_others_one()
    {
        Assert.AreEqual(1, new HttpServerOptions { Limits = HttpProfiles.Tiny() }.Connections);
        Assert.AreEqual(1, new HttpServerOptions().Connections);
        Assert.AreEqual(4, new HttpServerOptions { Limits = HttpProfiles.Large() }.Connections);
        Assert.AreEqual(2, new HttpServerOptions { Limits = HttpProfiles.Large(), Connections = 2 }.Connections);
    }

    [TestMethod]
    public void Each_class_has_as_many_fields_as_the_budget_says()
    {
        Assembly library = typeof(HttpServer).Assembly;
        Type counts = library.GetType("Http2Nano.Hosting.FieldCounts", true)!;
        var wrong = from count in counts.GetFields(BindingFlags.Static | BindingFlags.NonPublic)
                    let type = library.GetTypes().SingleOrDefault(type => type.Name == count.Name)
                    where type != null && HeapWalk.FieldsOf(type).Count() != (int)count.GetRawConstantValue()!
                    select $"{type.Name}: {HeapWalk.FieldsOf(type).Count()}, and not {count.GetRawConstantValue()}";
        Assert.AreEqual("", string.Join('\n', wrong));
    }

    [TestMethod]
    public void Constants_take_what_the_budget_says()
    {
        // Builds the table that the first decoder builds.
        _ = new HpackDecoder(0);
        HeapWalk walk = new HeapWalk().AddConstants();
        int computed = Parts(new MemoryBudget(new HttpServerOptions())).Single(part => part.Name == "constants").Bytes;
        Assert.AreEqual(walk.Bytes, computed, string.Join('\n', walk.Lines));
    }

    [TestMethod]
    public void What_does_not_fit_is_refused_with_the_largest_part_by_name()
    {
        var budget = new MemoryBudget(new HttpServerOptions { Limits = HttpProfiles.Large() });
        int needed = budget.Needed;
        budget.Validate(needed);
        string message = Assert.ThrowsExactly<ArgumentException>(() => budget.Validate(needed - 1)).Message;
        StringAssert.Contains(message, "exchanges", StringComparison.Ordinal);
        StringAssert.Contains(message, "ExchangeSize", StringComparison.Ordinal);
        StringAssert.Contains(message, $"{needed}", StringComparison.Ordinal);
        StringAssert.Contains(message, $"{needed - 1}", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Constants_are_there_before_and_need_no_more_room()
    {
        var budget = new MemoryBudget(new HttpServerOptions());
        int constants = Parts(budget).Single(part => part.Name == "constants").Bytes;
        Assert.AreEqual(budget.Total + budget.MomentaryStack - constants, budget.Needed);
    }

    [TestMethod]
    public void Profiles_are_valid_and_each_call_makes_another()
    {
        foreach ((Func<HttpLimits> make, _) in s_profiles.Values)
        {
            make().Validate();
            Assert.AreNotSame(make(), make());
        }
    }

    private static IEnumerable<(string Name, int Bytes)> Parts(MemoryBudget budget) =>
        Enumerable.Range(0, budget.Count).Select(i => (budget.NameOf(i), budget.BytesOf(i)));
}
