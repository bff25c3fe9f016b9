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
    public static class RequestRouteValues
    {
        /// <summary>The number of a parameter.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name in the pattern, without braces.</param>
        /// <returns>The number, or -1 if the route has no such parameter.</returns>
        public static int FindRouteValue(this HttpRequest request, string name)
        {
            for (int i = 0; i < request.RouteValues[HttpRequest.ValueCount]; i++)
            {
                if (request.RouteNames[request.RouteValues[HttpRequest.NamesStart] + i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Offset of a value in <see cref="HttpRequest.Bytes"/>.</summary>
        /// <param name="request">The request.</param>
        /// <param name="index">Number of the parameter.</param>
        public static int RouteValueStart(this HttpRequest request, int index)
        {
            return request.RouteValues[2 * CheckRouteValue(request, index)];
        }

        /// <summary>Length of a value in bytes.</summary>
        /// <param name="request">The request.</param>
        /// <param name="index">Number of the parameter.</param>
        public static int RouteValueLength(this HttpRequest request, int index)
        {
            return request.RouteValues[(2 * CheckRouteValue(request, index)) + 1];
        }

        /// <summary>Compares a value with octets. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="index">Number of the parameter.</param>
        /// <param name="expected">Octets to compare with.</param>
        public static bool RouteValueEquals(this HttpRequest request, int index, byte[] expected)
        {
            return request.RouteValueLength(index) == expected.Length
                && Octets.Equal(request.Bytes, request.RouteValues[2 * index], expected, 0, expected.Length);
        }

        /// <summary>A value as a number. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="index">Number of the parameter.</param>
        /// <returns>The number, or -1 when the value is not decimal digits only, or exceeds 2,147,483,647.</returns>
        public static int GetRouteInt(this HttpRequest request, int index)
        {
            return DecimalNumber.Parse(request.Bytes, request.RouteValueStart(index), request.RouteValueLength(index));
        }

        /// <summary>A value as a number.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">The parameter's name in the pattern, without braces.</param>
        /// <returns>
        /// The number; -1 when the route has no such parameter, the value is not decimal digits only, or it exceeds
        /// 2,147,483,647.
        /// </returns>
        public static int GetRouteInt(this HttpRequest request, string name)
        {
            int index = request.FindRouteValue(name);
            return index < 0 ? -1 : request.GetRouteInt(index);
        }

        /// <summary>A value as a string. Allocates the string.</summary>
        /// <param name="request">The request.</param>
        /// <param name="index">Number of the parameter.</param>
        public static string GetRouteValue(this HttpRequest request, int index)
        {
            return Encoding.UTF8.GetString(request.Bytes, request.RouteValueStart(index), request.RouteValueLength(index));
        }

        /// <summary>A value as a string. Allocates the string.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">The parameter's name in the pattern, without braces.</param>
        /// <returns>The value, or null if the route has no such parameter.</returns>
        public static string GetRouteValue(this HttpRequest request, string name)
        {
            int index = request.FindRouteValue(name);
            return index < 0 ? null : request.GetRouteValue(index);
        }

        private static int CheckRouteValue(HttpRequest request, int index)
        {
            if (index < 0 || index >= request.RouteValues[HttpRequest.ValueCount])
            {
                throw new ArgumentOutOfRangeException("index");
            }

            return index;
        }
    }
}
