using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>Percent-decodes the path of a request once, in place (RFC 3986 2.1).</summary>
    internal static class PathDecoder
    {
        /// <summary>The path has been decoded.</summary>
        internal const int Done = 0;

        /// <summary>
        /// Decodes the path. Nothing is changed unless all of it can be decoded. The decoded path ends where the encoded
        /// one ended, so query and body stay in their places.
        /// </summary>
        /// <param name="request">The request, whose path has escapes.</param>
        /// <returns>
        /// <see cref="Done"/>; 400 for a malformed escape, a control character or octets that are not UTF-8; 404 for an
        /// encoded solidus or backslash, which must not become a separator and which no mapped path contains.
        /// </returns>
        internal static int Decode(HttpRequest request)
        {
            byte[] bytes = request.Bytes;
            int start = request.TargetOffset;
            int end = start + request.PathLength;
            int status = Check(bytes, start, end);
            if (status != Done)
            {
                return status;
            }

            int saved = end - Unescape(bytes, start, end);
            Array.Copy(bytes, start, bytes, start + saved, request.PathLength - saved);
            request.TargetOffset += saved;
            request.TargetLength -= saved;
            request.PathLength -= saved;
            return Done;
        }

        /// <summary>Whether octets contain a percent sign.</summary>
        internal static bool HasEscapes(byte[] bytes, int start, int end)
        {
            return Array.IndexOf(bytes, BoxedOctets.Percent, start, end - start) >= 0;
        }

        // Decodes octets in place, and returns the offset after the last decoded one.
        private static int Unescape(byte[] bytes, int at, int end)
        {
            int to = at;
            for (; at < end; at++)
            {
                int octet = bytes[at];
                if (octet == '%')
                {
                    octet = Hex.Octet(bytes, at + 1, end);
                    at += 2;
                }

                bytes[to++] = (byte)octet;
            }

            return to;
        }

        private static int Check(byte[] bytes, int at, int end)
        {
            int status = Done;
            int state = 0;
            while (at < end)
            {
                int octet = bytes[at++];
                if (octet == '%')
                {
                    octet = Hex.Octet(bytes, at, end);
                    at += 2;
                    if (octet < ' ' || octet == 0x7F)
                    {
                        return 400;
                    }

                    if (octet == '/' || octet == '\\')
                    {
                        status = 404;
                    }
                }

                state = Utf8.Next(state, octet);
                if (state < 0)
                {
                    return 400;
                }
            }

            return state == 0 ? status : 400;
        }
    }
}
