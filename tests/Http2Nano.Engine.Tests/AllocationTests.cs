using System;
using Http2Nano.Engine.Tests.Costs;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests;

/// <summary>From the first octet of a request to the last of its response nothing is allocated, by either protocol.</summary>
[TestClass]
public sealed class AllocationTests
{
    private const int Requests = 10_000;
    private const int WarmUp = 3_000;

    [TestMethod]
    [DataRow("GET", "/api/status", 0, 200)]
    [DataRow("GET", "/", 0, 200)]
    [DataRow("GET", "/style.css", 0, 200)]
    [DataRow("GET", "/api/bytes/5000", 0, 200)]
    [DataRow("POST", "/api/echo", 3000, 200)]
    [DataRow("GET", "/nowhere", 0, 404)]
    public void Ten_thousand_requests_over_HTTP_1_allocate_nothing(string method, string path, int body, int status) =>
        AllocatesNothing(new Http1Driver(method, path, new byte[body]), status);

    [TestMethod]
    [DataRow("GET", "/api/status", 0, 200)]
    [DataRow("GET", "/", 0, 200)]
    [DataRow("GET", "/style.css", 0, 200)]
    [DataRow("GET", "/api/bytes/5000", 0, 200)]
    [DataRow("POST", "/api/echo", 1000, 200)]
    [DataRow("GET", "/nowhere", 0, 404)]
    public void Ten_thousand_requests_over_HTTP_2_allocate_nothing(string method, string path, int body, int status) =>
        AllocatesNothing(new Http2Driver(method, path, new byte[body]), status);

    [TestMethod]
    [DataRow(false, false, false)]
    [DataRow(false, true, false)]
    [DataRow(true, false, false)]
    [DataRow(true, false, true)]
    [DataRow(true, true, false)]
    [DataRow(true, true, true)]
    public void A_thousand_requests_with_4_KB_of_foreign_cookies_allocate_nothing(bool http2, bool named, bool coded)
    {
        var client = new CookieClient(http2, named, coded);
        for (int i = 0; i < 100; i++)
        {
            client.Ask();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            client.Ask();
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before, "Octets allocated.");
        Assert.AreEqual(1100, client.Served);
    }

    private static void AllocatesNothing(Driver driver, int status)
    {
        driver.Run(WarmUp);
        long before = GC.GetAllocatedBytesForCurrentThread();
        driver.Run(Requests);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.AreEqual(status, driver.Status);
        Assert.AreEqual(WarmUp + Requests, driver.Counters.Requests);
        Assert.AreEqual(0, allocated, "Octets allocated.");
    }
}
