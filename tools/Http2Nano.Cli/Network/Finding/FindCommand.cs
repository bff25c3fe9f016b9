using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Network.Probing;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Spectre.Console;

namespace Http2Nano.Cli.Network.Finding;

/// <summary><c>http2nano find</c>: finds boards in the local network.</summary>
internal static class FindCommand
{
    private const string UsualName = "http2nano";
    private const int ProbeTime = 2000;
    private const int MostSeconds = 60;

    public static Command Create()
    {
        Argument<string[]> names = new("NAME") { Description = "Names of boards, without .local: those that do not list their services answer to their names. http2nano unless given.", Arity = ArgumentArity.ZeroOrMore };
        Option<int> seconds = new("--seconds") { Description = "How long to listen.", DefaultValueFactory = _ => 3 };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Option<string> ask = new("--ask") { Description = "Ask this address and port instead of the whole network.", Hidden = true };
        names.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') || token.Value.Length > 63) is { } wrong)
            {
                result.AddError($"'{wrong.Value}' is neither an option nor the name of a board; --help lists what there is.");
            }
        });
        seconds.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, out int number) || number is < 1 or > MostSeconds))
            {
                result.AddError($"--seconds must be 1 to {MostSeconds}.");
            }
        });
        Command command = new("find", "Finds boards in the local network by DNS-SD, their addresses and protocols; exit code 1 if there are none.") { names, seconds, json, ask };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetValue(names) is { Length: > 0 } given ? given : [UsualName], result.GetValue(seconds), result.GetValue(ask), result.GetValue(json), cancellation));
        return ExampleHelp.With(command, "find", "find greenhouse relay1 --seconds 10");
    }

    private static async Task<int> RunAsync(string[] names, int seconds, string? ask, bool json, CancellationToken cancellation)
    {
        IPEndPoint? asked = null;
        if (ask != null && !IPEndPoint.TryParse(ask, out asked))
        {
            throw new UserException("--ask must be an address and a port, for instance 127.0.0.1:5353.");
        }

        IReadOnlyList<FoundService> found;
        try
        {
            found = await Work.DoAsync("Listening to the network", () => new ServiceQuery().AskAsync(names, asked, TimeSpan.FromSeconds(seconds), cancellation));
        }
        catch (SocketException)
        {
            throw new UserException("There is no network that can be asked: connect this machine to the one that the boards are in.");
        }

        if (found.Count == 0)
        {
            throw new UserException($"No board answers. Is it on, and in this network? Boards that do not list their services answer to their names: http2nano find NAME.");
        }

        var all = await Work.DoAsync("Asking what they speak", () => Task.WhenAll(found.Select(service => Task.Run(() => (Service: service, Protocols: Protocols(service)), cancellation))));
        if (json)
        {
            Console.WriteLine(JsonText.Of(all.Select(item => new { item.Service.Name, Address = item.Service.Address.ToString(), item.Service.Port, item.Protocols, item.Service.Text })));
            return 0;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Name");
        table.AddColumn("Open");
        table.AddColumn("Speaks");
        foreach ((FoundService service, string[] protocols) in all)
        {
            string url = $"http{(service.Port == 443 ? "s" : "")}://{service.Address}{(service.Port is 80 or 443 ? "" : $":{service.Port}")}/";
            table.AddRow(Terminal.Shown(service.Name), Terminal.Shown(url), Terminal.Shown(protocols.Length == 0 ? "does not answer" : string.Join(", ", protocols)));
        }

        Terminal.Out.Write(table);
        return 0;
    }

    private static string[] Protocols(FoundService service)
    {
        try
        {
            var target = new Target(new UriBuilder(service.Port == 443 ? "https" : "http", service.Address.ToString(), service.Port).Uri, [service.Address]);
            return [.. new Prober(target, ProbeTime).Probe().Protocols.Where(protocol => protocol.Speaks).Select(protocol => protocol.Name)];
        }
        catch (UserException)
        {
            return [];
        }
    }
}
