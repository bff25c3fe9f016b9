using System;
using Http2Nano.Hpack;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>
    /// Refuses requests that change something when a browser says that they come from a page of another origin
    /// (cross-site request forgery). Clients that are no browsers send neither field and are let through.
    /// </summary>
    internal static class OriginCheck
    {
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

        // RFC 6454 6.1: scheme, "://", host, port unless it is the scheme's. Over HTTP the authority is written the same way.
        private static bool IsOwn(HttpRequest request, HttpResponse response, int position)
        {
            HeaderList fields = request.Headers;
            HeaderList free = response.Headers;
            int authority = request.AuthorityPosition;
            if (authority < 0)
            {
                return false;
            }

            int originLength = fields.ValueLength(position);
            int authorityLength = fields.ValueLength(authority);
            if (originLength + authorityLength > free.Limit - free.End)
            {
                return false;
            }

            byte[] bytes = free.Storage;
            int origin = free.Limit - originLength;
            int host = origin - authorityLength;
            fields.CopyValue(position, bytes, origin);
            fields.CopyValue(authority, bytes, host);

            // "http://" lacks the "s".
            int prefix = request.IsSecure ? KnownText.HttpsAndSchemeEndLength : KnownText.HttpsAndSchemeEndLength - 1;
            if (originLength != prefix + authorityLength
                || !Octets.Equal(bytes, origin, KnownText.Octets, KnownText.Https, KnownText.HttpLength)
                || !Octets.Equal(bytes, origin + prefix - KnownText.SchemeEndLength, KnownText.Octets, KnownText.SchemeEnd, KnownText.SchemeEndLength)
                || (request.IsSecure && bytes[origin + 4] != 's'))
            {
                return false;
            }

            for (int i = 0; i < authorityLength; i++)
            {
                if (Lower(bytes[origin + prefix + i]) != Lower(bytes[host + i]))
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
