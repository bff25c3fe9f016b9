using System;
using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>The values of the route's parameters: parts of the path.</summary>
    /// <remarks>
    /// Values are percent-decoded, are valid UTF-8, and contain no backslash, control character or solidus (the value of a
    /// trailing <c>{*rest}</c> may contain solidi). They are numbered from 0 in the order of the pattern; access by number
    /// is the faster one.
    /// </remarks>
    public sealed partial class HttpRequest
    {
        /// <summary>The most parameters that a route may have.</summary>
        public const int MaximumRouteValues = 8;

        /// <summary>In <see cref="RouteValues"/>: the number of values.</summary>
        internal const int ValueCount = 2 * MaximumRouteValues;

        /// <summary>In <see cref="RouteValues"/>: where in <see cref="RouteNames"/> their names begin.</summary>
        internal const int NamesStart = ValueCount + 1;

        /// <summary>
        /// Offset in the storage and length of each value, alternating: an exchange has at most 32,767 bytes. Behind them two
        /// numbers, for which fields would take more.
        /// </summary>
        internal readonly short[] RouteValues = new short[NamesStart + 1];
        internal string[] RouteNames;

        /// <summary>The number of a parameter.</summary>
        /// <param name="name">Its name in the pattern, without braces.</param>
        /// <returns>The number, or -1 if the route has no such parameter.</returns>
        public int FindRouteValue(string name)
        {
            for (int i = 0; i < RouteValues[ValueCount]; i++)
            {
                if (RouteNames[RouteValues[NamesStart] + i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Offset of a value in <see cref="Bytes"/>.</summary>
        /// <param name="index">Number of the parameter.</param>
        public int RouteValueStart(int index)
        {
            return RouteValues[2 * CheckRouteValue(index)];
        }

        /// <summary>Length of a value in bytes.</summary>
        /// <param name="index">Number of the parameter.</param>
        public int RouteValueLength(int index)
        {
            return RouteValues[(2 * CheckRouteValue(index)) + 1];
        }

        /// <summary>Compares a value with octets. Allocates nothing.</summary>
        /// <param name="index">Number of the parameter.</param>
        /// <param name="expected">Octets to compare with.</param>
        public bool RouteValueEquals(int index, byte[] expected)
        {
            return RouteValueLength(index) == expected.Length
                && Octets.Equal(_exchange.Storage, RouteValues[2 * index], expected, 0, expected.Length);
        }

        /// <summary>A value as a number. Allocates nothing.</summary>
        /// <param name="index">Number of the parameter.</param>
        /// <returns>The number, or -1 when the value is not decimal digits only, or exceeds 2,147,483,647.</returns>
        public int GetRouteInt(int index)
        {
            return DecimalDigits.Parse(_exchange.Storage, RouteValueStart(index), RouteValueLength(index));
        }

        /// <summary>A value as a number.</summary>
        /// <param name="name">The parameter's name in the pattern, without braces.</param>
        /// <returns>
        /// The number; -1 when the route has no such parameter, the value is not decimal digits only, or it exceeds
        /// 2,147,483,647.
        /// </returns>
        public int GetRouteInt(string name)
        {
            int index = FindRouteValue(name);
            return index < 0 ? -1 : GetRouteInt(index);
        }

        /// <summary>A value as a string. Allocates the string.</summary>
        /// <param name="index">Number of the parameter.</param>
        public string GetRouteValue(int index)
        {
            return Encoding.UTF8.GetString(_exchange.Storage, RouteValueStart(index), RouteValueLength(index));
        }

        /// <summary>A value as a string. Allocates the string.</summary>
        /// <param name="name">The parameter's name in the pattern, without braces.</param>
        /// <returns>The value, or null if the route has no such parameter.</returns>
        public string GetRouteValue(string name)
        {
            int index = FindRouteValue(name);
            return index < 0 ? null : GetRouteValue(index);
        }

        private int CheckRouteValue(int index)
        {
            if (index < 0 || index >= RouteValues[ValueCount])
            {
                throw new ArgumentOutOfRangeException();
            }

            return index;
        }
    }
}
