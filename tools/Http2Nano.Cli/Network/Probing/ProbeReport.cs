using System;
using System.Collections.Generic;

namespace Http2Nano.Cli.Network.Probing;

/// <summary>How a finding is meant.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Worth changing.</summary>
    Warning,

    /// <summary>Wrong.</summary>
    Bad,
}

/// <summary>What was found.</summary>
/// <param name="Verdict">How it is meant.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">A sentence.</param>
internal sealed record ProbeFinding(Verdict Verdict, string Subject, string Text);

/// <summary>One way to speak with the server.</summary>
/// <param name="Name">The way.</param>
/// <param name="Speaks">Whether the server speaks it.</param>
/// <param name="Status">The status of its answer; 0 for none.</param>
/// <param name="FirstByte">Milliseconds from the request to the first octet of its answer; null for none.</param>
/// <param name="Remark">What else was seen.</param>
internal sealed record ProbeProtocol(string Name, bool Speaks, int Status, double? FirstByte, string Remark);

/// <summary>The server's TLS.</summary>
/// <param name="Versions">The versions that it speaks.</param>
/// <param name="Cipher">The cipher suite of the newest one.</param>
/// <param name="Alpn">What it chose of h2 and http/1.1 by ALPN; null if it chose nothing.</param>
/// <param name="Handshake">Milliseconds of the handshake.</param>
/// <param name="Subject">Whom the certificate is for.</param>
/// <param name="Issuer">Who signed it.</param>
/// <param name="Ends">When it ends.</param>
/// <param name="Trouble">Why it is not trusted; null if it is.</param>
internal sealed record ProbeTls(IReadOnlyList<string> Versions, string Cipher, string? Alpn, double Handshake, string Subject, string Issuer, DateTime Ends, string? Trouble);

/// <summary>What the server says of its HTTP/2 connection.</summary>
/// <param name="Settings">Its SETTINGS, by the names of RFC 9113 6.5.2.</param>
/// <param name="AcknowledgesSettings">Whether it acknowledged the client's.</param>
/// <param name="AnswersPing">Milliseconds of a PING; null if it was not answered.</param>
/// <param name="Window">Octets that the connection's window was opened by.</param>
/// <param name="Pushes">Paths that it promised.</param>
/// <param name="EarlyHints">Links of 103 responses.</param>
/// <param name="Priorities">What was seen of priorities.</param>
internal sealed record ProbeHttp2(
    IReadOnlyDictionary<string, uint> Settings, bool AcknowledgesSettings, double? AnswersPing, long Window, IReadOnlyList<string> Pushes, IReadOnlyList<string> EarlyHints, string Priorities);

/// <summary>All that was found.</summary>
/// <param name="Url">What was asked for.</param>
/// <param name="Address">Where.</param>
/// <param name="Tls">Its TLS; null without.</param>
/// <param name="Protocols">The ways to speak with it.</param>
/// <param name="Http2">What it says of HTTP/2; null where it does not speak it.</param>
/// <param name="Fields">The fields of its answer.</param>
/// <param name="Findings">The findings.</param>
internal sealed record ProbeReport(
    string Url, string Address, ProbeTls? Tls, IReadOnlyList<ProbeProtocol> Protocols, ProbeHttp2? Http2, IReadOnlyList<string> Fields, IReadOnlyList<ProbeFinding> Findings);
