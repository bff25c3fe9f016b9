using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Http2Nano.Fields;
using Http2Nano.Hpack;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// The HPACK decoder under blocks of any octets. It must not throw nor allocate; and a decoder that gets the same octets one by
/// one, and one that has no room for the fields, must agree with it about errors and about the dynamic table; and one with little
/// memory about all that it does not lose.
/// </summary>
/// <remarks>
/// Input: first octet, room in the list of the third decoder; then blocks, each behind an octet with its length, of which 255
/// stands for the rest. A length of 0 is a limit instead: the next octet times 16 is acknowledged as table size.
/// </remarks>
public sealed class HpackDecoderTarget : IFuzzTarget
{
    private const int ForgetfulMemory = 1024;

    private HpackDecoder _whole = null!;
    private HpackDecoder _split = null!;
    private HpackDecoder _cramped = null!;
    private HpackDecoder _forgetful = null!;
    private HeaderList _wholeList = null!;
    private HeaderList _splitList = null!;
    private HeaderList _crampedList = null!;
    private HeaderList _forgetfulList = null!;
    private HeaderList _table = null!;
    private HeaderList _otherTable = null!;
    private DynamicTable _forgetfulTable = null!;
    private readonly byte[] _buffer = new byte[8192];
    private readonly byte[] _index = new byte[4];

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        ("rfc7541-c3", Blocks("828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865", "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565")),
        ("rfc7541-c4", Blocks("828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf", "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf")),
        ("rfc7541-c6", Blocks("3fe101", "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3", "4883640effc1c0bf")),
        ("literals", Blocks("040c2f73616d706c652f70617468", "100870617373776f726406736563726574", "0f100474657874", "1f2b03616263", "7e0178", "7f000179")),
        ("browser", Blocks("82418c90bdcc42af39e92dc7da699f878440874148b1275ad1ffa2fe749d37215aed83aa4fe7efbc1fcbdfcfd29fcde9ec3d26b69fe7efbc1fc85b73f9408b4148b1275ad1ad49e33505023f3040", "82cb8784c5c4c3c2c1c0bfbe")),
        ("sizes", [20, 1, 0x20, 2, 0x3f, 0x00, 0, 3, 3, 0x3f, 0x11, 0x82, 4, 0x40, 0x01, 0x61, 0x00]),
        ("evicted-name", Blocks("3f09", "40046e616d650131", "7e0132", "be", "7e057878787878")),
        ("integers", Blocks("ffffffffff07", "7fffffffff0f", "3f80808000", "007f8000")),
        ("index-0", Blocks("80874148b1275ad1ff0131")),
        ("repeated-name", [60, 255, 0x40, 0x7f, 0xb9, 0x16, .. Enumerable.Repeat((byte)'n', 3000), 0, .. Enumerable.Repeat<byte[]>([0x7e, 0], 30).SelectMany(octets => octets)]),
        ("padding", Blocks("000161821fff", "00016184ffffffff", "00016181ff", "0001618100")),
    ];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length == 0)
        {
            return;
        }

        // What is made once in a process is made at the first time.
        if (RunOnce(input) != 0)
        {
            Require(RunOnce(input) == 0, "allocated");
        }
    }

    // Bytes allocated.
    private long RunOnce(ReadOnlySpan<byte> input)
    {

        Begin();

        _whole.Reset();
        _split.Reset();
        _cramped.Reset();
        _forgetful.Reset();
        bool forgets = true;

        // No more fields than this can have been inserted; of more than its memory counts for, it forgets some.
        int inserted = 0;
        int room = input[0];
        int at = 1;
        long allocated = 0;
        while (at < input.Length)
        {
            int length = input[at++];
            if (length == 0)
            {
                int size = at < input.Length ? input[at++] * 16 : 0;
                _whole.SetLimit(size);
                _split.SetLimit(size);
                _cramped.SetLimit(size);

                // It takes no more than its memory.
                forgets &= size <= ForgetfulMemory;
                _forgetful.SetLimit(size);
                continue;
            }

            length = length == 255 ? input.Length - at : Math.Min(length, input.Length - at);
            length = Math.Min(length, _buffer.Length);
            input.Slice(at, length).CopyTo(_buffer);
            at += length;
            inserted += length / 2;
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool good = DecodeWhole(length);
            bool split = DecodeByOctets(length);
            bool cramped = DecodeCramped(length, room);
            bool forgetful = forgets && DecodeForgetful(length, room);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Require(good == split, "an error depends on the split");
            Require(good == cramped, "an error depends on the room");
            if (forgets && !forgetful)
            {
                // Only a name that is lost may be the reason.
                Require(!good || _forgetful.ReferenceLost, "an error depends on the memory");
                forgets = false;
            }

            if (!good)
            {
                Require(!forgets || inserted > ForgetfulMemory / HeaderList.FieldOverhead, "an error depends on the memory");
                return allocated;
            }

            if (forgets)
            {
                Require(
                    (_forgetfulTable.State & DynamicTable.Forgotten) != 0 || (_forgetful.TableSize == _whole.TableSize && _forgetful.TableCount == _whole.TableCount),
                    "the table's size depends on the memory");
                Require(
                    _forgetful.TableCount >= Math.Min(_whole.TableCount, ForgetfulMemory / HeaderList.FieldOverhead),
                    "the newest fields are forgotten");
                Require(_forgetfulList.TooLarge || Same(_wholeList, _forgetfulList), "the fields depend on the memory");
                Walk(_forgetfulList);
            }

            Require(_wholeList.TooLarge == _splitList.TooLarge && _wholeList.Malformed == _splitList.Malformed, "the list's state depends on the split");
            Require(Same(_wholeList, _splitList), "the fields depend on the split");
            Walk(_wholeList);
            Walk(_crampedList);
            Require(_whole.TableSize <= 4096, "the table is too large");
            ReadTable(_whole, _table);
            ReadTable(_split, _otherTable);
            Require(Same(_table, _otherTable), "the table depends on the split");
            ReadTable(_cramped, _otherTable);
            Require(Same(_table, _otherTable), "the table depends on the room");
        }

        return allocated;
    }

    // Instrumented code must not run before the fuzzer has begun. Static initialisers run before Main on the device; here they
    // would be taken for allocation by the decoder.
    private void Begin()
    {
        if (_whole is not null)
        {
            return;
        }

        _whole = new HpackDecoder(4096);
        _split = new HpackDecoder(4096);
        _cramped = new HpackDecoder(4096);
        _forgetful = new HpackDecoder(ForgetfulMemory);
        _forgetfulTable = (DynamicTable)typeof(HpackDecoder).GetField("_table", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_forgetful)!;
        _wholeList = new HeaderList(new byte[16384]);
        _splitList = new HeaderList(new byte[16384]);
        _crampedList = new HeaderList(new byte[256]);
        _forgetfulList = new HeaderList(new byte[16384]);
        _table = new HeaderList(new byte[8192]);
        _otherTable = new HeaderList(new byte[8192]);
        foreach (var type in typeof(HpackDecoder).Assembly.GetTypes().Where(type => type.Namespace == typeof(HpackDecoder).Namespace))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
    }

    private bool DecodeWhole(int length)
    {
        _wholeList.Reset(0, 16384);
        _whole.Begin(_wholeList);
        bool good = _whole.Decode(_buffer, 0, length);
        return _whole.End() && good;
    }

    private bool DecodeByOctets(int length)
    {
        _splitList.Reset(0, 16384);
        _split.Begin(_splitList);
        bool good = true;
        for (int i = 0; i < length && good; i++)
        {
            good = _split.Decode(_buffer, i, 1);
        }

        return _split.End() && good;
    }

    private bool DecodeForgetful(int length, int room)
    {
        _forgetfulList.Reset(0, room > 250 ? room : 16384);
        _forgetful.Begin(_forgetfulList);
        bool good = _forgetful.Decode(_buffer, 0, length);
        return _forgetful.End() && good;
    }

    private bool DecodeCramped(int length, int room)
    {
        _crampedList.Reset(0, room);
        _cramped.Begin(room == 0 ? null : _crampedList);
        bool good = _cramped.Decode(_buffer, 0, length / 2) && _cramped.Decode(_buffer, length / 2, length - length / 2);
        return _cramped.End() && good;
    }

    // Every field of a decoder's table, newest first, by a block of indices. It leaves the table as it is.
    private void ReadTable(HpackDecoder decoder, HeaderList list)
    {
        list.Reset(0, 8192);
        for (int i = 0; i < decoder.TableCount; i++)
        {
            int length = WriteIndex(62 + i);
            decoder.Begin(list);
            bool good = decoder.Decode(_index, 0, length);
            if (!(decoder.End() && good))
            {
                // A limit was acknowledged and no update has come yet: fields are not allowed before.
                decoder.Reset();
                return;
            }
        }

        Require(list.Size == decoder.TableSize, "the table's size is not that of its fields");
    }

    private int WriteIndex(int index)
    {
        if (index < 127)
        {
            _index[0] = (byte)(0x80 | index);
            return 1;
        }

        _index[0] = 0xff;
        index -= 127;
        if (index < 128)
        {
            _index[1] = (byte)index;
            return 2;
        }

        _index[1] = (byte)(0x80 | (index & 127));
        _index[2] = (byte)(index >> 7);
        return 3;
    }

    private void Walk(HeaderList list)
    {
        int fields = 0;
        int size = 0;
        for (int position = list.First(); position >= 0; position = list.Next(position))
        {
            fields++;
            size += 32 + list.NameLength(position) + list.ValueLength(position);
            Require(list.ValueLength(position) <= 16384 * 2, "a value is longer than the list");
        }

        Require(fields == list.Count && size == list.Size && list.End <= list.Limit, "the list is not what it says");
    }

    private static bool Same(HeaderList one, HeaderList other)
    {
        int a = one.First();
        int b = other.First();
        while (a >= 0 && b >= 0)
        {
            byte[] name = new byte[one.NameLength(a)];
            byte[] value = new byte[one.ValueLength(a)];
            Require(one.CopyName(a, name, 0) == name.Length && one.CopyValue(a, value, 0) == value.Length, "a field is not as long as it says");
            if (!other.NameEquals(b, name) || !other.ValueEquals(b, value) || one.NameIndex(a) != other.NameIndex(b))
            {
                return false;
            }

            a = one.Next(a);
            b = other.Next(b);
        }

        return a == b;
    }

    private static byte[] Blocks(params string[] blocks)
    {
        var input = new List<byte> { 60 };
        foreach (byte[] block in blocks.Select(Convert.FromHexString))
        {
            input.Add((byte)block.Length);
            input.AddRange(block);
        }

        return [.. input];
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }
}
