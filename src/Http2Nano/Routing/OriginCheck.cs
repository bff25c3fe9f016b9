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
        private static readonly byte[] SameOrigin = { 0x73, 0x61, 0x6D, 0x65, 0x2D, 0x6F, 0x72, 0x69, 0x67, 0x69, 0x6E };
        private static readonly byte[] ByTheUser = { 0x6E, 0x6F, 0x6E, 0x65 };

        // "https://"
        private static readonly byte[] Scheme = { 0x68, 0x74, 0x74, 0x70, 0x73, 0x3A, 0x2F, 0x2F };

        internal static bool Admit(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = request.Headers;
            int position = fields.Find(FieldName.SecFetchSite);
            bool same;
            if (position >= 0)
            {
                same = fields.ValueEquals(position, SameOrigin) || fields.ValueEquals(position, ByTheUser);
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
            int prefix = request.IsSecure ? Scheme.Length : Scheme.Length - 1;
            if (originLength != prefix + authorityLength
                || !Octets.Equal(bytes, origin, Scheme, 0, 4)
                || !Octets.Equal(bytes, origin + prefix - 3, Scheme, 5, 3)
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
