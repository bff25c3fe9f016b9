using System;
using Http2Nano.Devices;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// The answers to a guest's wish for an address (RFC 2131), under any datagram: of a length that all clients take, to the client
/// and transaction that asked, with options that end.
/// </summary>
public sealed class AddressOfferTarget : IFuzzTarget
{
    private const int Options = 240;
    private const int ShortestReply = 300;

    private static readonly byte[] s_guest = [192, 168, 4, 2];

    private readonly AddressOffer _offer = new([192, 168, 4, 1], [255, 255, 255, 0], s_guest, "http://192.168.4.1/"u8.ToArray());
    private readonly byte[] _message = new byte[AddressOffer.LongestMessage];

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        ("discover", Message("350101" + "370401032A72" + "FF")),
        ("request", Message("350103" + "3204C0A80402" + "3604C0A80401" + "FF")),
        ("another", Message("350103" + "3204C0A80109" + "FF")),
        ("elsewhere", Message("350103" + "3604C0A80109" + "FF")),
        ("inform", Message("000000" + "350108" + "00FF")),
        ("release", Message("350107")),
        ("endless", Message("350101" + "0CFF41")),
    ];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        int count = Math.Min(input.Length, _message.Length);
        _message.AsSpan().Fill(0xA5);
        input[..count].CopyTo(_message);
        int length = _offer.Answer(_message, count);
        if (length == 0)
        {
            return;
        }

        SessionHarness.Check(length >= ShortestReply && length <= _message.Length, "A length that cannot be.");
        SessionHarness.Check(_message[0] == 2 && _message.AsSpan(4, 4).SequenceEqual(input[4..8]) && _message.AsSpan(28, 16).SequenceEqual(input[28..44]), "Not the answer to the message.");
        ReadOnlySpan<byte> given = _message.AsSpan(16, 4);
        SessionHarness.Check(given.SequenceEqual(s_guest) || given.IndexOfAnyExcept((byte)0) < 0, "An address that is not to be given.");
        int at = Options;
        while (at < length && _message[at] != 255)
        {
            at += _message[at] == 0 ? 1 : 2 + _message[at + 1];
        }

        SessionHarness.Check(at < length, "Options without an end.");
        SessionHarness.Check(_offer.Answer(_message, length) == 0, "An answer is answered.");
    }

    private static byte[] Message(string options)
    {
        byte[] octets = Convert.FromHexString(options);
        byte[] message = new byte[Options + octets.Length];
        new byte[] { 1, 1, 6, 0, 0xA1, 0xB2, 0xC3, 0xD4 }.CopyTo(message, 0);
        new byte[] { 10, 11, 12, 13, 14, 15 }.CopyTo(message, 28);
        new byte[] { 99, 130, 83, 99 }.CopyTo(message, 236);
        octets.CopyTo(message, Options);
        return message;
    }
}
