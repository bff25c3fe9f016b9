using System;
using System.Collections.Generic;

namespace Http2Nano.Attacks.Scripts;

/// <summary>Octets that an attacker sends at once, and how long it then waits.</summary>
/// <param name="Octets">What is sent.</param>
/// <param name="Pause">Milliseconds; 0 sends on as fast as the server takes it.</param>
internal readonly record struct Step(byte[] Octets, int Pause = 0);

/// <summary>One way to harm a server by octets alone.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Reference">Where it is described.</param>
/// <param name="Script">What is sent, without end or for very long.</param>
internal sealed record Attack(string Name, string Reference, Func<IEnumerable<Step>> Script)
{
    /// <summary>How the server is expected to end it; null where it need not end.</summary>
    public string? End { get; init; }

    /// <summary>The attacker does not read what it is sent.</summary>
    public bool Deaf { get; init; }

    /// <summary>It works by keeping a connection, not by work: what it costs is a matter of time, not of octets.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Connections that the attacker holds at a time.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>Milliseconds between the first attempts of one connection and the next.</summary>
    public int Pace { get; init; }

    /// <summary>Milliseconds before a connection that was thrown out is made again.</summary>
    public int Rest { get; init; }

    /// <summary>How often honest clients come, on new connections, half a second apart.</summary>
    public int Visits { get; init; } = 1;

    public override string ToString() => Name;
}
