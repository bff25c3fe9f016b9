using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.WebSockets;

namespace Http2Nano.Fuzz.Targets;

/// <summary>An application that does what applications do, chosen by the first letter of the path, and allocates nothing.</summary>
internal sealed class Application : RequestDispatcher
{
    private readonly byte[] _text = "Hello, world\n"u8.ToArray();
    private readonly byte[] _name = "x-field"u8.ToArray();
    private readonly byte[] _path = "/a"u8.ToArray();
    private readonly Source _source = new();
    private readonly Sink _sink = new();
    private readonly Echo _echo = new();

    public Application() => ServesWebSockets = true;

    protected override Disposition Route(HttpRequest request, HttpResponse response)
    {
        if (request.AsksForWebSocket)
        {
            return Disposition.Stream;
        }

        switch (Letter(request))
        {
            case 's':
            case 'e':
                return Disposition.Stream;

            case 'n':
                response.Status = 404;
                return Disposition.Answered;

            default:
                return Disposition.Gather;
        }
    }

    protected override void Handle(HttpRequest request, HttpResponse response)
    {
        if (request.AsksForWebSocket)
        {
            _echo.Handle(request, response);
            return;
        }

        switch (Letter(request))
        {
            case 's':
                request.ReadBody(_sink, 0);
                response.Write(_text);
                break;

            case 'e':
                request.ReadBody(_sink, 1);
                response.SetBody(_source, 1, HttpResponse.UnknownLength);
                break;

            case 'b':
                response.SetBody(_source, 0, 100_000);
                break;

            case 'u':
                response.SetBody(_source, 3, HttpResponse.UnknownLength);
                break;

            case 'w':
                response.SetBody(_source, 2, HttpResponse.UnknownLength);
                break;

            case 'p':
                response.Push(_path);
                response.Write(_text);
                break;

            case 'h':
                response.EarlyHints(_path);
                response.Write(_text);
                break;

            case 'f':
                response.AddHeader(_name, _path);
                response.AddHeader(FieldName.ContentType, _path);
                response.Write(request.Bytes, request.BodyStart, Math.Min(request.BodyCount, 100));
                break;

            case '2':
                response.Status = 204;
                break;

            default:
                response.Write(_text);
                response.Write(request.BodyCount);
                break;
        }
    }

    private static char Letter(HttpRequest request) => request.PathCount > 1 ? (char)request.Bytes[request.PathStart + 1] : '/';

    // Key 0: all at once. 1: a little. 2: nothing, mostly. 3: three times, then the end.
    private sealed class Source : BodySource
    {
        private int _calls;

        public override int Read(int key, int position, byte[] buffer, int offset, int count) => key switch
        {
            0 => count,
            1 => position > 500 ? EndOfBody : Math.Min(count, 10),
            2 => _calls++ % 7 == 0 ? Math.Min(count, 1) : 0,
            _ => position > 3000 ? EndOfBody : Math.Min(count, 1000),
        };
    }

    private sealed class Sink : BodySink
    {
        private int _calls;

        public override int Room(int key) => key == 0 ? 65536 : _calls++ % 3 == 0 ? 0 : 100;

        public override void Write(int key, byte[] buffer, int offset, int count)
        {
        }

        public override void Close(int key, bool complete)
        {
        }
    }

    private sealed class Echo() : QueuedWebSocketEndpoint(2, 256, new StillClock())
    {
        public override int Room(WebSocket socket) => SendRoom(socket);

        public override void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count)
            => Send(socket, piece, buffer, offset, count);
    }
}
