using System;

namespace Samples
{
    internal static class Throws
    {
        internal static void Refused()
        {
            throw null; // NANO008
        }

        internal static int Expression(int n) => n > 0 ? n : throw null; // NANO008

        internal static void Accepted(object argument)
        {
            if (argument == null)
            {
                throw new ArgumentNullException("argument");
            }

            try
            {
                Refused();
            }
            catch (Exception)
            {
                throw;
            }
        }
    }
}
