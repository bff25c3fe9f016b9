using System;
using System.Text;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>
    /// A route's pattern, parsed while routes are mapped: literal text, <c>{parameter}</c> segments, and <c>{*rest}</c> as
    /// the last segment.
    /// </summary>
    internal sealed class RoutePattern
    {
        /// <summary>Stands in <see cref="Text"/> for a parameter. No path contains this octet.</summary>
        internal const byte Parameter = 1;

        /// <summary>Stands in <see cref="Text"/> for the rest of the path. No path contains this octet.</summary>
        internal const byte Rest = 2;

        /// <summary>The pattern in UTF-8, each parameter replaced by one octet.</summary>
        internal readonly byte[] Text;

        /// <summary>The parameters' names in their order.</summary>
        internal readonly string[] Names;

        /// <summary>Parses a pattern.</summary>
        /// <param name="pattern">Begins with a solidus; not percent-encoded.</param>
        /// <exception cref="ArgumentException">The pattern is malformed.</exception>
        internal RoutePattern(string pattern)
        {
            byte[] source = pattern == null ? new byte[0] : Encoding.UTF8.GetBytes(pattern);
            if (source.Length == 0 || source[0] != '/')
            {
                throw Malformed(pattern, "it must begin with '/'");
            }

            byte[] text = new byte[source.Length];
            string[] names = new string[HttpRequest.MaximumRouteValues];
            int length = 0;
            int count = 0;
            int at = 0;
            while (at < source.Length)
            {
                // The solidus before a segment.
                text[length++] = source[at++];
                int start = at;
                while (at < source.Length && source[at] != '/')
                {
                    at++;
                }

                if (at > start && source[start] == '{')
                {
                    if (count == names.Length)
                    {
                        throw Malformed(pattern, "it has more than 8 parameters");
                    }

                    bool rest = start + 1 < at && source[start + 1] == '*';
                    if (rest && at != source.Length)
                    {
                        throw Malformed(pattern, "{*rest} must be its last segment");
                    }

                    names[count] = Name(pattern, source, rest ? start + 2 : start + 1, at);
                    for (int i = 0; i < count; i++)
                    {
                        if (names[i] == names[count])
                        {
                            throw Malformed(pattern, "it uses a parameter's name twice");
                        }
                    }

                    count++;
                    text[length++] = rest ? Rest : Parameter;
                }
                else
                {
                    CheckLiteral(pattern, source, start, at);
                    Array.Copy(source, start, text, length, at - start);
                    length += at - start;
                }
            }

            Text = new byte[length];
            Array.Copy(text, Text, length);
            Names = new string[count];
            Array.Copy(names, Names, count);
        }

        private static string Name(string pattern, byte[] source, int start, int end)
        {
            if (source[end - 1] != '}')
            {
                throw Malformed(pattern, "a parameter must be a whole segment, as in /{name}/");
            }

            end--;
            if (start >= end)
            {
                throw Malformed(pattern, "a parameter has no name");
            }

            for (int i = start; i < end; i++)
            {
                int octet = source[i];
                bool letter = (octet | 0x20) >= 'a' && (octet | 0x20) <= 'z';
                bool digit = octet >= '0' && octet <= '9';
                if (!letter && !digit && octet != '_' && octet != '-')
                {
                    throw Malformed(pattern, "a parameter's name may have letters, digits, '_' and '-' only");
                }
            }

            return Encoding.UTF8.GetString(source, start, end - start);
        }

        private static void CheckLiteral(string pattern, byte[] source, int start, int end)
        {
            if (start == end && end != source.Length)
            {
                throw Malformed(pattern, "it has an empty segment");
            }

            int dots = 0;
            for (int i = start; i < end; i++)
            {
                switch (source[i])
                {
                    case (byte)'{':
                    case (byte)'}':
                    case (byte)'*':
                        throw Malformed(pattern, "a parameter must be a whole segment, as in /{name}/");
                    case (byte)'%':
                        throw Malformed(pattern, "patterns are written without percent-encoding");
                    case (byte)'?':
                    case (byte)'#':
                    case (byte)'\\':
                        throw Malformed(pattern, "a path never holds '?', '#' or '\\'");
                    case (byte)'.':
                        dots++;
                        break;
                    default:
                        if (source[i] <= ' ' || source[i] == 0x7F)
                        {
                            throw Malformed(pattern, "it holds a space or a control character");
                        }

                        break;
                }
            }

            if (dots == end - start && (dots == 1 || dots == 2))
            {
                throw Malformed(pattern, "dot segments never match (RFC 3986 5.2.4)");
            }
        }

        private static ArgumentException Malformed(string pattern, string reason)
        {
            return new ArgumentException("The pattern \"" + pattern + "\" is malformed: " + reason + ".");
        }
    }
}
