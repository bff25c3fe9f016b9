using System;
using System.Globalization;
using Http2Nano.Messages;

namespace Http2Nano.Host;

/// <summary>One line for each request.</summary>
internal static class RequestLog
{
    public static void Write(HttpRequest request, HttpResponse response)
    {
        string time = DateTime.Now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        Console.WriteLine($"{time}  {Protocol(request),-8}  {response.Status}  {request.MethodName,-7} {request.Path}");
    }

    public static void WriteFailure(HttpRequest request, Exception exception) =>
        Console.Error.WriteLine($"{request.MethodName} {request.Path} failed: {exception}");

    private static string Protocol(HttpRequest request) => request.Protocol switch
    {
        HttpProtocol.Http2 => "HTTP/2",
        HttpProtocol.Http11 => "HTTP/1.1",
        _ => "HTTP/1.0",
    };
}
