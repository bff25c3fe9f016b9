using System;

namespace Samples
{
    internal static class Boxes
    {
        internal static readonly object Once = (byte)'/';

        internal static object Refused(int n)
        {
            return n; // NANO018
        }

        internal static string Formatted(int n)
        {
            return string.Format("{0}", n); // NANO018
        }

        internal static string Accepted(int n)
        {
            if (n < 0)
            {
                throw new ArgumentException(string.Format("{0} is negative.", n));
            }

            return n.ToString() + " " + n;
        }
    }
}
