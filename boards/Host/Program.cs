using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Net;
using Http2Nano.Host;

var http = new Option<int>("--http") { Description = "Port for HTTP/1.1 and HTTP/2 with prior knowledge; 0 turns it off.", DefaultValueFactory = _ => 8080 };
var https = new Option<int>("--https") { Description = "Port for HTTPS: HTTP/2 by ALPN, else HTTP/1.1; 0 turns it off.", DefaultValueFactory = _ => 8443 };
var bind = new Option<string>("--bind") { Description = "Address to listen at. Other machines reach the server only if this says so.", DefaultValueFactory = _ => "127.0.0.1" };
var profile = new Option<string>("--profile") { Description = "Be exactly as small as a board: tiny (ESP32-C3), default (ESP32) or large (ESP32 with PSRAM).", HelpName = "tiny|default|large" };
var budget = new Option<bool>("--budget") { Description = "Print what the server takes of a device's heap, part by part, and exit." };
var user = new Option<string[]>("--user") { Description = "Somebody who may use the switch and change settings; may be given again.", HelpName = "name:password", AllowMultipleArgumentsPerToken = false };
var sensorFault = new Option<int>("--sensor-fault") { Description = "Let the temperature sensor fall silent for this many seconds, answer for as many, and so on.", HelpName = "seconds" };
var quiet = new Option<bool>("--quiet") { Description = "Do not print a line for each request." };
foreach (Option<int> port in new[] { http, https })
{
    port.Validators.Add(result =>
    {
        if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 65535))
        {
            result.AddError($"{port.Name} must be a port from 1 to 65535, or 0 to turn it off.");
        }
    });
}

bind.Validators.Add(result =>
{
    if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out IPAddress? address) || address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
    {
        result.AddError("--bind must be an IPv4 address, for instance 127.0.0.1, or 0.0.0.0 for all.");
    }
});
profile.Validators.Add(result =>
{
    if (result.Tokens.Any(token => Profile.Find(token.Value) == null))
    {
        result.AddError($"--profile must be {string.Join(", ", Profile.All.SkipLast(1).Select(p => p.Name))} or {Profile.All[^1].Name}.");
    }
});
user.Validators.Add(result =>
{
    // RFC 7617 2: a name without a colon, and no control characters.
    if (result.Tokens.Any(token => token.Value.Split(':', 2) is not [{ Length: > 0 }, { Length: > 0 }] || token.Value.Any(char.IsControl)))
    {
        result.AddError("--user must be a name, a colon and a password, for instance anna:correct-horse.");
    }
});
sensorFault.Validators.Add(result =>
{
    if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 3600))
    {
        result.AddError("--sensor-fault must be a number of seconds from 1 to 3600.");
    }
});

var command = new RootCommand("Serves the dashboard of a simulated device over HTTP/2 and HTTP/1.1.") { http, https, bind, profile, budget, user, sensorFault, quiet };
command.SetAction(arguments =>
{
    var settings = new HostSettings(
        arguments.GetValue(http),
        arguments.GetValue(https),
        IPAddress.Parse(arguments.GetValue(bind)!),
        arguments.GetValue(quiet),
        arguments.GetValue(profile) is { } name ? Profile.Find(name) : null,
        arguments.GetValue(user) ?? [],
        arguments.GetValue(sensorFault));
    return arguments.GetValue(budget) ? SimulatedDevice.PrintBudget(settings) : SimulatedDevice.Run(settings);
});

ParseResult parsed = command.Parse(args);
if (parsed.Errors.Count == 0)
{
    return parsed.Invoke();
}

// One sentence says more than one and the whole help.
string sentence = parsed.Errors[0].Message.TrimEnd('.');
Console.Error.WriteLine(sentence + (sentence.StartsWith("--", StringComparison.Ordinal) ? "." : "; --help lists the options."));
return 1;
