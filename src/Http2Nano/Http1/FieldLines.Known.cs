using System;
using Http2Nano.Fields;

namespace Http2Nano.Http1
{
    // Lines that came before. A browser's requests differ in few of their lines; one that is octet for octet a line of the request
    // before gives the same field, which still lies in the exchange of that request and is copied.
    internal sealed partial class FieldLines
    {
        // As a result of ParseLines: one line was read.
        private const int OneLine = 2;

        /// <summary>For <see cref="Hidden"/>: this section is nothing to copy from.</summary>
        internal const int NotPlain = int.MinValue;

        private const int MostLines = 31;

        // :method, :scheme and :path.
        private const int FieldsOfRequestLine = 3;

        // The octets by which lines are told apart before they are compared: "Sec-Fetch-Mo", "sec-ch-ua-mo". A name that ends within
        // the first of them is told apart by these.
        private const int Beginning = 12;
        private const int Name = 8;
        private const int LineEnd = 2;

        // What a field counts for beside its octets in the storage and those of a well-known name.
        private const int KnownName = HeaderList.FieldOverhead - HeaderList.Prefix;
        private const int UnknownName = KnownName - 2;

        // What a request may cost in vain: steps from line to line, and comparisons of whole lines.
        private const int MostSteps = 24;
        private const int StepsOfLine = 4;
        private const int MostComparisons = 6;

        // The lines whose fields are not listed, because they concern the connection alone: a bit for each.
        private int _hidden;

        /// <summary>
        /// For <see cref="ParseKnown"/>: which of the section's lines have no field in the list; negative when nothing can be copied
        /// from it, because not every other line has exactly one, or a line says more than its field.
        /// </summary>
        internal int Hidden
        {
            get { return _lines >= MostLines || _fields.Faults != 0 || _hasAuthority || !_control.IsPlain ? NotPlain : _hidden; }
        }

        /// <summary>
        /// Parses a section that has arrived as a whole, like <see cref="Parse()"/>, and takes from another request what is the same.
        /// </summary>
        /// <param name="memory">Holds the field lines of that request as they came.</param>
        /// <param name="at">The first of them.</param>
        /// <param name="end">The end of its head.</param>
        /// <param name="known">Its fields: those of the request line, and one for each field line that is not hidden.</param>
        /// <param name="hidden">Its <see cref="Hidden"/>.</param>
        internal int ParseKnown(byte[] memory, int at, int end, HeaderList known, int hidden)
        {
            byte[] bytes = _receive.Bytes;
            byte[] storage = known.Storage;
            int entry = known.Start;
            for (int i = 0; i < FieldsOfRequestLine; i++)
            {
                entry += (storage[entry + 2] << 8) | storage[entry + 3];
            }

            end -= LineEnd;
            int steps = MostSteps;
            int comparisons = MostComparisons;
            while (at < end && comparisons != 0 && _receive.End - _receive.Start > Beginning && bytes[_receive.Start] != '\r')
            {
                // Steps from the line that is expected to the one that begins like that.
                int start = _receive.Start;
                long beginning = BitConverter.ToInt64(bytes, start);
                int most = steps < StepsOfLine ? steps : StepsOfLine;
                int there = at;
                int passed = 0;
                bool found;
                while (!(found = BitConverter.ToInt64(memory, there) == beginning && IsSameName(bytes, start, memory, there)) && passed < most)
                {
                    int next = Array.IndexOf(memory, BoxedOctets.LineFeed, there, end - there) + 1;
                    if (next == end)
                    {
                        break;
                    }

                    there = next;
                    passed++;
                }

                steps -= passed;
                if (found)
                {
                    while (passed-- > 0)
                    {
                        if ((hidden & 1) == 0)
                        {
                            entry += (storage[entry + 2] << 8) | storage[entry + 3];
                        }

                        hidden >>= 1;
                    }

                    // All lines from this one on that are equal, as far as the octets are.
                    int room = _receive.End - start;
                    int stop = there + Octets.Common(bytes, start, memory, there, room < end - there ? room : end - there);
                    int first = entry;
                    int lines = 0;
                    int total = 0;
                    int authority = -1;
                    int hid = 0;
                    int listed = 0;
                    int next;
                    at = there;
                    while ((next = Array.IndexOf(memory, BoxedOctets.LineFeed, at, stop - at) + 1) != 0)
                    {
                        if ((hidden & 1) != 0)
                        {
                            hid |= 1 << lines;
                        }
                        else
                        {
                            int name = storage[entry];
                            int size = (storage[entry + 2] << 8) | storage[entry + 3];
                            if (name == FieldName.Authority)
                            {
                                authority = entry - first;
                            }

                            total += size + (name == 0 ? UnknownName : KnownName + (WellKnownFields.Spans[name] & WellKnownFields.LengthMask));
                            entry += size;
                            listed++;
                        }

                        hidden >>= 1;
                        lines++;
                        at = next;
                    }

                    if (lines != 0)
                    {
                        if (!TakeKnown(storage, first, entry - first, lines, listed, total, hid, authority))
                        {
                            // The limits are near, or Host comes once more.
                            break;
                        }

                        _octets += at - there;
                        _receive.Start = start + at - there;
                        continue;
                    }

                    // It has another value.
                    comparisons--;
                    at = Array.IndexOf(memory, BoxedOctets.LineFeed, there, end - there) + 1;
                    if ((hidden & 1) == 0)
                    {
                        entry += (storage[entry + 2] << 8) | storage[entry + 3];
                    }

                    hidden >>= 1;
                }

                int result = Parse(true);
                if (result != OneLine)
                {
                    return result;
                }
            }

            return Parse(false);
        }

        // Whether two lines whose first eight octets are equal have the same name, as far as that can be seen at a glance.
        private static bool IsSameName(byte[] bytes, int start, byte[] memory, int at)
        {
            return BitConverter.ToInt32(bytes, start + Name) == BitConverter.ToInt32(memory, at + Name)
                || Array.IndexOf(bytes, BoxedOctets.Colon, start, Name) >= 0;
        }

        // Takes the fields of equal lines. False when that cannot be.
        private bool TakeKnown(byte[] storage, int entry, int size, int lines, int listed, int total, int hid, int authority)
        {
            int used = _fields.Used;
            if (_lines + lines > _limits.MaximumFields || _lines + lines > MostLines || (authority >= 0 && _control.HasHost)
                || !_fields.PutPacked(storage, entry, size, listed, total))
            {
                return false;
            }

            if (authority >= 0)
            {
                AuthorityPosition = used + authority;
                _control.NoteHost();
            }

            _hidden |= hid << _lines;
            _lines += lines;
            return true;
        }
    }
}
