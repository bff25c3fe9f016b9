using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Remembering;

/// <summary>
/// That requests are remembered changes nothing but what they cost: a server that remembers and one that does not are told the
/// same, and send the same octets and show their handlers the same requests.
/// </summary>
[TestClass]
public sealed class RememberingTests
{
    private const uint Seed = 15;
    private const int FixedRuns = 1500;
    private static readonly int[] s_pieces = [int.MaxValue, int.MaxValue, 40, 3];
    private static readonly int s_seconds = Environment.GetEnvironmentVariable("CI") == "true" ? 10 : 3;

    private static readonly Gen<Move> s_move = Gen.Select(
        Gen.Int[0, 19], Gen.Int[0, 10], Gen.Int[0, 1000], Gen.Int[0, 1000], (what, how, which, flavour) => new Move(what, how, which, flavour));

    private static readonly Gen<(bool Http2, bool Secure, int Exchanges, int Piece, Move[] Moves)> s_runs =
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[1, 4], Gen.Int[0, 3].Select(i => s_pieces[i]), s_move.Array[4, 40]);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Fixed_traffic_is_answered_alike_with_and_without_memory()
    {
        int remembered = 0;
        var random = new PCG(Seed, 1);
        for (int i = 0; i < FixedRuns; i++)
        {
            var (http2, secure, exchanges, piece, moves) = s_runs.Generate(random, null, out _);
            remembered += Play(http2, secure, exchanges, piece, moves);
        }

        TestContext.WriteLine($"{remembered} requests were remembered.");
        Assert.IsGreaterThan(FixedRuns, remembered);
    }

    [TestMethod]
    public void Random_traffic_is_answered_alike_with_and_without_memory() =>
        s_runs.Sample(run => Play(run.Http2, run.Secure, run.Exchanges, run.Piece, run.Moves) >= 0, time: s_seconds, threads: 1);

    [TestMethod]
    public void An_insertion_between_two_equal_blocks_makes_them_two_requests()
    {
        // The last field is the newest of the table: x-a: 1 first, x-b: 2 behind it.
        byte[] indexed = [0x82, 0x86, 0x84, 1, 1, (byte)'d', 0xBE];
        byte[] first = [0x82, 0x86, 0x84, 1, 1, (byte)'d', 0x40, 3, .. "x-a"u8, 1, (byte)'1'];
        byte[] second = [0x82, 0x86, 0x84, 1, 1, (byte)'d', 0x40, 3, .. "x-b"u8, 1, (byte)'2'];
        Side side = Ask(first, indexed, indexed, second, indexed, indexed);
        string seen = side.Application.Seen.ToString();
        Assert.AreEqual(3, Count(seen, "x-a: 1"));
        Assert.AreEqual(3, Count(seen, "x-b: 2"));
        Assert.IsGreaterThan(0, side.Remembered);
    }

    [TestMethod]
    public void A_smaller_table_between_two_equal_blocks_makes_the_second_an_error()
    {
        byte[] indexed = [0x82, 0x86, 0x84, 1, 1, (byte)'d', 0xBE];
        byte[] first = [0x82, 0x86, 0x84, 1, 1, (byte)'d', 0x40, 3, .. "x-a"u8, 1, (byte)'1'];
        byte[] empty = [0x20, 0x82, 0x86, 0x84, 1, 1, (byte)'d'];
        Side side = Ask(first, indexed, indexed, empty, indexed);
        Assert.IsTrue(side.Finished);
        Assert.AreEqual(3, Count(side.Application.Seen.ToString(), "x-a: 1"));
    }

    [TestMethod]
    public void The_same_block_while_its_exchange_is_taken_is_read_by_another_one()
    {
        byte[] block = [0x82, 0x86, 4, 9, .. "/deferred"u8, 1, 1, (byte)'d'];
        Side side = Ask(block, block, block);
        Assert.AreEqual(3, Count(side.Application.Seen.ToString(), "GET /deferred"));
        side.Complete(1);
        side.Complete(1);
        side.Complete(1);
        Assert.AreEqual(3, Count(Encoding.Latin1.GetString([.. side.Sent]), "late"));
    }

    [TestMethod]
    [DataRow("/b/%31", "GET /b/1 ")]
    [DataRow("/more", "GET /more ")]
    [DataRow("/full", "GET /full ")]
    public void A_request_whose_octets_were_changed_is_read_again(string path, string seen)
    {
        byte[] block = [0x82, 0x86, 4, (byte)path.Length, .. Encoding.ASCII.GetBytes(path), 1, 1, (byte)'d'];
        Side side = Ask(block, block, block);
        Assert.AreEqual(3, Count(side.Application.Seen.ToString(), seen));
        Assert.AreEqual(0, Count(side.Application.Seen.ToString(), "x-own"));
    }

    // The number of requests that were remembered.
    private static int Play(bool http2, bool secure, int exchanges, int piece, Move[] moves)
    {
        Side with = new(Limits(exchanges), true);
        Side without = new(Limits(exchanges), false);
        Client client = new();
        long now = 1000;
        bool open = false;
        foreach (Move move in moves)
        {
            if (!open || with.Finished || move.What == 0)
            {
                now += 10;
                client.Begin();
                with.Begin(now, secure);
                without.Begin(now, secure);
                open = true;
                if (http2)
                {
                    Tell(client.Preface);
                }
            }

            byte[] octets = (http2, move.What) switch
            {
                (true, 1) => client.Frame(8, 0, 0, [0, 0, 8, 0]),
                (true, 2) => client.Frame(8, 0, client.Stream, [0, 0, 8, 0]),
                (true, 3) => client.Frame(3, 0, Math.Max(client.Stream, 1), [0, 0, 0, 8]),
                (true, 4) => client.Frame(6, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]),
                (true, 5) => [.. client.Headers(move.How, move.Which, move.Flavour), .. client.Headers(move.How, move.Which + 1, move.Flavour)],
                (true, _) => client.Headers(move.How, move.Which, move.Flavour),
                (false, 5) => [.. client.Head(move.How, move.Which, move.Flavour), .. client.Head(move.How, move.Which + 1, move.Flavour)],
                (false, _) => client.Head(move.How, move.Which, move.Flavour),
            };
            if (move.What == 6)
            {
                with.Complete(now);
                without.Complete(now);
            }

            Tell(octets);
            void Tell(byte[] what)
            {
                int taken = move.What == 7 ? 100 : int.MaxValue;
                with.Receive(what, piece, taken, now);
                without.Receive(what, piece, taken, now);
                Compare(with, without);
            }
        }

        Assert.AreEqual(0, without.Remembered);
        return with.Remembered;
    }

    private static void Compare(Side with, Side without)
    {
        Assert.AreEqual(without.Application.Seen.ToString(), with.Application.Seen.ToString());
        Assert.AreEqual(without.Finished, with.Finished);
        CollectionAssert.AreEqual(Undated(without.Sent), Undated(with.Sent));
        Assert.AreEqual(without.Counters.Requests, with.Counters.Requests);
        Assert.AreEqual(without.Counters.FieldBytesSaved, with.Counters.FieldBytesSaved);
        Assert.AreEqual(without.Counters.Refused, with.Counters.Refused);
    }

    // The clocks are read at different times.
    private static byte[] Undated(List<byte> sent)
    {
        byte[] octets = [.. sent];
        Span<byte> rest = octets;
        for (int at = rest.IndexOf(" GMT"u8); at >= 0; at = rest.IndexOf(" GMT"u8))
        {
            rest[Math.Max(0, at - 25)..(at + 4)].Clear();
        }

        // Of the last one there may be only the beginning, from "Sun, 0" on.
        rest = rest[Math.Max(0, rest.Length - 28)..];
        int begun = rest.IndexOf(", "u8);
        if (begun >= 3)
        {
            rest[begun..].Clear();
        }

        return octets;
    }

    private static Side Ask(params byte[][] blocks)
    {
        Side side = new(Limits(4), true);
        Client client = new();
        client.Begin();
        side.Begin(0, false);
        side.Receive(client.Preface, int.MaxValue, int.MaxValue, 1);
        for (int i = 0; i < blocks.Length; i++)
        {
            side.Receive(client.Frame(1, 5, (2 * i) + 1, blocks[i]), int.MaxValue, int.MaxValue, 1);
        }

        return side;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static HttpLimits Limits(int exchanges) => new()
    {
        Exchanges = exchanges,
        ExchangeSize = 1024,
        ReceiveBufferSize = 512,
        TransmitBufferSize = 1024,
        MaximumStreams = 4,
    };

    private readonly record struct Move(int What, int How, int Which, int Flavour);
}
