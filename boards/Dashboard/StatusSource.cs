using System;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// The status as a body, and as what is published to those who listen. There is one copy, so that it needs no room in an
    /// exchange: who asks while it is being sent gets the same.
    /// </summary>
    internal sealed class StatusSource : BodySource
    {
        // A name of 32 characters, a notice and a firmware as long as they may be, and all numbers at their longest.
        private const int Longest = 960;

        // Most need less, so there is more only when it is needed for the first time: for a long name or a notice.
        private const int Usual = 624;
        private const int Step = 48;

        private readonly StatusDocument _document;
        private byte[] _buffer = new byte[Usual];
        private int _readers;

        internal StatusSource(StatusDocument document)
        {
            _document = document;
        }

        /// <summary>The status in UTF-8, in its first <see cref="Length"/> octets.</summary>
        internal byte[] Bytes
        {
            get { return _buffer; }
        }

        /// <summary>Length of the status in bytes; 0 before there is one.</summary>
        internal int Length { get; private set; }

        /// <summary>Makes the present status, unless the last one is still being sent.</summary>
        internal void Refresh(HttpProtocol protocol, bool secure, ServerCounters counters)
        {
            if (_readers == 0)
            {
                Length = _document.Write(_buffer, protocol, secure, counters);
                while (Length == 0 && _buffer.Length < Longest)
                {
                    _buffer = new byte[_buffer.Length + Step];
                    Length = _document.Write(_buffer, protocol, secure, counters);
                }
            }
        }

        /// <summary>Sets the status as the body of a response.</summary>
        internal void Send(HttpResponse response)
        {
            _readers++;
            response.SetBody(this, 0, Length);
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            int left = Length - position;
            if (left <= 0)
            {
                return EndOfBody;
            }

            if (count > left)
            {
                count = left;
            }

            Array.Copy(_buffer, position, buffer, offset, count);
            return count;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _readers--;
        }
    }
}
