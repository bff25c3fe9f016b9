using System;
using System.Collections.Generic;
using System.Linq;
using Http2Nano.Fields;
using Http2Nano.Hpack;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// The HPACK decoder whose lists have no room for all fields, beside one whose lists have. Both agree about errors and the table;
/// what one has, the other has, in the same order; of what must be kept nothing is missing unless the list says that it is too
/// large; and nothing is malformed for one only, but for a pseudo-header field behind what was read over.
/// </summary>
/// <remarks>
/// Input: an octet with the room, one whose bits say whether cookies are declared (1), and whether the table has little memory (2);
/// then blocks, each behind two octets with its length, high bit first.
/// </remarks>
public sealed class ReadOverTarget : IFuzzTarget, IVocabulary
{
    private const int Room = 32768;
    private const int Spare = 256;
    private const int TableSize = 4096;
    private const int LittleMemory = 512;
    private const byte Guard = 0xA5;

    private static readonly byte[] s_coded = [0x18, 0xC6, 0x31, 0x8C, 0x63];

    private readonly byte[] _buffer = new byte[8192];
    private readonly byte[] _name = new byte[Room];
    private readonly byte[] _value = new byte[Room];
    private readonly byte[] _otherValue = new byte[Room];
    private readonly HeaderList _fullList = new(new byte[Room]);
    private readonly HeaderList _list = new(new byte[2048]);
    private readonly HeaderList _splitList = new(new byte[2048]);

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        ("large", Input(10, 0, [0x82, 0x86, 0x84, 0x40, 1, (byte)'x', .. Plain(900), 0x40, 1, (byte)'y', .. Plain(5)], [0x82, 0x86, 0x84, 0xBE, 0xBF])),
        ("coded", Input(4, 0, [0x82, 0x86, 0x84, 0x00, 1, (byte)'x', .. Coded(600), 0x0F, 0x2B, .. Plain(20)])),
        ("path", Input(20, 0, [0x82, 0x86, 0x04, .. Coded(300), 0x01, 1, (byte)'a', 0x0F, 0x2B, .. Plain(200)])),
        ("cookies", Input(6, 1, [0x82, 0x86, 0x84, 0x60, .. Text("a=1; sid=abc; b=" + new string('2', 300)), 0x0F, 0x11, .. Text("sid=x; theme=y;sid=z")], [0x82, 0x86, 0x84, 0xBE])),
        ("short", Input(12, 2, [0x82, 0x86, 0x84, 0x40, 1, (byte)'x', .. Plain(100), 0x40, 1, (byte)'y', .. Plain(200), 0x57, .. Plain(90), 0x40, 1, (byte)'z', .. Plain(180)], [0x82, 0xBE, 0xBF, 0xC0, 0xC1])),
        ("late", Input(2, 0, [0x82, 0x00, 1, (byte)'x', .. Plain(300), 0x86, 0x84])),
        ("forwarded", Input(5, 3, [0x82, 0x86, 0x84, .. Enumerable.Range(0, 10).SelectMany(i => (byte[])[0x40, .. Text("x-forwarded-" + (char)('a' + i)), .. Plain(60)])], [0x82, 0x86, 0x84, .. Enumerable.Range(0xBE, 10).Select(i => (byte)i)])),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Words =>
    [
        [0x82], [0x86], [0x84], [0xBE], [0xBF], [0xC0], [0x40, 1, 120], [0x00, 1, 121], [0x60], [0x0F, 0x11], [0x0F, 0x2B], [0x7A], [0x57], Plain(10), Plain(126), Plain(300), Plain(1000), Coded(50), Coded(400),
        Text("sid=1"), Text("a=b; sid=1; c=d"), Text("user-agent"), Text("x-foo"), Text(":path"), Text("origin"), "; sid="u8.ToArray(), [0x20], [0x3F, 0xE1, 0x1F],
    ];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2)
        {
            return;
        }

        int room = input[0] * 4;
        bool cookies = (input[1] & 1) != 0;
        int memory = (input[1] & 2) != 0 ? LittleMemory : TableSize;
        var unread = new UnreadFields();
        var kept = new KeptFields(unread);
        kept.Add("x-foo");
        if (cookies)
        {
            kept.AddCookie("sid");
            kept.AddCookie("theme");
        }

        var full = new HpackDecoder(TableSize);
        var decoder = new HpackDecoder(TableSize, memory, unread);
        var split = new HpackDecoder(TableSize, memory, unread);
        decoder.Keep(kept);
        split.Keep(kept);
        input = input[2..];
        while (input.Length > 2)
        {
            int length = Math.Min(Math.Min(input[0] << 8 | input[1], input.Length - 2), _buffer.Length);
            input.Slice(2, length).CopyTo(_buffer);
            input = input[(2 + length)..];
            Prepare(_fullList, Room - Spare);
            Prepare(_list, room);
            Prepare(_splitList, room);
            bool good = Decode(full, _fullList, length, length);
            bool over = Decode(decoder, _list, length, length);
            bool pieces = Decode(split, _splitList, length, 1 + room % 7);
            Require(over == pieces, "An error depends on the pieces.");
            if (good != over)
            {
                // A field for the table whose name had no place in memory is an error; the reference is not told as lost where the list is
                // too large already.
                Require(good && (decoder.ReferenceLost || _list.TooLarge) && memory < TableSize, "An error depends on the room.");
                return;
            }

            if (!good)
            {
                return;
            }

            CheckGuards(_list);
            CheckGuards(_splitList);

            // With little memory it is estimated, before a value is decoded that no list takes, whether the table has room for it: piece
            // by piece that is another sum, so that one table may have lost what the other one has. The answer is 431 either way.
            if (memory < TableSize && _list.TooLarge && _splitList.TooLarge)
            {
                return;
            }

            Require(_list.Faults == _splitList.Faults && _list.Size == _splitList.Size && Same(_list, _splitList), "The fields depend on the pieces.");
            Require(memory < TableSize || (decoder.TableSize == full.TableSize && decoder.TableCount == full.TableCount), "The table depends on the room.");
            Require(split.TableSize == decoder.TableSize && split.TableCount == decoder.TableCount, "The table depends on the pieces.");
            if (_fullList.TooLarge)
            {
                return;
            }

            if (!_list.TooLarge)
            {
                Require(!decoder.ReferenceLost && _list.Size == _fullList.Size && _list.Count == _fullList.Count, "Not all fields were counted.");
                Require(_list.Malformed || !_fullList.Malformed, "What is malformed was not found.");
                Require(!_list.Malformed || _fullList.Malformed || _list.IsPartial, "What is well-formed was taken for malformed.");
            }

            Compare(unread, kept, cookies, memory < TableSize);
        }
    }

    // What is in the list is in the full one, in this order; what must be kept is there.
    private void Compare(UnreadFields unread, KeptFields kept, bool cookies, bool little)
    {
        int at = _list.First();
        for (int field = _fullList.First(); field >= 0; field = _fullList.Next(field))
        {
            int name = _fullList.NameIndex(field);
            bool filtered = cookies && name == FieldName.Cookie;
            bool valueless = little && (name != 0 ? unread.Contains(name) : unread.Contains(_name, 0, _fullList.CopyName(field, _name, 0)));
            if (at >= 0 && SameName(field, at) && (valueless || filtered || SameValue(field, at)))
            {
                at = _list.Next(at);
                continue;
            }

            Require(_list.TooLarge || filtered || kept.MayGo(_fullList.Storage, field, HeaderList.OverAll), "A field is missing that must be kept.");
            Require(_list.TooLarge || filtered || _list.IsPartial, "A field is missing, and the list says that none is.");
        }

        Require(at < 0, "A field came that was not sent.");
    }

    private bool SameName(int field, int at)
    {
        if (_fullList.NameIndex(field) != _list.NameIndex(at) || _fullList.NameLength(field) != _list.NameLength(at))
        {
            return false;
        }

        int length = _fullList.CopyName(field, _name, 0);
        return _list.CopyName(at, _otherValue, 0) == length && _name.AsSpan(0, length).SequenceEqual(_otherValue.AsSpan(0, length));
    }

    private bool SameValue(int field, int at)
    {
        int length = _fullList.CopyValue(field, _value, 0);
        return _list.ValueLength(at) == length && _list.CopyValue(at, _otherValue, 0) == length && _value.AsSpan(0, length).SequenceEqual(_otherValue.AsSpan(0, length));
    }

    private bool Same(HeaderList one, HeaderList other) =>
        one.End == other.End && one.Storage.AsSpan(0, one.End).SequenceEqual(other.Storage.AsSpan(0, other.End));

    private bool Decode(HpackDecoder decoder, HeaderList list, int length, int piece)
    {
        decoder.Begin(list);
        bool good = true;
        for (int i = 0; i < length && good; i += piece)
        {
            good = decoder.Decode(_buffer, i, Math.Min(piece, length - i));
        }

        return decoder.End() && good;
    }

    private static void Prepare(HeaderList list, int room)
    {
        list.Storage.AsSpan().Fill(Guard);
        list.Reset(0, room);
    }

    private static void CheckGuards(HeaderList list) =>
        Require(list.End <= list.Limit && list.Storage.AsSpan(list.Limit + Spare).IndexOfAnyExcept(Guard) < 0, "Something was written behind the list.");

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    private static byte[] Input(byte room, byte kind, params byte[][] blocks) =>
        [room, kind, .. blocks.SelectMany(block => (byte[])[(byte)(block.Length >> 8), (byte)block.Length, .. block])];

    private static byte[] Text(string text) => String(0, [.. text.Select(c => (byte)c)]);

    private static byte[] Plain(int count) => String(0, [.. Enumerable.Repeat((byte)'v', count)]);

    private static byte[] Coded(int count) => String(0x80, [.. Enumerable.Range(0, count).Select(i => s_coded[i % s_coded.Length])]);

    // RFC 7541 5.1, 5.2.
    private static byte[] String(int flag, byte[] octets)
    {
        List<byte> all = [(byte)(flag | Math.Min(octets.Length, 127))];
        if (octets.Length >= 127)
        {
            int rest = octets.Length - 127;
            for (; rest >= 128; rest >>= 7)
            {
                all.Add((byte)(rest | 128));
            }

            all.Add((byte)rest);
        }

        return [.. all, .. octets];
    }
}
