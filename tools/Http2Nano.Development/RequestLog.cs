using System;
using System.Globalization;
using Http2Nano.Messages;
using Spectre.Console;

namespace Http2Nano.Development;

/// <summary>One line for each request; on a terminal the status has a colour.</summary>
internal static class RequestLog
{
    public static void Write(HttpRequest request, HttpResponse response)
    {
        string time = DateTime.Now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string colour = response.Status switch { >= 500 => "red", >= 400 => "yellow", >= 300 => "grey", _ => "green" };
        Terminal.Out.MarkupLine(
            $"{time}  {Protocol(request),-8}  [{colour}]{response.Status}[/]  {Terminal.Shown($"{request.MethodName,-7} {request.Path}")}");
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
