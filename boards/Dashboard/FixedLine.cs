using System;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// A JSON array in a line of constant length, so that the octets at any position of a text of such lines can be made
    /// independently of the others. Spaces between the tokens of JSON have no meaning.
    /// </summary>
    public sealed class FixedLine
    {
        private int _at;

        /// <summary>Makes a line.</summary>
        /// <param name="length">Its length in octets, with the brackets and the line feed.</param>
        public FixedLine(int length)
        {
            Octets = new byte[length];
        }

        /// <summary>The octets of the line.</summary>
        public byte[] Octets { get; }

        /// <summary>Begins the array.</summary>
        public void Begin()
        {
            _at = 0;
        }

        /// <summary>Writes an integer.</summary>
        /// <param name="width">Octets of its column, in which it stands at the right.</param>
        /// <param name="value">The value, which must fit.</param>
        public void Number(int width, int value)
        {
            Number(width, value, 0);
        }

        /// <summary>Writes a number.</summary>
        /// <param name="width">Octets of its column, in which it stands at the right.</param>
        /// <param name="value">The value, times ten for each decimal; it must fit.</param>
        /// <param name="decimals">Number of decimals.</param>
        public void Number(int width, int value, int decimals)
        {
            int end = Column(width);
            int place = end;
            bool negative = value < 0;
            value = negative ? -value : value;
            int digits = 0;
            while (value > 0 || digits <= decimals)
            {
                if (digits == decimals && decimals != 0)
                {
                    Octets[--place] = (byte)'.';
                }

                Octets[--place] = (byte)('0' + (value % 10));
                value /= 10;
                digits++;
            }

            if (negative)
            {
                Octets[--place] = (byte)'-';
            }
        }

        /// <summary>Writes <c>null</c>.</summary>
        /// <param name="width">Octets of its column, at least 4.</param>
        public void Null(int width)
        {
            int end = Column(width);
            Octets[end - 4] = (byte)'n';
            Octets[end - 3] = (byte)'u';
            Octets[end - 2] = (byte)'l';
            Octets[end - 1] = (byte)'l';
        }

        /// <summary>Writes a text, as much of it as fits. What is not visible ASCII becomes a question mark.</summary>
        /// <param name="width">Octets of its column with the quotation marks, at least 4.</param>
        /// <param name="text">Holds the text.</param>
        /// <param name="count">Its length in octets.</param>
        public void Text(int width, byte[] text, int count)
        {
            int end = Column(width);
            int at = end - width;
            Octets[at++] = (byte)'"';
            for (int i = 0; i < count && at < end - 2; i++)
            {
                byte octet = text[i];
                if (octet == '"' || octet == '\\')
                {
                    Octets[at++] = (byte)'\\';
                }

                Octets[at++] = octet < ' ' || octet >= 0x7F ? (byte)'?' : octet;
            }

            Octets[at] = (byte)'"';
        }

        /// <summary>Ends the array and fills the line.</summary>
        public void End()
        {
            int last = Octets.Length - 1;
            Octets[_at++] = (byte)']';
            while (_at < last)
            {
                Octets[_at++] = (byte)' ';
            }

            Octets[last] = (byte)'\n';
        }

        // Begins a column of spaces behind a bracket or a comma.
        private int Column(int width)
        {
            Octets[_at] = _at == 0 ? (byte)'[' : (byte)',';
            int end = _at + 1 + width;
            for (int i = _at + 1; i < end; i++)
            {
                Octets[i] = (byte)' ';
            }

            _at = end;
            return end;
        }
    }
}
