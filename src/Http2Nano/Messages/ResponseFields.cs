using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// The fields of a response. The list checks them, so that text which an application has taken from a request cannot
    /// end a field line and begin another (RFC 9110 5.5, RFC 9112 11.1).
    /// </summary>
    internal sealed class ResponseFields : HeaderList
    {
        internal ResponseFields(byte[] storage)
            : base(storage)
        {
        }

        private protected override bool IsForResponse
        {
            get { return true; }
        }
    }
}
