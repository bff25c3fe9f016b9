using System;
using More;

namespace Samples
{
    internal static class Codes
    {
        internal static readonly byte[] Lengths = { 5, 6, 7 };
        internal static int Counter;
        internal const int Limit = 3;

        internal static int Longest() => Lengths[2];

        internal static int Count() => ++Counter;
    }

    internal class Node
    {
        internal readonly int Length = Codes.Longest();
    }

    internal static class Refused
    {
        private static readonly byte[] s_direct = Codes.Lengths; // NANO010
        private static readonly int s_called = Codes.Longest(); // NANO010
        private static readonly Node s_made = new Node(); // NANO010
        private static readonly byte[] s_foreign = Settings.Defaults; // NANO010
        private static readonly byte s_foreignCalled = Settings.First(); // NANO010
        private static readonly Action s_lambda = () => Codes.Count(); // NANO010

        internal static int Use() => s_direct.Length + s_called + s_made.Length + s_foreign.Length + s_foreignCalled + (s_lambda == null ? 0 : 1);
    }

    internal static class Accepted
    {
        private static readonly byte[] s_table = { 1, 2, 3 };
        private static readonly byte[] s_own = s_table;
        private static readonly int s_constant = Codes.Limit;
        private static readonly int s_counted = Codes.Count();
        private static readonly string s_empty = string.Empty;
        private static readonly byte[] s_buffer = new byte[Codes.Limit];
        private static readonly Action s_named = Nothing;
        private static byte[] s_later;

        internal static int Use() => s_table.Length + s_own.Length + s_constant + s_counted + s_empty.Length + s_buffer.Length + (s_named == null ? 0 : s_later.Length);

        internal static void Build()
        {
            s_later = Codes.Lengths;
        }

        private static void Nothing()
        {
        }
    }
}
