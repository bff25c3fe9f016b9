using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Attacks.Loopback;
using Http2Nano.Attacks.Scripts;

namespace Http2Nano.Soak;

/// <summary>All attacks one after the other, each for a moment, in an order that is always the same.</summary>
internal sealed class HostileLoad(IPEndPoint server)
{
    private const int MostMilliseconds = 200;

    private readonly Random _random = new(7);

    /// <summary>Attacks begun.</summary>
    public int Attacks { get; private set; }

    /// <summary>Octets that attackers sent.</summary>
    public long Octets { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        IReadOnlyList<Attack> attacks = [.. Catalogue.All.Where(attack => attack.Connections == 1)];
        while (!stop.IsCancellationRequested)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            end.CancelAfter(_random.Next(MostMilliseconds));
            var attacker = new Attacker(server, attacks[_random.Next(attacks.Count)]);
            await attacker.RunAsync(end.Token);
            Attacks++;
            Octets += attacker.Sent;
        }
    }
}
