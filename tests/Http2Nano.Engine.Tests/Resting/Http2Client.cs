using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Hpack;

namespace Http2Nano.Engine.Tests.Resting;

/// <summary>
/// Somebody with prior knowledge of HTTP/2 who listens to events and asks besides, with fields that the dynamic tables of HPACK have
/// from earlier requests (RFC 7541 2.3.2).
/// </summary>
internal sealed class Http2Client : RestingClient
{
    private const int HeaderLength = 9;

    private readonly int _pause;
    private readonly Dictionary<int, Request> _requests = [];
    private readonly List<(string Name, string Value)> _table = [];
    private readonly HeaderList _fields = new(new byte[8192]);
    private HpackDecoder _decoder = null!;
    private int _limit;
    private bool _limitChanged;
    private int _stream;
    private int _left;
    private bool _isGoing;
    private bool _hasSettings;
    private int _mostStreams;

    public Http2Client(RestingWorld world)
        : base(world)
    {
        _pause = Random.Next(3) == 0 ? Random.Next(50) : Random.Next(600);
        _left = Random.Next(40);
    }

    /// <summary>Requests with a field of the dynamic table, and responses that needed theirs.</summary>
    public int Indexed { get; private set; }

    protected override void Begin()
    {
        _requests.Clear();
        _table.Clear();
        _decoder = new HpackDecoder(HpackDecoder.InitialTableSize);
        _limit = HpackDecoder.InitialTableSize;
        _limitChanged = false;
        _stream = 1;
        _isGoing = false;
        _hasSettings = false;
        _mostStreams = 1;
        byte[] preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(4, 0, 0, Random.Next(2) == 0 ? [] : [0, 1, 0, 0, (byte)Random.Next(16), 0])];
        bool ownTable = preface.Length > 24 + HeaderLength;
        if (ownTable)
        {
            _decoder = new HpackDecoder((preface[^2] << 8) | preface[^1]);
        }

        Say(preface);
        for (int i = Random.Next(3); i > 0; i--)
        {
            Later(Random.Next(3) == 0 ? Random.Next(1000) : i, () => Open('e'));
        }

