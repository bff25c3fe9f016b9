using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Access
{
    /// <summary>
    /// Refuses unsafe requests (RFC 9110 9.2.1) when the browser says that a page of another origin sent them (cross-site
    /// request forgery). Clients that are not browsers send neither field and are allowed.
    /// </summary>
    internal static class OriginCheck
    {
        /// <summary>Copies the authority that the client has used: what its proxy tells, or else the request's own.</summary>
        /// <param name="request">The request.</param>
        /// <param name="free">The response's fields: the authority is copied behind them.</param>
        /// <param name="end">The offset at which the authority has to end.</param>
        /// <returns>Offset of the authority; -1 when there is none, or no room.</returns>
        internal static int CopyAuthority(HttpRequest request, HeaderList free, int end)
        {
            int at = request.Gateways == null ? end : request.Gateways.CopyHost(request, free.Storage, free.End, end);
            if (at != end)
            {
                return at;
            }

            int position = request.AuthorityPosition;
            at = position < 0 ? -1 : end - request.Headers.ValueLength(position);
            if (at < free.End)
            {
                return -1;
            }

            request.Headers.CopyValue(position, free.Storage, at);
            return at;
        }

        /// <summary>
        /// Whether a request is safe (RFC 9110 9.2.1): it asks for no change. One that opens a WebSocket is not, because any
        /// message may come through it.
        /// </summary>
        internal static bool IsSafe(HttpRequest request)
        {
            HttpMethod method = request.Method;
            return !request.AsksForWebSocket && (method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options);
        }

        /// <summary>Whether an unsafe request may go on; if not, the response is complete.</summary>
        internal static bool Admit(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = request.Headers;
            int position = fields.Find(FieldName.SecFetchSite);
            bool same;
            if (position >= 0)
            {
                same = Is(fields, position, response, KnownText.SameOrigin, KnownText.SameOriginLength) || Is(fields, position, response, KnownText.None, KnownText.NoneLength);
            }
            else
            {
                position = fields.Find(FieldName.Origin);
                same = position < 0 || IsOwn(request, response, position);
            }

            if (!same)
            {
                Problem.Write(response, 403);
            }

            return same;
        }

        private static bool Is(HeaderList fields, int position, HttpResponse response, int offset, int count)
        {
            if (fields.ValueLength(position) != count)
            {
                return false;
            }

            int at = FieldScratch.Copy(fields, position, response.Headers);
            return at >= 0 && Octets.Equal(response.Headers.Storage, at, KnownText.Octets, offset, count);
        }

        // RFC 6454 6.2: scheme, "://", host, port unless it is the scheme's. Over HTTP the authority is written the same way.
        private static bool IsOwn(HttpRequest request, HttpResponse response, int position)
        {
            HeaderList fields = request.Headers;
            HeaderList free = response.Headers;
            int origin = FieldScratch.Copy(fields, position, free);
            if (origin < 0)
            {
                return false;
            }

            // In front of the origin.
            int host = CopyAuthority(request, free, origin);
            if (host < 0)
            {
                return false;
            }

            int prefix = SchemeLength(free.Storage, origin, free.Limit - origin, request.IsSecure);
            return prefix >= 0 && free.Limit - origin - prefix == origin - host && EqualsInAnyCase(free.Storage, host, origin + prefix, origin - host);
        }

        // Length of the scheme and "://" at the beginning of an origin; -1 for another scheme.
        private static int SchemeLength(byte[] bytes, int origin, int count, bool secure)
        {
            // "http://" is one octet shorter.
            int length = secure ? KnownText.HttpsAndSchemeEndLength : KnownText.HttpsAndSchemeEndLength - 1;
            return count >= length
                && Octets.Equal(bytes, origin, KnownText.Octets, KnownText.Https, KnownText.HttpLength)
                && Octets.Equal(bytes, origin + length - KnownText.SchemeEndLength, KnownText.Octets, KnownText.SchemeEnd, KnownText.SchemeEndLength)
                && (!secure || bytes[origin + 4] == 's') ? length : -1;
        }

        private static bool EqualsInAnyCase(byte[] bytes, int one, int other, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (Lower(bytes[one + i]) != Lower(bytes[other + i]))
                {
                    return false;
                }
            }

            return true;
        }

        internal static int Lower(int octet)
        {
            return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
        }
    }
}
