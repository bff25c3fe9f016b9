using Http2Nano.Messages;
using Http2Nano.WebSockets;

namespace Http2Nano.Host;

/// <summary>
/// <c>/api/socket</c>: a WebSocket that sends back what it receives, text and binary data of any length. For tests and for
/// trying clients.
/// </summary>
internal sealed class EchoSocket() : QueuedWebSocketEndpoint(Most, QueueSize, new Clock())
{
    private const int Most = 8;
    private const int QueueSize = 16384;

    /// <inheritdoc/>
    public override int Room(WebSocket socket) => SendRoom(socket);

    /// <inheritdoc/>
    public override void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count)
        => Send(socket, piece, buffer, offset, count);
}
