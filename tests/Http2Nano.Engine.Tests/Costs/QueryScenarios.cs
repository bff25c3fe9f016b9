using System;
using System.Linq;
using System.Text;
using Http2Nano.CostCounter;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>Fields of a query of ten by name: the tenth costs what the first does.</summary>
public abstract class QueryScenario(int index) : ICostScenario
{
    private const int Fields = 10;
    private readonly byte[][] _names = [.. Enumerable.Range(0, Fields).Select(i => Encoding.ASCII.GetBytes($"field{i}"))];
    private readonly QueryReader _reader = new(16);
    private HttpRequest _request = null!;

    /// <inheritdoc/>
    public string Name => index < 0 ? "ten fields of a query, each by its name" : $"the {(index == 0 ? "first" : "tenth")} of ten fields of a query";

    /// <inheritdoc/>
    public string Unit => "look-up";

    /// <inheritdoc/>
    public void Prepare()
    {
        var router = new Router();
        router.MapGet("/", (request, _) => _request = request);
        var session = new HttpSession(new HttpLimits(), router, new ServerCounters());
        session.Begin(0, false);
        byte[] octets = Encoding.ASCII.GetBytes("GET /?" + string.Join('&', Enumerable.Range(0, Fields).Select(i => $"field{i}={i}0")) + " HTTP/1.1\r\nHost: d\r\n\r\n");
        session.Receive.MakeRoom();
        octets.CopyTo(session.Receive.Bytes, session.Receive.End);
        session.Receive.End += octets.Length;
        session.Advance(1);
        _reader.Begin(_request);
        Run();
    }

    /// <inheritdoc/>
    public void Run()
    {
        if (index >= 0)
        {
            Find(index);
            return;
        }

        _reader.Begin(_request);
        for (int i = 0; i < Fields; i++)
        {
            Find(i);
        }
    }

    private void Find(int i)
    {
        if (_reader.GetInt(_names[i]) != i * 10)
        {
            throw new InvalidOperationException($"{Name}: field {i} was not found.");
        }
    }
}

/// <inheritdoc/>
public sealed class TenFieldsOfAQuery() : QueryScenario(-1);

/// <inheritdoc/>
public sealed class FirstFieldOfAQuery() : QueryScenario(0);

/// <inheritdoc/>
public sealed class TenthFieldOfAQuery() : QueryScenario(9);
