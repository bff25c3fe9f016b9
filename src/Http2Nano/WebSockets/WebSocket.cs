using System;

namespace Http2Nano.WebSockets
{
    /// <summary>
    /// One WebSocket (RFC 6455), over HTTP/1.1 or as a stream of HTTP/2 (RFC 8441). The object is pooled: it belongs to the
    /// application from <see cref="WebSocketEndpoint.Opened"/> to <see cref="WebSocketEndpoint.Closed"/>.
    /// </summary>
    public sealed class WebSocket
    {
        /// <summary>RFC 6455 5.5: the longest payload of a control frame, in bytes.</summary>
        internal const int ControlLimit = 125;

        // Sections of the array: octets that are being unmasked, or a frame header that arrives in pieces; the payload of the latest
        // Ping or Close; a frame to send.
        internal const int HeaderAt = FrameMask.Block - HeaderLimit;
        internal const int HeaderLimit = 14;
        internal const int ControlAt = HeaderAt + HeaderLimit;
        internal const int StagedAt = ControlAt + ControlLimit;
        private const int Size = StagedAt + 2 + ControlLimit;

        private const int SinkOpen = 1;
        private const int SourceOpen = 2;

        internal readonly byte[] Octets = new byte[Size];
        internal readonly WebSocketEndpoint Endpoint;
        internal readonly WebSocketReceiver Receiver;
        internal readonly WebSocketSender Sender;

        private int _ends;
        private int _reason;

        internal WebSocket(WebSocketEndpoint endpoint, int index)
        {
            Endpoint = endpoint;
            Index = index;
            Sender = new WebSocketSender(this);
            Receiver = new WebSocketReceiver(this);
        }

        /// <summary>
        /// The socket's number in its endpoint, starting at 0, as an index for an application's own data.
        /// </summary>
        public int Index { get; }

        /// <summary>Whether messages can be exchanged: the closing handshake has not begun.</summary>
        public bool IsOpen
        {
            get { return _ends == (SinkOpen | SourceOpen) && Sender.Asked == 0 && Sender.Code == 0; }
        }

        /// <summary>
        /// Begins the closing handshake (RFC 6455 7.1.2) after the piece of a message that is being sent. May be called on
        /// any thread; a second call has no effect.
        /// </summary>
        /// <param name="code">A constant of <see cref="CloseCode"/>, or 3000 to 4999.</param>
        /// <exception cref="ArgumentException">The code must not be sent.</exception>
        public void Close(int code)
        {
            if (!CloseCode.MayBeSent(code))
            {
                throw new ArgumentException(code.ToString() + " is no reason to give: 1000 to 1003, 1007 to 1014 and 3000 to 4999 are.");
            }

            if (Sender.Asked == 0)
            {
                Sender.Asked = code;
            }
        }

        internal bool IsFree
        {
            get { return _ends == 0; }
        }

        internal void Begin(long now)
        {
            _ends = SinkOpen | SourceOpen;
            _reason = 0;
            Receiver.Begin();
            Sender.Begin(now);
        }

        /// <summary>Sets the reason for the end; only the first call counts.</summary>
        internal void Ends(int reason)
        {
            if (_reason == 0)
            {
                _reason = reason;
            }
        }

        internal void SinkClosed()
        {
            if (Sender.Asked == 0)
            {
                Sender.Asked = WebSocketSender.Unheard;
            }

            EndClosed(SinkOpen);
        }

        internal void SourceClosed()
        {
            EndClosed(SourceOpen);
        }

        // Whether the client can send nothing more.
        internal bool IsUnheard
        {
            get { return (_ends & SinkOpen) == 0; }
        }

        private void EndClosed(int end)
        {
            int ends = _ends & ~end;
            if (ends == _ends)
            {
                return;
            }

            if (ends != 0)
            {
                _ends = ends;
                return;
            }

            // Closed is called before the socket is freed, because the application may open another one in it.
            try
            {
                Endpoint.Closed(this, _reason == 0 ? CloseCode.Abnormal : _reason);
            }
            finally
            {
                _ends = 0;
            }
        }
    }
}
