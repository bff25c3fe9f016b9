namespace Samples
{
    internal static class Formats
    {
        internal static string Refused(int n, string s)
        {
            return string.Format("{0,5}", n); // NANO015
        }

        internal static string Interpolated(int n, int m)
        {
            return $"{n}:{m,-8:X2}"; // NANO015
        }

        internal static string Several(int n, int m)
        {
            return string.Format("{0} and {1, 4}", n, m); // NANO015
        }

        internal static string Accepted(int n, string s)
        {
            return string.Format("{0}, {1:X2} {{2,3}}", n, n) + s.PadLeft(5) + $"{n},{s}" + "{0,5}";
        }
    }
}