        Later(Random.Next(_pause + 1), Ask);
        switch (Random.Next(10))
        {
            case 0:
                Later(Random.Next(2500), Leave);
                break;
            case 1:
                Later(Random.Next(2500), CancelEvents);
                break;
            case 2:
                Later(Random.Next(2500), () => Say(Frame(6, 0, 0, new byte[8])));
                break;
        }
    }

    protected override void Take()
    {
        while (Heard.Count >= HeaderLength)
        {
            int length = (Heard[0] << 16) | (Heard[1] << 8) | Heard[2];
            if (length > 16384)
            {
                World.Report($"{Name} hears no frame.");
                Leave();
                return;
            }

            if (Heard.Count < HeaderLength + length)
            {
                return;
            }

            int stream = Int32(5);
            byte type = Heard[3];
            byte flags = Heard[4];
            byte[] payload = [.. Heard.GetRange(HeaderLength, length)];
            Heard.RemoveRange(0, HeaderLength + length);
            Take(type, flags, stream, payload);
        }
    }

    protected override void CutOff(bool asked) => World.After(Random.Next(20, 300), Come);

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
        [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, (byte)(stream >> 8), (byte)stream, .. payload];

    private int Int32(int at) => ((Heard[at] & 0x7F) << 24) | (Heard[at + 1] << 16) | (Heard[at + 2] << 8) | Heard[at + 3];

    private void Take(byte type, byte flags, int stream, byte[] payload)
    {
        switch (type)
        {
            case 0:
                if (_requests.TryGetValue(stream, out Request? request))
                {
                    if (request.Path[1] == 'e')
                    {
                        Hear(stream, payload);
                    }
                    else
                    {
                        request.Body.AddRange(payload);
                    }

                    if ((flags & 1) != 0)
                    {
                        End(stream, request);
                    }
                }

                break;

            case 1:
                Head(stream, flags, payload);
                break;

            case 3:
                Forget(stream);
                _requests.Remove(stream);
                break;

            case 4 when (flags & 1) == 0:
                Settings(payload);
                break;

            case 7:
                _isGoing = true;
                if (payload[7] != 0 && !World.HasNonsense)
                {
                    World.Report($"{Name} is told of error {payload[7]}.");
                }

                ToldToEnd((payload[2] << 8) | payload[3]);
                break;
        }
    }

    private void Settings(byte[] payload)
    {
        _hasSettings = true;
        _mostStreams = int.MaxValue;
        for (int i = 0; i + 6 <= payload.Length; i += 6)
        {
            int value = (payload[i + 4] << 8) | payload[i + 5];
            if (payload[i + 1] == 1)
            {
                // No more than a server of little memory has places for.
                _limit = Math.Min(value, 2048);
                _limitChanged = true;
            }
            else if (payload[i + 1] == 3)
            {
                _mostStreams = value;
            }
        }

        Say(Frame(4, 1, 0, []));
    }

    private void Head(int stream, byte flags, byte[] payload)
    {
        if ((flags & 4) == 0)
        {
            World.Report($"{Name} gets a field block in parts, which it does not put together.");
        }

        _fields.Reset(0, 8192);
        _decoder.Begin(_fields);
        if (!_decoder.Decode(payload, 0, payload.Length) || !_decoder.End())
        {
            World.Report($"{Name} cannot decode a field block.");
            return;
        }

        if (!_requests.TryGetValue(stream, out Request? request))
        {
            return;
        }

        var text = new StringBuilder();
        for (int at = _fields.First(); at >= 0; at = _fields.Next(at))
        {
            text.Append(_fields.GetName(at)).Append(": ").Append(_fields.GetValue(at)).Append("\r\n");
        }

        request.Head = text.ToString();
        if (!request.Head.Contains(":status: 200\r\n", StringComparison.Ordinal))
        {
            World.Report($"{Name} gets {request.Head}");
        }

        if (request.Path[1] == 'e')
        {
            Listen(stream, int.Parse(request.Path.AsSpan(2), CultureInfo.InvariantCulture));
            Headed(stream, request.Head, request.Path);
        }

        if ((flags & 1) != 0)
        {
            End(stream, request);
        }
    }

    private void End(int stream, Request request)
    {
        _requests.Remove(stream);
        if (request.Path[1] == 'e')
        {
            HeardAll(stream);
        }
        else
        {
            Answered(stream, request.Head, Encoding.Latin1.GetString([.. request.Body]), request.Path, request.Length);
        }
    }

    private void CancelEvents()
    {
        foreach (int stream in _requests.Keys.Where(stream => _requests[stream].Path[1] == 'e').ToArray())
        {
            _requests.Remove(stream);
            Forget(stream);
            Say(Frame(3, 0, stream, [0, 0, 0, 8]));
        }
    }

    private void Ask()
    {
        if (_left == 0)
        {
            return;
        }

        _left--;
        int kind = Random.Next(10);
        Open(kind < 6 ? 'g' : kind < 8 ? 'd' : 'u');
        Later(Random.Next(_pause + 1), Ask);
    }

    private void Open(char kind)
    {
        if (IsOver || _isGoing || _requests.Count >= _mostStreams || (_requests.Count != 0 && !_hasSettings))
        {
            return;
        }

        int stream = _stream;
        _stream += 2;
        int number = kind == 'e' ? World.NextNumber() : Random.Next(10);
        var request = new Request($"/{kind}{number}", kind == 'u' ? Random.Next(1, 200) : 0);
        _requests[stream] = request;
        Asked(stream);
        var block = new List<byte>();
        if (_limitChanged)
        {
            _limitChanged = false;
            Number(block, 0x20, 5, _limit);
            Evict(0);
        }

        block.Add((byte)(kind == 'u' ? 0x83 : 0x82));
        block.Add(0x86);
        Field(block, ":authority", "a-device-with-a-name.example", 1);
        Field(block, ":path", request.Path, 4);
        for (int i = Random.Next(4); i > 0; i--)
        {
            Field(block, "x-any" + Random.Next(3), new string('v', Random.Next(40)), 0);
        }

        Say(Frame(1, (byte)(kind == 'u' ? 4 : 5), stream, [.. block]));
        if (kind == 'u')
        {
            int first = Random.Next(request.Length);
            Say(Frame(0, 0, stream, new byte[first]));
            Later(Random.Next(100), () => Say(Frame(0, 1, stream, new byte[request.Length - first])));
        }
    }

    // RFC 7541 6.1, 6.2.1, 6.2.2.
    private void Field(List<byte> block, string name, string value, int nameIndex)
    {
        int index = _table.IndexOf((name, value));
        if (index >= 0)
        {
            Number(block, 0x80, 7, 62 + index);
            Indexed++;
            return;
        }

        bool adds = Random.Next(4) != 0;
        int known = nameIndex != 0 ? nameIndex : _table.FindIndex(field => field.Name == name) is int at and >= 0 ? 62 + at : 0;
        Number(block, (byte)(adds ? 0x40 : 0), adds ? 6 : 4, known);
        if (known == 0)
        {
            Text(block, name);
        }

        Text(block, value);
        if (adds)
        {
            int size = name.Length + value.Length + 32;
            Evict(size);
            if (size <= _limit)
            {
                _table.Insert(0, (name, value));
            }
        }
    }

    private void Evict(int size)
    {
        while (_table.Count != 0 && _table.Sum(field => field.Name.Length + field.Value.Length + 32) + size > _limit)
        {
            _table.RemoveAt(_table.Count - 1);
        }
    }

    private static void Number(List<byte> block, byte pattern, int bits, int value)
    {
        int most = (1 << bits) - 1;
        block.Add((byte)(pattern | Math.Min(value, most)));
        if (value >= most)
        {
            for (value -= most; value >= 0x80; value >>= 7)
            {
                block.Add((byte)(value | 0x80));
            }

            block.Add((byte)value);
        }
    }

    private static void Text(List<byte> block, string text)
    {
        Number(block, 0, 7, text.Length);
        block.AddRange(Encoding.ASCII.GetBytes(text));
    }

    private sealed class Request(string path, int length)
    {
        public string Path { get; } = path;

        public int Length { get; } = length;

        public string Head { get; set; } = string.Empty;

        public List<byte> Body { get; } = [];
    }
}
