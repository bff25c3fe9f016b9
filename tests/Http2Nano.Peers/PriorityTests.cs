using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Http2Nano.Peers.Raw;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static Http2Nano.Peers.Raw.Octets;

namespace Http2Nano.Peers;

/// <summary>Two downloads of a megabyte on a slow reader's connection: who gets how much of it (RFC 9218).</summary>
[TestClass]
[TestCategory("Timing")]
public sealed partial class PriorityTests : HostTests
{
    private const int Length = 1_048_576;

    [TestMethod]
    [DataRow("u=1", "u=6", 1)]
    [DataRow("u=6", "u=1", 3)]
    [DataRow("u=1, i", "u=6, i", 1)]
    public async Task The_more_urgent_completes_before_the_other_moves_a_tenth(string first, string second, int urgent)
    {
        Race race = await RunAsync([Ask(1, first), Ask(3, second)]);
        Assert.IsLessThan(Length / 10, race.OthersWhenComplete[urgent], race.ToString());
    }

    [TestMethod]
    public async Task Of_the_same_urgency_the_first_asked_for_completes_first()
    {
        Race race = await RunAsync([Ask(1, "u=3"), Ask(3, "u=3")]);
        Assert.IsLessThan(Length / 10, race.OthersWhenComplete[1], race.ToString());
    }

    [TestMethod]
    public async Task Incremental_ones_share_evenly()
    {
        Race race = await RunAsync([Ask(1, "u=3, i"), Ask(3, "u=3, i")]);
        Assert.IsNotEmpty(race.Shares);
        foreach (double share in race.Shares)
        {
            Assert.AreEqual(0.5, share, 0.05, race.ToString());
        }
    }

    [TestMethod]
    public async Task PRIORITY_UPDATE_changes_the_order()
    {
        byte[] update = Frame(FrameKind.PriorityUpdate, 0, 0, [.. Number(3), .. Encoding.ASCII.GetBytes("u=0")]);
        Race race = await RunAsync([Ask(1, "u=3"), Ask(3, "u=5"), update]);
        Assert.IsLessThan(Length / 10, race.OthersWhenComplete[3], race.ToString());
    }

    [TestMethod]
    public async Task A_small_answer_does_not_wait_for_a_large_one_of_the_same_urgency()
    {
        // RFC 9218 10: browsers ask for pictures incrementally, and for what they need at once with more urgency.
        using RawConnection peer = await OpenAsync();
        await peer.SendAsync(Ask(1, "u=3, i"));
        await ReadAsync(peer, 100_000);
        await peer.SendAsync(Get(5, "/api/bytes/1000", ("priority", "u=1")));
        int before = 0;
        while (true)
        {
            ReceivedFrame frame = await NextAsync(peer);
            if (frame.Stream == 5 && frame.EndsStream)
            {
                break;
            }

            before += frame.Stream == 1 ? frame.Payload.Length : 0;
        }

        Assert.IsLessThan(Length / 10, before, "Octets of the large answer before the small one.");
    }

    [TestMethod]
    public async Task Weights_of_nghttp_order_the_answers()
    {
        // A client that knows only RFC 7540's weights.
        string log = (await Tool.Find("nghttp").SucceedAsync(
            ["-nv", "-w", "15", "-W", "15", "-p", "1", "-p", "256", $"{Host.Http}api/bytes/{Length}", $"{Host.Http}api/bytes/{Length - 1}"])).Text;
        Dictionary<int, int> octets = [];
        Dictionary<int, string> paths = [];
        int other = -1;
        foreach (Match match in Sent().Matches(log))
        {
            paths[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)] = match.Groups[2].Value;
        }

        foreach (Match match in Data().Matches(log))
        {
            int stream = int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture);
            octets[stream] = octets.GetValueOrDefault(stream) + int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            if (octets[stream] == Length - 1 && paths[stream].EndsWith($"/{Length - 1}", System.StringComparison.Ordinal) && other < 0)
            {
                other = octets.Where(pair => pair.Key != stream).Sum(pair => pair.Value);
            }
        }

        Assert.IsGreaterThanOrEqualTo(0, other, "The heavier answer never came to its end.");
        Assert.IsLessThan(Length / 2, other, "Octets of the lighter answer when the heavier one was complete.");
    }

    [GeneratedRegex(@"send HEADERS frame <[^>]*stream_id=(\d+)>(?:(?!send).)*?:path: (\S+)", RegexOptions.Singleline)]
    private static partial Regex Sent();

    [GeneratedRegex(@"recv DATA frame <length=(\d+), flags=0x(\d+), stream_id=(\d+)>")]
    private static partial Regex Data();

    private static byte[] Ask(int stream, string priority) => Get(stream, $"/api/bytes/{Length}", ("priority", priority));

    // Windows of the streams without bounds; that of the connection is what makes the reader slow.
    private static async Task<RawConnection> OpenAsync()
    {
        RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort, receiveBuffer: 16384);
        await peer.SendAsync(Hello((4, 0x7FFFFFFF)), Frame(FrameKind.Settings, Acknowledge, 0));
        return peer;
    }

    private static async Task<ReceivedFrame> NextAsync(RawConnection peer)
    {
        ReceivedFrame frame = await peer.ReadFrameAsync(FrameKind.Data);
        if (frame.Payload.Length != 0)
        {
            await peer.SendAsync(Frame(FrameKind.WindowUpdate, 0, 0, Number((uint)frame.Payload.Length)));
        }

        return frame;
    }

    private static async Task ReadAsync(RawConnection peer, int count)
    {
        for (int read = 0; read < count;)
        {
            read += (await NextAsync(peer)).Payload.Length;
        }
    }

    private static async Task<Race> RunAsync(byte[][] requests)
    {
        var race = new Race();
        using RawConnection peer = await OpenAsync();
        await peer.SendAsync([.. requests.SelectMany(octets => octets)]);
        while (race.OthersWhenComplete.Count < 2)
        {
            race.Note(await NextAsync(peer));
        }

        return race;
    }

    private sealed class Race
    {
        private readonly Dictionary<int, int> _octets = new() { [1] = 0, [3] = 0 };

        /// <summary>For each stream, what the other one had moved when it was complete.</summary>
        public Dictionary<int, int> OthersWhenComplete { get; } = [];

        /// <summary>The first stream's part of what had been moved, looked at while both were under way.</summary>
        public List<double> Shares { get; } = [];

        public int Total => _octets.Values.Sum();

        public void Note(ReceivedFrame frame)
        {
            int before = Total / (Length / 8);
            _octets[frame.Stream] += frame.Payload.Length;
            if (frame.EndsStream)
            {
                OthersWhenComplete[frame.Stream] = _octets[frame.Stream == 1 ? 3 : 1];
            }

            // From the start on the client's own reading is not yet in step.
            if (OthersWhenComplete.Count == 0 && Total / (Length / 8) != before && before > 0)
            {
                Shares.Add((double)_octets[1] / Total);
            }
        }

        public override string ToString() =>
            string.Join("; ", OthersWhenComplete.Select(pair => $"stream {pair.Key} complete, the other one at {pair.Value}")) + $"; shares {string.Join(' ', Shares.Select(s => s.ToString("0.000", CultureInfo.InvariantCulture)))}";
    }
}
