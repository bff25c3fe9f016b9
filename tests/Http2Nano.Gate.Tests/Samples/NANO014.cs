using System;

namespace Samples
{
    internal enum Colour
    {
        Red,
        Green,
    }

    internal static class Names
    {
        internal static string Refused(Colour colour)
        {
            return colour.ToString(); // NANO014
        }

        internal static string Joined(Colour colour)
        {
            return "a " + colour; // NANO014
        }

        internal static string Boxed(Enum any)
        {
            return any.ToString(); // NANO014
        }

        internal static string Accepted(Colour colour, int number, object any)
        {
            switch (colour)
            {
                case Colour.Red: return "red";
                default: return ((int)colour).ToString() + number.ToString() + any.ToString();
            }
        }
    }
}
