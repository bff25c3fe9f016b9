using System;
using System.Collections.Generic;

namespace Http2Nano.Cli.Network.Probing;

/// <summary>The severity of a finding.</summary>
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

/// <summary>A finding.</summary>
/// <param name="Verdict">Its severity.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">A sentence.</param>
internal sealed record ProbeFinding(Verdict Verdict, string Subject, string Text);

/// <summary>The result of one protocol.</summary>
/// <param name="Name">The protocol.</param>
/// <param name="Speaks">Whether the server supports it.</param>
/// <param name="Status">The status of its answer; 0 for none.</param>
/// <param name="FirstByte">Milliseconds from the request to the first octet of its response; null for none.</param>
/// <param name="Remark">A remark.</param>
internal sealed record ProbeProtocol(string Name, bool Speaks, int Status, double? FirstByte, string Remark);

/// <summary>The server's TLS.</summary>
/// <param name="Versions">The supported versions.</param>
/// <param name="Cipher">The cipher suite of the newest one.</param>
/// <param name="Alpn">The protocol that it chose by ALPN, of h2 and http/1.1; null for none.</param>
/// <param name="Handshake">Milliseconds of the handshake.</param>
/// <param name="Subject">The certificate's subject.</param>
/// <param name="Issuer">The certificate's issuer.</param>
/// <param name="Ends">When the certificate expires.</param>
/// <param name="Trouble">Why the certificate is not trusted; null if it is.</param>
internal sealed record ProbeTls(IReadOnlyList<string> Versions, string Cipher, string? Alpn, double Handshake, string Subject, string Issuer, DateTime Ends, string? Trouble);

/// <summary>The behaviour of the server's HTTP/2 connection.</summary>
/// <param name="Settings">Its SETTINGS, by the names of RFC 9113 6.5.2.</param>
/// <param name="AcknowledgesSettings">Whether it acknowledged the client's.</param>
/// <param name="AnswersPing">Milliseconds until a PING was answered; null if it was not.</param>
/// <param name="Window">Octets by which the server has enlarged the connection's window.</param>
/// <param name="Pushes">The promised paths.</param>
/// <param name="EarlyHints">Links of 103 responses.</param>
/// <param name="Priorities">The effect of priorities.</param>
internal sealed record ProbeHttp2(
    IReadOnlyDictionary<string, uint> Settings, bool AcknowledgesSettings, double? AnswersPing, long Window, IReadOnlyList<string> Pushes, IReadOnlyList<string> EarlyHints, string Priorities);

/// <summary>The results of a probe.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Address">The server's address.</param>
/// <param name="Tls">Its TLS; null without TLS.</param>
/// <param name="Protocols">The results of the protocols.</param>
/// <param name="Http2">Its HTTP/2; null when it does not support it.</param>
/// <param name="Fields">The fields of its response.</param>
/// <param name="Findings">The findings.</param>
internal sealed record ProbeReport(
    string Url, string Address, ProbeTls? Tls, IReadOnlyList<ProbeProtocol> Protocols, ProbeHttp2? Http2, IReadOnlyList<string> Fields, IReadOnlyList<ProbeFinding> Findings);
