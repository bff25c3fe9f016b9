using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Packing;
using Http2Nano.Routing;

namespace Http2Nano.Engine.Tests.Remembering;

/// <summary>An application that writes down all that its handlers see, and answers in every way there is.</summary>
internal sealed class RememberedApplication
{
    private static readonly byte[] s_pack = Pack();

    private readonly List<HttpResponse> _deferred = [];
    private readonly byte[] _long = new byte[3000];

    public RememberedApplication()
    {
        Router.MapGet("/", Echo);
        Router.MapGet("/b/{id}", Echo);
        Router.MapGet("/b/{id}/{*rest}", Echo);
        Router.MapPost("/b/{id}", Echo);
        Router.MapGet("/deferred", (request, response) =>
        {
            Note(request);
            response.Defer();
            _deferred.Add(response);
        });
        Router.MapGet("/long", (request, response) =>
        {
            Note(request);
            response.SetBody(_long, 0, _long.Length);
        });
        Router.MapGet("/full", (request, response) =>
        {
            // As much as there is room for behind the request.
            Note(request);
            response.Write(new byte[700]);
        });
        Router.MapGet("/more", (request, response) =>
        {
            // A handler that adds to what it was given.
            Note(request);
            request.Headers.Add("x-own"u8.ToArray(), "1"u8.ToArray());
            response.Status = 204;
        });
        Router.MapGet("/throws", (request, _) =>
        {
            Note(request);
            throw new InvalidOperationException();
        });
        Router.MapGet("/guarded", Echo);
        Router.Guard("/guarded", new Turnstile());
        Router.Guard("/files/b.css", new Turnstile());
        Router.MapAssets("/files/", new StaticAssets(new AssetPack(new MemoryAssetStore(s_pack))) { FallbackPage = "a.html" });
        Router.OnAnswered = (request, response) => Seen.Append(CultureInfo.InvariantCulture, $"answered {request.MethodName} {response.Status}\n");
        for (int i = 0; i < _long.Length; i++)
        {
            _long[i] = (byte)(i * 7);
        }
    }

    public Router Router { get; } = new();

    /// <summary>What handlers have seen.</summary>
    public StringBuilder Seen { get; } = new();

    /// <summary>Completes the oldest response that was put off.</summary>
    public void Complete()
    {
        if (_deferred.Count != 0)
        {
            HttpResponse response = _deferred[0];
            _deferred.RemoveAt(0);
            response.Write("late");
            response.Complete();
        }
    }

    private void Echo(HttpRequest request, HttpResponse response)
    {
        int before = Seen.Length;
        Note(request);
        response.AddHeader(FieldName.ContentType, "text/plain"u8.ToArray());
        response.Write(Seen.ToString(before, Math.Min(Seen.Length - before, 200)));
    }

    private void Note(HttpRequest request)
    {
        Seen.Append(CultureInfo.InvariantCulture, $"{request.MethodName} {request.Path} {request.QueryCount} {request.AuthorityPosition} {request.Protocol} {request.IsSecure} {request.BodyCount}\n");
        for (int i = 0; i < 3; i++)
        {
            try
            {
                Seen.Append(request.GetRouteValue(i)).Append('\n');
            }
            catch (ArgumentOutOfRangeException)
            {
                break;
            }
        }

        HeaderList fields = request.Headers;
        for (int at = fields.First(); at >= 0; at = fields.Next(at))
        {
            Seen.Append(fields.GetName(at)).Append(": ").Append(fields.GetValue(at)).Append('\n');
        }
    }

    private static byte[] Pack()
    {
        AssetPackBuilder builder = new();
        builder.Add("a.html", Encoding.ASCII.GetBytes(new string('a', 900)));
        builder.Add("b.css", Encoding.ASCII.GetBytes("b { color: red }"));
        builder.Add("c/index.html", Encoding.ASCII.GetBytes("<p>c"));
        return builder.Build();
    }

    // Lets every second request pass.
    private sealed class Turnstile : RequestGuard
    {
        private bool _open;

        public override bool Admit(HttpRequest request, HttpResponse response)
        {
            _open = !_open;
            if (!_open)
            {
                response.Status = 401;
            }

            return _open;
        }
    }
}
