namespace Samples
{
    internal static class Strings
    {
        internal static int Refused(string s, int i)
        {
            return s[i]; // NANO013
        }

        internal static int Loop(string s)
        {
            int sum = 0;
            foreach (char c in s) // NANO013
            {
                sum += c;
            }

            return sum;
        }

        internal static int Switch(string s)
        {
            switch (s)
            {
                case "GET": return 1; // NANO013
                case "PUT": return 2;
                case "POST": return 3;
                case "HEAD": return 4;
                case "PATCH": return 5;
                case "TRACE": return 6;
                case "DELETE": return 7;
                case "OPTIONS": return 8;
                default: return 0;
            }
        }

        internal static int Accepted(string s)
        {
            int sum = s.Length;
            foreach (char c in s.ToCharArray())
            {
                sum += c;
            }

            switch (s)
            {
                case "GET": return 1;
                case "PUT": return 2;
            }

            return s == "POST" ? 3 : sum;
        }
    }
}
