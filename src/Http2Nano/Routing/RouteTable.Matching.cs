using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    internal sealed partial class RouteTable
    {
        /// <summary>
        /// The path contains percent-encoding where a value is expected: it has to be decoded and matched again.
        /// </summary>
        internal const int Encoded = -2;

        private const int Plain = 0;

        // A stack of alternatives, for when the branch tried first does not fit. Three numbers each: the node with a
        // parameter or a rest (its complement when only the rest is left to try), the offset in the path, and the number of
        // values so far. It has room for all such nodes, because matching must not allocate; only the server's thread
        // matches.
        private const int AlternativeSize = 3;
        private short[] _alternatives = new short[0];

        /// <summary>Finds the endpoints of a path. Allocates nothing, and visits no node twice.</summary>
        /// <param name="request">The request, whose path is plain or decoded; takes the values of the parameters.</param>
        /// <param name="at">Offset of the path.</param>
        /// <param name="end">Offset after its last octet.</param>
        /// <param name="decoded">Whether the path has been decoded, so that a percent sign stands for itself.</param>
        /// <returns>The first endpoint of the pattern, <see cref="None"/>, or <see cref="Encoded"/>.</returns>
        internal int Match(HttpRequest request, int at, int end, bool decoded)
        {
            short[] nodes = _nodes;
            byte[] path = request.Bytes;
            int node = 0;
            int count = 0;
            int alternatives = 0;
            while (true)
            {
                if (nodes[node + Branches] != 0)
                {
                    _alternatives[alternatives] = (short)node;
                    _alternatives[alternatives + 1] = (short)at;
                    _alternatives[alternatives + 2] = (short)count;
                    alternatives += AlternativeSize;
                }

                if (at == end)
                {
                    if (nodes[node + Route] != 0)
                    {
                        request.RouteValues[HttpRequest.ValueCount] = (short)count;
                        return nodes[node + Route] - 1;
                    }
                }
                else
                {
                    node = nodes[node + Child];
                    while (node != 0 && nodes[node + FirstOctet] != path[at])
                    {
                        node = nodes[node + Sibling];
                    }

                    if (node != 0)
                    {
                        int length = nodes[node + LabelLength];
                        if (length == 1 || (length <= end - at && Octets.Equal(_text, nodes[node + LabelStart], path, at, length)))
                        {
                            at += length;
                            continue;
                        }
                    }
                }

                // Goes back to the last alternative and tries it.
                int valueEnd;
                do
                {
                    if (alternatives == 0)
                    {
                        return None;
                    }

                    node = _alternatives[alternatives - 3];
                    at = _alternatives[alternatives - 2];
                    count = _alternatives[alternatives - 1];
                    if (node < 0)
                    {
                        // The parameter has been tried; only the rest is left.
                        alternatives -= AlternativeSize;
                        node = ~node;
                        valueEnd = EndOfRest(path, at, end, decoded);
                        if (valueEnd == Encoded)
                        {
                            return Encoded;
                        }

                        if (valueEnd >= 0)
                        {
                            SetValue(request.RouteValues, count, at, end);
                            request.RouteValues[HttpRequest.ValueCount] = (short)(count + 1);
                            return nodes[node + RestRoute] - 1;
                        }

                        continue;
                    }

                    if (nodes[node + RestRoute] != 0)
                    {
                        _alternatives[alternatives - 3] = (short)~node;
                    }
                    else
                    {
                        alternatives -= AlternativeSize;
                    }

                    valueEnd = nodes[node + AfterParameter] == 0 ? None : EndOfSegment(path, at, end, decoded);
                    if (valueEnd == Encoded)
                    {
                        return Encoded;
                    }
                }
                while (valueEnd < 0);

                SetValue(request.RouteValues, count, at, valueEnd);
                count++;
                at = valueEnd;
                node = nodes[node + AfterParameter];
            }
        }

        /// <summary>Sets the names of a request's route values.</summary>
        internal void Name(HttpRequest request, int endpoint)
        {
            request.RouteNames = _names;
            request.RouteValues[HttpRequest.NamesStart] = Endpoints[(endpoint * EndpointSize) + NamesStart];
        }

        private static void SetValue(short[] values, int index, int start, int end)
        {
            values[2 * index] = (short)start;
            values[(2 * index) + 1] = (short)(end - start);
        }

        // The end of the segment at an offset. None when it cannot be a value: it is empty, is a dot segment (RFC 3986
        // 3.3), or contains a backslash, which some systems take for a solidus.
        private static int EndOfSegment(byte[] path, int at, int end, bool decoded)
        {
            int solidus = Array.IndexOf(path, BoxedOctets.Solidus, at, end - at);
            if (solidus >= 0)
            {
                end = solidus;
            }

            int check = Check(path, at, end, decoded);
            return check != Plain ? check : at == end || IsDots(path, at, end) ? None : end;
        }

        // The end of the path; None when one of its segments is a dot segment or contains a backslash.
        private static int EndOfRest(byte[] path, int at, int end, bool decoded)
        {
            int check = Check(path, at, end, decoded);
            if (check != Plain)
            {
                return check;
            }

            int solidus;
            while ((solidus = Array.IndexOf(path, BoxedOctets.Solidus, at, end - at)) >= 0)
            {
                if (IsDots(path, at, solidus))
                {
                    return None;
                }

                at = solidus + 1;
            }

            return IsDots(path, at, end) ? None : end;
        }

        private static int Check(byte[] path, int at, int end, bool decoded)
        {
            if (!decoded && Array.IndexOf(path, BoxedOctets.Percent, at, end - at) >= 0)
            {
                return Encoded;
            }

            return Array.IndexOf(path, BoxedOctets.Backslash, at, end - at) >= 0 ? None : Plain;
        }

        private static bool IsDots(byte[] path, int start, int end)
        {
            int length = end - start;
            return (length == 1 || length == 2) && path[start] == '.' && path[end - 1] == '.';
        }
    }
}
