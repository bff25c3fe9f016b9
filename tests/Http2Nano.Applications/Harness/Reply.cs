using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;

namespace Http2Nano.Applications.Harness;

/// <summary>The last response that curl got.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Fields">Its fields, names in lower case.</param>
/// <param name="Body">Its body, decoded.</param>
/// <param name="Uploaded">Octets of body that curl sent.</param>
internal sealed record Reply(int Status, IReadOnlyList<(string Name, string Value)> Fields, byte[] Body, long Uploaded)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>All that the client can see.</summary>
    public string Everything => string.Join('\n', Fields.Select(f => f.Name + ": " + f.Value)) + "\n\n" + Text;

    public string? Field(string name) => Fields.Where(field => field.Name == name).Select(field => field.Value).FirstOrDefault();

    /// <summary>Runs curl.</summary>
    public static async Task<Reply> OfCurlAsync(IReadOnlyList<string> arguments)
    {
        using var body = new TemporaryFile();
        using var head = new TemporaryFile();
        Outcome outcome = await Tool.Find("curl").SucceedAsync(
            ["-sS", "-k", "-o", body.Path, "-D", head.Path, "-w", "%{http_code} %{size_upload}", .. arguments]);
        string[] said = outcome.Text.Split(' ');

        // Of several heads, of 1xx or of redirects, the last.
        string last = Encoding.Latin1.GetString(head.Content).TrimEnd().Split("\r\n\r\n")[^1];
        return new Reply(
            int.Parse(said[0], CultureInfo.InvariantCulture),
            [.. last.Split("\r\n").Skip(1).Select(line => (line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant(), line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))],
            File.Exists(body.Path) ? body.Content : [],
            long.Parse(said[1], CultureInfo.InvariantCulture));
    }
}
