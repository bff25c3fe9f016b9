using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Clients;

/// <summary>nghttp, run twice: with <c>-nv</c> for what it says of the frames, and without for the body.</summary>
internal sealed partial class NghttpClient(bool secure) : Client
{
    // Between the two a number of the status may get one more digit.
    private const int Attempts = 3;

    public override bool Secure => secure;

    public override async Task<Answer> SendAsync(Uri origin, Ask ask)
    {
        using var upload = new TemporaryFile(ask.Body ?? []);
        // As it is, so that octets can be counted: nghttp asks for gzip and unpacks it.
        List<string> arguments = [ask.At(origin).ToString(), "-H", "accept-encoding: identity"];
        if (ask.Body != null)
        {
            arguments.AddRange(["-d", upload.Path, "-H", "content-type: " + ask.ContentType]);
        }

        Tool nghttp = Tool.Find("nghttp");
        string frames;
        byte[] body;
        int octets;
        int attempts = 0;
        do
        {
            frames = (await nghttp.SucceedAsync(["-nv", .. arguments])).Text;
            body = (await nghttp.SucceedAsync(arguments)).Output;
            octets = DataFrame().Matches(frames).Sum(match => Number(match));
        }
        while (body.Length != octets && ++attempts < Attempts);
        Assert.AreEqual(body.Length, octets, "Octets in DATA frames.");
        StringAssert.Contains(frames, "recv SETTINGS frame <length=0, flags=0x01", "The client's SETTINGS were not acknowledged.");
        return new Answer(Number(StatusField().Match(frames)), "HTTP/2", TypeField().Match(frames).Groups[1].Value, body);
    }

    [GeneratedRegex(@"recv DATA frame <length=(\d+)")]
    private static partial Regex DataFrame();

    [GeneratedRegex(@"recv \(stream_id=\d+\) :status: (\d+)")]
    private static partial Regex StatusField();

    [GeneratedRegex(@"recv \(stream_id=\d+\) content-type: (.*)")]
    private static partial Regex TypeField();

    private static int Number(Match match) => match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : -1;
}
