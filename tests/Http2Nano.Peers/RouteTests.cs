using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>Every client gets from every fixed route of the board what is there, byte for byte.</summary>
[TestClass]
public sealed class RouteTests : HostTests
{
    private const int Megabyte = 1_000_000;

    public static IEnumerable<object[]> Clients => Client.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Clients))]
    public Task Page(string client) => RouteChecks.PageAsync(Host, client);

    [TestMethod]
    [DynamicData(nameof(Clients))]
    public Task Status(string client) => RouteChecks.StatusAsync(Host, client);

    [TestMethod]
    [DynamicData(nameof(Clients))]
    public Task Bytes(string client) => RouteChecks.BytesAsync(Host, client, Megabyte);

    [TestMethod]
    [DynamicData(nameof(Clients))]
    public Task Echo(string client) => RouteChecks.EchoAsync(Host, client, Megabyte);
}
