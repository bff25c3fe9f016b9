using System;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>Percent-decodes the path of a request, once, where it lies (RFC 3986 2.1).</summary>
    internal static class PathDecoder
    {
        /// <summary>The path is decoded.</summary>
        internal const int Done = 0;

        // Beside its first and last numbers, a state of the check for UTF-8 says how many octets are to follow.
        private const int More = 1;
        private const int LowestShift = 4;
        private const int HighestShift = 12;
        private const int AnyMore = (0x80 << LowestShift) | (0xBF << HighestShift);

        /// <summary>
        /// Decodes the path. Nothing is changed unless all of it can be decoded. The decoded path ends where the encoded one
        /// did, so the query and the body stay where they are.
        /// </summary>
        /// <param name="request">The request, whose path has escapes.</param>
        /// <returns>
        /// <see cref="Done"/>; 400 for a broken escape, a control character or octets that are not UTF-8; 404 for an
        /// encoded solidus or backslash, which must never become a separator and is in no name here.
        /// </returns>
        internal static int Decode(HttpRequest request)
        {
            byte[] bytes = request.Bytes;
            int start = request.TargetOffset;
            int end = start + request.PathLength;
            int status = Check(bytes, start, end, true);
            if (status != Done)
            {
                return status;
            }

            int to = start;
            for (int at = start; at < end; at++)
            {
                int octet = bytes[at];
                if (octet == '%')
                {
                    octet = Hex.Octet(bytes, at + 1, end);
                    at += 2;
                }

                bytes[to++] = (byte)octet;
            }

            int saved = end - to;
            Array.Copy(bytes, start, bytes, start + saved, to - start);
            request.TargetOffset += saved;
            request.TargetLength -= saved;
            request.PathLength -= saved;
            return Done;
        }

        /// <summary>Whether octets have an escape at all.</summary>
        internal static bool HasEscapes(byte[] bytes, int start, int end)
        {
            while (start < end)
            {
                if (bytes[start++] == '%')
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Checks the escapes of a path or a query.</summary>
        /// <param name="bytes">Array that holds it.</param>
        /// <param name="at">First octet.</param>
        /// <param name="end">Behind the last octet.</param>
        /// <param name="path">Whether it is a path, where no solidus may be encoded and no control character.</param>
        /// <returns><see cref="Done"/>, 400 or 404.</returns>
        internal static int Check(byte[] bytes, int at, int end, bool path)
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

                    // NUL in both: the platform's strings end there, and so do many a system's.
                    if (octet <= 0 || (path && (octet < ' ' || octet == 0x7F)))
                    {
                        return 400;
                    }

                    if (path && (octet == '/' || octet == '\\'))
                    {
                        status = 404;
                    }
                }

                state = NextState(state, octet);
                if (state < 0)
                {
                    return 400;
                }
            }

            return state == 0 ? status : 400;
        }

        // RFC 3629 4: no octet sequence that is overlong, a surrogate, or above U+10FFFF. A state is 0 between characters;
        // else it has the number of octets to follow and the bounds of the next one. -1 is an error.
        private static int NextState(int state, int octet)
        {
            if (state == 0)
            {
                if (octet < 0x80)
                {
                    return 0;
                }

                if (octet < 0xC2 || octet > 0xF4)
                {
                    return -1;
                }

                if (octet < 0xE0)
                {
                    return More | AnyMore;
                }

                int lowest = octet == 0xE0 ? 0xA0 : octet == 0xF0 ? 0x90 : 0x80;
                int highest = octet == 0xED ? 0x9F : octet == 0xF4 ? 0x8F : 0xBF;
                return (octet < 0xF0 ? 2 * More : 3 * More) | (lowest << LowestShift) | (highest << HighestShift);
            }

            if (octet < ((state >> LowestShift) & 0xFF) || octet > (state >> HighestShift))
            {
                return -1;
            }

            int left = (state & 0xF) - More;
            return left == 0 ? 0 : left | AnyMore;
        }
    }
}
