using Http2Nano.Fields;

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

        private protected override bool IsForResponse
        {
            get { return true; }
        }
    }
}
