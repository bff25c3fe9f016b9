using System;
using System.Text;
using Http2Nano.Devices;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// The responder of multicast DNS under any datagrams. It must not throw, write past what it says it wrote, or answer with what it
/// would not itself take for a message; and time alone always brings it back to a name.
/// </summary>
/// <remarks>Input: datagrams, each behind an octet that says from where and after how long, and one with its length (255: the rest).</remarks>
public sealed class MulticastDnsTarget : IFuzzTarget
{
    private const int HeaderSize = 12;
    private const int OtherPort = 40000;
    private const int Patience = 100;

    private static readonly byte[] s_address = [192, 168, 1, 7];

    private readonly byte[] _message = new byte[MulticastResponder.LongestMessage];

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        ("one-shot", Datagram(0x80, "123400000001000000000000" + "0968747470326E616E6F056C6F63616C00" + "00010001")),
        ("compressed", Datagram(1, "000000000002000000000000" + "046C6F6E67056C6F63616C00" + "00010001" + "0968747470326E616E6FC011" + "001C8001")),
        ("browse", Datagram(2, "000002000001000100000000" + "055F68747470045F746370056C6F63616C00" + "000C0001" + "C00C" + "000C0001" + "00001194" + "0008" + "05426F617264C00C")),
        ("conflict", Datagram(3, "000084000000000100000000" + "0968747470326E616E6F056C6F63616C00" + "00018001" + "00000078" + "0004" + "C0A80108")),
        ("probe", Datagram(0, "000000000001000000010000" + "0968747470326E616E6F056C6F63616C00" + "00FF8001" + "C00C" + "00010001" + "00000078" + "0004" + "C0A80108")),
        ("loop", Datagram(4, "000000000001000000000000" + "0161C00E" + "00010001")),
    ];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        long now = 1000;
        var responder = new MulticastResponder("http2nano", "Board", s_address, 80, false, 7, now);
        while (input.Length > 1)
        {
            bool multicast = input[0] < 0x80;
            now += (input[0] & 0x7F) * 50;
            int length = Math.Min(input[1] == 255 ? input.Length - 2 : input[1], Math.Min(input.Length - 2, _message.Length));
            Advance(responder, now);
            input.Slice(2, length).CopyTo(_message);
            Check(responder.Receive(_message, length, multicast ? MulticastResponder.Port : OtherPort, now), now, responder);
            input = input[(2 + length)..];
        }

        for (int turns = 0; responder.Wait(now) >= 0; turns++)
        {
            SessionHarness.Check(turns < Patience, "It never comes to rest.");
            now += responder.Wait(now);
            Advance(responder, now);
        }

        SessionHarness.Check(responder.HasName, "It has no name in the end.");
        SessionHarness.Check(Encoding.UTF8.GetByteCount(responder.HostName) <= DnsName.LongestLabel, "Its name is too long.");
    }

    private static byte[] Datagram(byte manner, string digits)
    {
        byte[] octets = Convert.FromHexString(digits);
        return [manner, (byte)octets.Length, .. octets];
    }

    private void Advance(MulticastResponder responder, long now)
    {
        for (int turns = 0; responder.Wait(now) == 0; turns++)
        {
            SessionHarness.Check(turns < Patience, "It always has something to do.");
            Check(responder.Advance(_message, now), now, responder);
        }
    }

    // What it writes is well-formed: its questions and records end where the message does.
    private void Check(int length, long now, MulticastResponder responder)
    {
        SessionHarness.Check(responder.Wait(now) >= -1 && length >= 0 && length <= _message.Length, "A length or a time that cannot be.");
        if (length == 0)
        {
            return;
        }

        int at = HeaderSize;
        for (int left = Number(4); left > 0; left--)
        {
            at = DnsName.End(_message, at, length) + 4;
        }

        for (int left = Number(6) + Number(8) + Number(10); left > 0; left--)
        {
            at = DnsName.End(_message, at, length);
            SessionHarness.Check(at > 0 && at + 10 <= length, "A record without an end.");
            at += 10 + Number(at + 8);
        }

        SessionHarness.Check(at == length, "The message does not end where its records do.");
    }

    private int Number(int at) => (_message[at] << 8) | _message[at + 1];
}
