using System;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>A request method (RFC 9110 9) as a number, which is compared with one operation.</summary>
    public enum HttpMethod
    {
        /// <summary>Any other method.</summary>
        Other = 0,

        /// <summary>RFC 9110 9.3.1.</summary>
        Get = 1,

        /// <summary>RFC 9110 9.3.2.</summary>
        Head = 2,

        /// <summary>RFC 9110 9.3.3.</summary>
        Post = 3,

        /// <summary>RFC 9110 9.3.4.</summary>
        Put = 4,

        /// <summary>RFC 9110 9.3.5.</summary>
        Delete = 5,

        /// <summary>RFC 9110 9.3.6.</summary>
        Connect = 6,

        /// <summary>RFC 9110 9.3.7.</summary>
        Options = 7,

        /// <summary>RFC 9110 9.3.8.</summary>
        Trace = 8,

        /// <summary>RFC 5789.</summary>
        Patch = 9,
    }

    /// <summary>The protocol of a request.</summary>
    public enum HttpProtocol
    {
        /// <summary>HTTP/1.0 (RFC 1945, RFC 9112).</summary>
        Http10 = 0,

        /// <summary>HTTP/1.1 (RFC 9112).</summary>
        Http11 = 1,

        /// <summary>HTTP/2 (RFC 9113).</summary>
        Http2 = 2,
    }

    /// <summary>Converts the octets of a method to its number.</summary>
    public static class HttpMethods
    {
        /// <summary>Number of members of <see cref="HttpMethod"/>.</summary>
        public const int Count = 10;

        /// <summary>Recognises a method. Methods are case-sensitive (RFC 9110 9.1). Allocates nothing.</summary>
        /// <param name="bytes">Array that holds the method.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <returns>The method, or <see cref="HttpMethod.Other"/>.</returns>
        public static HttpMethod Parse(byte[] bytes, int offset, int count)
        {
            HttpMethod method;
            switch (count)
            {
                case 3:
                    method = bytes[offset] == 'G' ? HttpMethod.Get : HttpMethod.Put;
                    break;
                case 4:
                    method = bytes[offset] == 'H' ? HttpMethod.Head : HttpMethod.Post;
                    break;
                case 5:
                    method = bytes[offset] == 'P' ? HttpMethod.Patch : HttpMethod.Trace;
                    break;
                case 6:
                    method = HttpMethod.Delete;
                    break;
                case 7:
                    method = bytes[offset] == 'O' ? HttpMethod.Options : HttpMethod.Connect;
                    break;
                default:
                    return HttpMethod.Other;
            }

            int name = NameOffset(method);
            for (int i = 0; i < count; i++)
            {
                if (bytes[offset + i] != KnownText.Octets[name + i])
                {
                    return HttpMethod.Other;
                }
            }

            return method;
        }

        internal static int NameOffset(HttpMethod method)
        {
            switch (method)
            {
                case HttpMethod.Head: return KnownText.Methods + 3;
                case HttpMethod.Post: return KnownText.Methods + 7;
                case HttpMethod.Put: return KnownText.Methods + 11;
                case HttpMethod.Delete: return KnownText.Methods + 14;
                case HttpMethod.Connect: return KnownText.Methods + 20;
                case HttpMethod.Options: return KnownText.Methods + 27;
                case HttpMethod.Trace: return KnownText.Methods + 34;
                case HttpMethod.Patch: return KnownText.Methods + 39;
                default: return KnownText.Methods;
            }
        }
    }
}
