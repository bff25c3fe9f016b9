namespace Samples
{
    internal struct Point
    {
        internal int X;
        internal int Y;
    }

    internal enum Colour
    {
        Red,
    }

    internal static class Arrays
    {
        internal static object Refused(int n)
        {
            return new Point[n]; // NANO016
        }

        internal static object Times(int n)
        {
            return new System.DateTime[n]; // NANO016
        }

        internal static object Accepted(int n)
        {
            int[] xs = new int[n];
            Colour[] colours = new Colour[n];
            Point[][] none = new Point[n][];
            return new object[] { xs, colours, none, new Point(), new string[n] };
        }
    }
}
