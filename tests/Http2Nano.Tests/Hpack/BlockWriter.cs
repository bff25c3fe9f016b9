using System;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Hpack;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Writes field blocks of any representation, by the letter of RFC 7541 5 and 6.</summary>
    internal sealed class BlockWriter
    {
        internal const int Indexed = 0x80;
        internal const int WithIndexing = 0x40;
        internal const int SizeUpdate = 0x20;
        internal const int NeverIndexed = 0x10;
        internal const int WithoutIndexing = 0;

        private readonly byte[] _coded = new byte[512];

        internal readonly byte[] Octets = new byte[2048];

        internal int Length;

        /// <summary>An integer behind the bits that say what it is (RFC 7541 5.1).</summary>
        internal void Integer(int representation, int value)
        {
            int most = representation == Indexed ? 127 : representation == WithIndexing ? 63 : representation == SizeUpdate ? 31 : 15;
            Integer(representation, most, value);
        }

        /// <summary>A string, Huffman-coded where that is shorter and wanted (RFC 7541 5.2).</summary>
        internal void Text(string text, bool coded)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            int length = coded ? HuffmanWriter.Write(octets, 0, octets.Length, _coded, 0) : -1;
            bool shorter = length >= 0;
            length = shorter ? length : octets.Length;
            Integer(shorter ? 0x80 : 0, 127, length);
            Array.Copy(shorter ? _coded : octets, 0, Octets, Length, length);
            Length += length;
        }

        private void Integer(int bits, int most, int value)
        {
            if (value < most)
            {
                Octets[Length++] = (byte)(bits | value);
                return;
            }

            Octets[Length++] = (byte)(bits | most);
            value -= most;
            while (value >= 128)
            {
                Octets[Length++] = (byte)(value & 127 | 128);
                value >>= 7;
            }

            Octets[Length++] = (byte)value;
        }
    }
}
