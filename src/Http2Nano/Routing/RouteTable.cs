using System;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>All patterns as a radix trie over octets, with the endpoints of each.</summary>
    /// <remarks>
    /// <para>Literal text is compared in whole runs, so a route without parameters costs little more than one comparison of
    /// its octets. Where several routes fit, a literal takes precedence over a parameter, and a parameter over the
    /// rest.</para>
    /// <para>The nodes lie in one array, nine numbers each: with 20 routes about 1.3 KB of heap in all.</para>
    /// </remarks>
    internal sealed partial class RouteTable
    {
        /// <summary>No node or no endpoint.</summary>
        internal const int None = -1;

        // A node is named by the index of its first number in _nodes; the root is 0. In a reference to a node 0 means none,
        // because no node has the root as its child; a reference to an endpoint is its number plus one.
        private const int FirstOctet = 0;
        private const int LabelStart = 1;
        private const int LabelLength = 2;
        private const int Child = 3;
        private const int Sibling = 4;
        private const int Branches = 5;
        private const int AfterParameter = 6;
        private const int Route = 7;
        private const int RestRoute = 8;
        private const int NodeSize = 9;

        // Offsets in an endpoint.
        internal const int Method = 0;
        internal const int Kind = 1;
        internal const int Next = 2;
        internal const int EndpointSize = 4;
        private const int NamesStart = 3;

        /// <summary>
        /// The endpoints, <see cref="EndpointSize"/> numbers each: method, the router's kind, the next endpoint of the same
        /// pattern plus one (0 for none), the index of the names of its parameters.
        /// </summary>
        internal short[] Endpoints = new short[0];

        /// <summary>The handler or the assets of each endpoint.</summary>
        internal object[] Targets = new object[0];

        // Each of these is as long as what is in it, so that none needs a count.
        private short[] _nodes = new short[NodeSize];
        private byte[] _text = new byte[0];
        private string[] _names = new string[0];

        /// <summary>Number of endpoints.</summary>
        internal int Count
        {
            get { return Targets.Length; }
        }

        /// <summary>Adds an endpoint. Allocates; to be called before the server starts.</summary>
        /// <param name="method">The method.</param>
        /// <param name="pattern">The pattern as text.</param>
        /// <param name="kind">0 to 32,767; its meaning is the router's.</param>
        /// <param name="target">The handler or the assets.</param>
        /// <exception cref="ArgumentException">
        /// The pattern is malformed, or it fits the same paths as one that was added before.
        /// </exception>
        internal void Add(HttpMethod method, string pattern, int kind, object target)
        {
            RoutePattern parts = new RoutePattern(pattern);
            byte[] text = parts.Text;
            int node = 0;
            int at = 0;
            while (at < text.Length && text[at] != RoutePattern.Rest)
            {
                if (text[at] == RoutePattern.Parameter)
                {
                    if (_nodes[node + AfterParameter] == 0)
                    {
                        Branch(node);
                        int after = NewNode(0, 0);
                        _nodes[node + AfterParameter] = (short)after;
                    }

                    node = _nodes[node + AfterParameter];
                    at++;
                    continue;
                }

                int end = at;
                while (end < text.Length && text[end] > RoutePattern.Rest)
                {
                    end++;
                }

                node = Descend(node, text, at, end);
                at = end;
            }

            int link = node + Route;
            if (at < text.Length)
            {
                link = node + RestRoute;
                Branch(node);
            }

            int last = _nodes[link] - 1;
            for (int other = last; other >= 0; other = Endpoints[(other * EndpointSize) + Next] - 1)
            {
                if (Endpoints[(other * EndpointSize) + Method] == (int)method)
                {
                    throw new ArgumentException("The pattern \"" + pattern + "\" fits the same paths as a route mapped before for the same method.");
                }
            }

            int endpoint = NewEndpoint(method, kind, target, parts.Names);
            Endpoints[(endpoint * EndpointSize) + Next] = (short)(last + 1);
            _nodes[link] = (short)(endpoint + 1);
        }

        // Makes room for one more alternative: the node is to get its first parameter or rest.
        private void Branch(int node)
        {
            if (_nodes[node + Branches] == 0)
            {
                _nodes[node + Branches] = 1;
                _alternatives = new short[_alternatives.Length + AlternativeSize];
            }
        }

        // Follows literal text from a node, and makes or splits nodes where it differs from the text that is there.
        private int Descend(int node, byte[] text, int at, int end)
        {
            while (at < end)
            {
                int child = _nodes[node + Child];
                while (child != 0 && _nodes[child + FirstOctet] != text[at])
                {
                    child = _nodes[child + Sibling];
                }

                if (child == 0)
                {
                    child = NewNode(AddText(text, at, end - at), end - at);
                    _nodes[child + Sibling] = _nodes[node + Child];
                    _nodes[node + Child] = (short)child;
                    return child;
                }

                int start = _nodes[child + LabelStart];
                int length = _nodes[child + LabelLength];
                int common = 1;
                while (common < length && at + common < end && _text[start + common] == text[at + common])
                {
                    common++;
                }

                if (common < length)
                {
                    Split(child, common);
                }

                node = child;
                at += common;
            }

            return node;
        }

        // The node keeps its first octets; those that follow move to a new child.
        private void Split(int node, int length)
        {
            int below = NewNode(_nodes[node + LabelStart] + length, _nodes[node + LabelLength] - length);
            _nodes[below + Child] = _nodes[node + Child];
            _nodes[below + Branches] = _nodes[node + Branches];
            _nodes[below + AfterParameter] = _nodes[node + AfterParameter];
            _nodes[below + Route] = _nodes[node + Route];
            _nodes[below + RestRoute] = _nodes[node + RestRoute];
            _nodes[node + LabelLength] = (short)length;
            _nodes[node + Child] = (short)below;
            _nodes[node + Branches] = 0;
            _nodes[node + AfterParameter] = 0;
            _nodes[node + Route] = 0;
            _nodes[node + RestRoute] = 0;
        }

        private int NewNode(int labelStart, int labelLength)
        {
            int node = _nodes.Length;
            CheckBound(node + NodeSize);
            _nodes = Grow(_nodes, NodeSize);
            _nodes[node + FirstOctet] = _text[labelStart];
            _nodes[node + LabelStart] = (short)labelStart;
            _nodes[node + LabelLength] = (short)labelLength;
            return node;
        }

        private int AddText(byte[] text, int offset, int count)
        {
            int used = _text.Length;
            CheckBound(used + count);
            byte[] larger = new byte[used + count];
            Array.Copy(_text, larger, used);
            Array.Copy(text, offset, larger, used, count);
            _text = larger;
            return used;
        }

        private int NewEndpoint(HttpMethod method, int kind, object target, string[] names)
        {
            int endpoint = Targets.Length;
            CheckBound((endpoint + 1) * EndpointSize);
            Endpoints = Grow(Endpoints, EndpointSize);
            object[] targets = new object[endpoint + 1];
            Array.Copy(Targets, targets, endpoint);
            Targets = targets;

            int named = _names.Length;
            if (names.Length != 0)
            {
                string[] larger = new string[named + names.Length];
                Array.Copy(_names, larger, named);
                Array.Copy(names, 0, larger, named, names.Length);
                _names = larger;
            }

            int at = endpoint * EndpointSize;
            Endpoints[at + Method] = (short)method;
            Endpoints[at + Kind] = (short)kind;
            Endpoints[at + NamesStart] = (short)named;
            Targets[endpoint] = target;
            return endpoint;
        }

        // Grows by just what is needed: mapped routes stay as long as the program runs, and mapping is rare.
        private static short[] Grow(short[] array, int count)
        {
            short[] larger = new short[array.Length + count];
            Array.Copy(array, larger, array.Length);
            return larger;
        }

        private static void CheckBound(int used)
        {
            if (used > short.MaxValue)
            {
                throw new ArgumentException("There are too many routes.");
            }
        }
    }
}
