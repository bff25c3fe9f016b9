using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;

namespace Http2Nano.Cli.Boards;

/// <summary><c>http2nano deploy [BOARD]</c>: flashes the application to a board.</summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        Argument<string?> board = new("BOARD") { Description = "A board.json or its folder; this folder, or the only one below Boards, unless given.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> port = new("--port", "-p") { Description = "The serial port; the one of board.json, or the only one, unless given." };
        Option<string> nanoff = new("--nanoff") { Description = "The path of nanoff; the one on the path unless given." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("deploy", "Brings the application that the extension has built onto a board.") { board, port, nanoff, json };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(board), result.GetValue(port), result.GetValue(nanoff), result.GetValue(json), cancellation));
        return ExampleHelp.With(command, "deploy Boards/ESP32-C3 --port /dev/ttyUSB0");
    }

    private static async Task<int> RunAsync(string? named, string? portOption, string? nanoffOption, bool json, CancellationToken cancellation)
    {
        BoardFile file = BoardFile.Read(named);
        if (file.Application.Length == 0)
        {
            throw new UserException("board.json names no application: the build leaves bin/Release/NAME.bin.");
        }

        string image = file.Existing(file.Application, "build the board's project with the nanoFramework extension, in the configuration Release.");
        Nanoff nanoff = Nanoff.Find(nanoffOption, json);
        string port = SerialPorts.Choose(portOption, file.Port);
        await nanoff.RunAsync($"Application {System.IO.Path.GetFileName(image)}", ["--nanodevice", "--deploy", "--serialport", port, "--image", image], cancellation);
        nanoff.Report(file, port);
        return 0;
    }
}
