using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Http2Nano.Cli.Network;

/// <summary>A response over HTTP/1.1.</summary>
/// <param name="Version">Its version, such as <c>HTTP/1.1</c>.</param>
/// <param name="Status">Its status.</param>
/// <param name="Fields">Its fields, names in lower case.</param>
/// <param name="Length">Bytes of its body.</param>
/// <param name="KeepsAlive">Whether the connection persists.</param>
/// <param name="IsChunked">Whether its body had the chunked coding.</param>
internal sealed record Http1Response(string Version, int Status, List<(string Name, string Value)> Fields, long Length, bool KeepsAlive, bool IsChunked)
{
    public string? Field(string name) => Fields.Find(field => field.Name == name).Value;
}

/// <summary>The client's side of an HTTP/1.1 connection.</summary>
internal sealed class Http1Peer(Stream stream)
{
    private const int InputSize = 64 * 1024;
    private readonly byte[] _input = new byte[InputSize];
    private int _start;
    private int _end;

    /// <summary>The octets after the last response.</summary>
    public ReadOnlySpan<byte> Rest => _input.AsSpan(_start, _end - _start);

    /// <summary>Called with each interim response, such as 103.</summary>
    public Action<Http1Response>? Interim { get; set; }

    /// <summary>Called when the first octet of a response arrives.</summary>
    public Action? FirstByte { get; set; }

    public void Send(ReadOnlySpan<byte> request)
    {
        stream.Write(request);
        stream.Flush();
    }

    /// <summary>Reads a response to its end.</summary>
    /// <param name="hasBody">Whether the response may have a body: false after HEAD.</param>
    /// <exception cref="IOException">The connection has ended, or has been silent for too long.</exception>
    /// <exception cref="InvalidDataException">The response is not HTTP/1.1.</exception>
    public Http1Response Read(bool hasBody = true)
    {
        while (true)
        {
            Http1Response head = ReadHead();
            if (head.Status is >= 100 and < 200 and not 101)
            {
                Interim?.Invoke(head);
                continue;
            }

            if (!hasBody || head.Status is 101 or 204 or 304)
            {
                return head;
            }

            if (head.IsChunked)
            {
                return head with { Length = ReadChunks() };
            }

            if (head.Field("content-length") is { } length)
            {
                long left = long.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture);
                Skip(left);
                return head with { Length = left };
            }

            return head with { Length = SkipToEnd(), KeepsAlive = false };
        }
    }

    private Http1Response ReadHead()
    {
        string first = ReadLine();
        string[] parts = first.Split(' ', 3);
        if (!first.StartsWith("HTTP/1.", StringComparison.Ordinal) || parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            throw new InvalidDataException("What came is no HTTP/1.1.");
        }

        List<(string Name, string Value)> fields = [];
        bool keeps = parts[0] != "HTTP/1.0";
        bool chunked = false;
        for (string line = ReadLine(); line.Length != 0; line = ReadLine())
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new InvalidDataException("What came is no HTTP/1.1.");
            }

            string name = line[..colon].ToLowerInvariant();
            string value = line[(colon + 1)..].Trim();
            fields.Add((name, value));
            if (name == "connection" && value.Contains("close", StringComparison.OrdinalIgnoreCase))
            {
                keeps = false;
            }
            else if (name == "connection" && value.Contains("keep-alive", StringComparison.OrdinalIgnoreCase))
            {
                keeps = true;
            }

            chunked |= name == "transfer-encoding" && value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase);
        }

        return new Http1Response(parts[0], status, fields, 0, keeps, chunked);
    }

    private string ReadLine()
    {
        int searched = 0;
        while (true)
        {
            int at = Rest[searched..].IndexOf((byte)'\n');
            if (at >= 0)
            {
                ReadOnlySpan<byte> line = Rest[..(searched + at)];
                string text = Encoding.Latin1.GetString(line.TrimEnd((byte)'\r'));
                _start += searched + at + 1;
                return text;
            }

            searched = _end - _start;
            Fill();
        }
    }

    private long ReadChunks()
    {
        long length = 0;
        while (true)
        {
            string size = ReadLine().Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int count))
            {
                throw new InvalidDataException("A chunk has no size.");
            }

            if (count == 0)
            {
                while (ReadLine().Length != 0)
                {
                    // Trailers.
                }

                return length;
            }

            Skip(count);
            length += count;
            ReadLine();
        }
    }

    private void Skip(long count)
    {
        while (count > 0)
        {
            if (_start == _end)
            {
                Fill();
            }

            int part = (int)Math.Min(count, _end - _start);
            _start += part;
            count -= part;
        }
    }

    private long SkipToEnd()
    {
        long length = 0;
        try
        {
            while (true)
            {
                length += _end - _start;
                _start = _end;
                Fill();
            }
        }
        catch (EndOfStreamException)
        {
            return length;
        }
    }

    private void Fill()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == InputSize)
        {
            if (_start == 0)
            {
                throw new InvalidDataException("A line of the response is longer than 64 KB.");
            }

            Buffer.BlockCopy(_input, _start, _input, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        int count = stream.Read(_input, _end, InputSize - _end);
        if (count == 0)
        {
            throw new EndOfStreamException("The server has closed the connection.");
        }

        FirstByte?.Invoke();
        FirstByte = null;
        _end += count;
    }
}
