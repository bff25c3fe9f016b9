using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Http2Nano.Peers.Clients;

/// <summary>An HTTP client that others wrote.</summary>
internal abstract class Client
{
    /// <summary>Whether it is to use the TLS port.</summary>
    public virtual bool Secure => false;

    /// <summary>The protocol that it is to end up with, by the server's account.</summary>
    public virtual string Version => "HTTP/2";

    /// <summary>The protocol that it is to see in the response.</summary>
    public virtual string AnswerVersion(Ask ask) => Version;

    public static IReadOnlyDictionary<string, Client> All { get; } = new Dictionary<string, Client>
    {
        ["curl --http2-prior-knowledge"] = new CurlClient("--http2-prior-knowledge", "HTTP/2"),
        ["curl --http2"] = new CurlClient("--http2", "HTTP/2"),
        ["curl --http1.1"] = new CurlClient("--http1.1", "HTTP/1.1"),
        ["curl --http1.0"] = new CurlClient("--http1.0", "HTTP/1.0"),
        ["curl -k https"] = new CurlClient("-k", "HTTP/2", secure: true),
        ["curl -k --http1.1 https"] = new CurlClient("--http1.1", "HTTP/1.1", secure: true),
        ["nghttp"] = new NghttpClient(secure: false),
        ["nghttp https"] = new NghttpClient(secure: true),
        ["node http2"] = new NodeClient("http2", secure: false),
        ["node http2 https"] = new NodeClient("http2", secure: true),
        ["node http"] = new NodeClient("http1", secure: false),
        ["python h2"] = new PythonClient("h2_client.py", "h2", "HTTP/2"),
        ["python http.client"] = new PythonClient("http_client.py", "http.client", "HTTP/1.1"),
        ["HttpClient 2.0"] = new DotnetClient(new Version(2, 0), secure: false),
        ["HttpClient 2.0 https"] = new DotnetClient(new Version(2, 0), secure: true),
        ["HttpClient 1.1"] = new DotnetClient(new Version(1, 1), secure: false),
        ["HttpClient 1.1 https"] = new DotnetClient(new Version(1, 1), secure: true),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Makes one request on a connection of its own.</summary>
    public abstract Task<Answer> SendAsync(Uri origin, Ask ask);

    /// <summary>The rows of a test for each client with each of some values.</summary>
    public static IEnumerable<object[]> With(IEnumerable<string> values) =>
        from name in Names from value in values select new object[] { name, value };
}
