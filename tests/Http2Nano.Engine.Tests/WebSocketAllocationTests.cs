using System;
using Http2Nano.Engine.Tests.Costs;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests;

/// <summary>Messages through a WebSocket that is open allocate nothing.</summary>
[TestClass]
public sealed class WebSocketAllocationTests
{
    private const int Messages = 10_000;
    private const int WarmUp = 3_000;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Ten_thousand_messages_each_way_allocate_nothing(bool http2)
    {
        MemorySocket socket = new(http2);
        Exchange(socket, WarmUp);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(socket, Messages);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.AreEqual(0, allocated, "Octets allocated.");
        Assert.AreEqual(WarmUp + Messages, socket.Endpoint.Received);
        Assert.AreEqual(0, socket.Endpoint.Due);
    }

    private static void Exchange(MemorySocket socket, int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            socket.Ask();
            socket.Endpoint.Due++;
            socket.Turn();
        }
    }
}
