using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Net;
using Http2Nano.Host;

var http = new Option<int>("--http") { Description = "Port for HTTP/1.1 and HTTP/2 with prior knowledge; 0 turns it off.", DefaultValueFactory = _ => 8080 };
var https = new Option<int>("--https") { Description = "Port for HTTPS: HTTP/2 by ALPN, else HTTP/1.1; 0 turns it off.", DefaultValueFactory = _ => 8443 };
var bind = new Option<string>("--bind") { Description = "Address to listen at. Other machines reach the server only if this says so.", DefaultValueFactory = _ => "127.0.0.1" };
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

var command = new RootCommand("Serves the dashboard of a simulated device over HTTP/2 and HTTP/1.1.") { http, https, bind, quiet };
command.SetAction(arguments => SimulatedDevice.Run(new HostSettings(
    arguments.GetValue(http),
    arguments.GetValue(https),
    IPAddress.Parse(arguments.GetValue(bind)!),
    arguments.GetValue(quiet))));
return command.Parse(args).Invoke();
