using System;
using Http2Nano.Hpack;

namespace Http2Nano.Messages
{
    /// <summary>
    /// The fields of a response. What an application took from a request must not end a field line and begin another one
    /// (RFC 9110 5.5, RFC 9112 11.1).
    /// </summary>
    internal sealed class ResponseFields : HeaderList
    {
        internal ResponseFields(byte[] storage)
            : base(storage)
        {
        }

        private protected override void Check(byte[] octets, int offset, int count)
        {
            if (FieldSyntax.EndOfText(octets, offset, offset + count) != offset + count)
            {
                throw new ArgumentException("A field holds control octets: leave out CR, LF and NUL (RFC 9110 5.5).");
            }
        }
    }
}
