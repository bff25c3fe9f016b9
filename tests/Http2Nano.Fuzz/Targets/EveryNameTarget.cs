using System;
using System.Linq;
using Http2Nano.Devices;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// The answers to a guest's questions for names, under any datagram. They must be messages whose questions and records end where
/// the message does, and must not be answered in turn.
/// </summary>
public sealed class EveryNameTarget : IFuzzTarget
{
    private const int HeaderSize = 12;

    private readonly EveryName _names = new([192, 168, 4, 1]);
    private readonly byte[] _message = new byte[EveryName.LongestMessage];

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        ("address", Question("0161036E6574" + "00" + "00010001")),
        ("address6", Question("0161036E6574" + "00" + "001C0001")),
        ("any", Question("0161" + "00" + "00FF00FF")),
        ("compressed", Question("C00C" + "00010001")),
        ("longest", Question(string.Concat(Enumerable.Repeat("3F" + new string('6', 126), 3)) + "3D" + new string('6', 122) + "00" + "00010001")),
        ("too-long", Question(string.Concat(Enumerable.Repeat("3F" + new string('6', 126), 4)) + "00" + "00010001")),
        ("two", Convert.FromHexString("123401000002000000000000" + "016100" + "00010001" + "016200" + "00010001")),
    ];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        int count = Math.Min(input.Length, _message.Length);
        _message.AsSpan().Fill(0xA5);
        input[..count].CopyTo(_message);
        int length = _names.Answer(_message, count);
        if (length == 0)
        {
            SessionHarness.Check(count < HeaderSize || (input[2] & 0x80) != 0, "A question got no answer.");
            return;
        }

        SessionHarness.Check(length >= HeaderSize && length <= _message.Length, "A length that cannot be.");
        SessionHarness.Check(_message[0] == input[0] && _message[1] == input[1] && (_message[2] & 0x80) != 0, "Not the answer to the question.");
        int at = HeaderSize;
        int questions = Number(4);
        int records = Number(6);
        SessionHarness.Check(questions <= 1 && records <= questions && Number(8) == 0 && Number(10) == 0, "More than was asked for.");
        if (questions == 1)
        {
            at = DnsName.End(_message, at, length) + 4;
            SessionHarness.Check(at > HeaderSize + 4 && _message.AsSpan(HeaderSize, at - HeaderSize).SequenceEqual(input[HeaderSize..at]), "Another question than was asked.");
        }

        if (records == 1)
        {
            at = DnsName.End(_message, at, length);
            SessionHarness.Check(at > 0 && at + 14 == length && Number(at + 8) == 4, "A record that is none.");
            at = length;
        }

        SessionHarness.Check(at == length, "The message does not end where its records do.");
        SessionHarness.Check(_names.Answer(_message, length) == 0, "An answer is answered.");
    }

    private static byte[] Question(string digits) => Convert.FromHexString("123401000001000000000000" + digits);

    private int Number(int at) => (_message[at] << 8) | _message[at + 1];
}
