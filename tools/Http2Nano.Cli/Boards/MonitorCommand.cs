using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.IO.Ports;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Spectre.Console;

namespace Http2Nano.Cli.Boards;

/// <summary><c>http2nano monitor</c>: shows the output of a board's serial console.</summary>
internal static class MonitorCommand
{
    private enum LineForm
    {
        WithTime,
        Plain,
        Json,
    }

    private const int UsualBaud = 921_600;
    private const int Pause = 500;
    private const int LongestLine = 4096;

    public static Command Create()
    {
        Option<string> port = new("--port", "-p") { Description = "The serial port; the only one unless given." };
        Option<int> baud = new("--baud", "-b") { Description = "The rate.", DefaultValueFactory = _ => UsualBaud };
        Option<string> filter = new("--filter", "-f") { Description = "Only lines that this regular expression matches." };
        Option<bool> withoutTime = new("--no-time") { Description = "No time before each line." };
        Option<bool> json = new("--json") { Description = "Print each line as an object of JSON." };
        baud.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0))
            {
                result.AddError($"--baud must be a rate, for instance {UsualBaud} or 115200.");
            }
        });
        filter.Validators.Add(result =>
        {
            try
            {
                _ = Expression(result.Tokens.Count == 0 ? "" : result.Tokens[0].Value);
            }
            catch (RegexParseException exception)
            {
                result.AddError($"--filter is no regular expression: {exception.Message.TrimEnd('.')}.");
            }
        });
        Command command = new("monitor", "Shows what a board says on its serial console, with the time, and waits for it when it is away.") { port, baud, filter, withoutTime, json };
        command.SetAction((result, cancellation) => RunAsync(
            SerialPorts.Choose(result.GetValue(port), null),
            result.GetValue(baud),
            result.GetValue(filter) is { } expression ? Expression(expression) : null,
            result.GetValue(json) ? LineForm.Json : result.GetValue(withoutTime) ? LineForm.Plain : LineForm.WithTime,
            cancellation));
        return ExampleHelp.With(command, "monitor --port /dev/ttyUSB0", "monitor --filter \"heap|Open\"");
    }

    private static Regex Expression(string text) => new(text, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static async Task<int> RunAsync(string port, int baud, Regex? filter, LineForm form, CancellationToken cancellation)
    {
        bool seen = false;
        bool told = false;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                using var serial = new SerialPort(port, baud) { Encoding = Encoding.UTF8, ReadTimeout = Pause };
                serial.Open();
                Remark(seen ? $"{port} is there again." : $"Reading {port}. Press Ctrl-C to stop.");
                seen = true;
                told = false;
                await Task.Run(() => Read(serial, filter, form, cancellation), CancellationToken.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or OperationCanceledException)
            {
                if (!seen && exception is not OperationCanceledException)
                {
                    throw new UserException(SerialPorts.IsMissing(port)
                        ? $"There is no serial port {port}: is the board connected, and the name right?"
                        : exception is UnauthorizedAccessException
                        ? $"{port} may not be opened: another program has it, or you may not use serial ports (on Linux the group dialout may)."
                        : $"{port} cannot be opened: {exception.Message.TrimEnd('.')}. Is the board connected, and the port right?");
                }

                if (!told && !cancellation.IsCancellationRequested)
                {
                    told = true;
                    Remark($"{port} is gone; waiting for it.");
                }
            }

            try
            {
                await Task.Delay(Pause, cancellation);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C.
            }
        }

        return 0;
    }

    private static void Read(SerialPort serial, Regex? filter, LineForm form, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        byte[] buffer = new byte[1024];
        Decoder decoder = Encoding.UTF8.GetDecoder();
        char[] text = new char[2048];
        while (!cancellation.IsCancellationRequested)
        {
            int count;
            try
            {
                count = serial.BaseStream.Read(buffer, 0, buffer.Length);
            }
            catch (TimeoutException)
            {
                if (SerialPorts.IsMissing(serial.PortName))
                {
                    throw new IOException("The port is gone.");
                }

                continue;
            }

            if (count == 0)
            {
                throw new IOException("The port is gone.");
            }

            int length = decoder.GetChars(buffer, 0, count, text, 0);
            foreach (char c in text.AsSpan(0, length))
            {
                if (c == '\n' || line.Length == LongestLine)
                {
                    Show(line.ToString(), filter, form);
                    line.Clear();
                }

                // The board's output must not move the cursor of this terminal.
                if (c is not ('\n' or '\r'))
                {
                    line.Append(char.IsControl(c) && c != '\t' ? '·' : c);
                }
            }
        }
    }

    private static void Show(string line, Regex? filter, LineForm form)
    {
        if (filter != null && !filter.IsMatch(line))
        {
            return;
        }

        if (form == LineForm.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { time = DateTime.Now, text = line }));
            return;
        }

        string time = form == LineForm.WithTime ? $"[grey]{DateTime.Now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}[/]  " : "";
        Terminal.Out.MarkupLine(time + Markup.Escape(line));
    }

    private static void Remark(string text) => Terminal.Error.MarkupLine($"[yellow]{Markup.Escape(text)}[/]");
}
