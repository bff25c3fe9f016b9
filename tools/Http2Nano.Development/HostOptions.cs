using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Http2Nano.Access;

namespace Http2Nano.Development;

/// <summary>The options that every application has on a PC.</summary>
internal sealed class HostOptions
{
    public HostOptions()
    {
        foreach (Option<int> port in new[] { Http, Https })
        {
            port.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 65535))
                {
                    result.AddError($"{port.Name} must be a port from 1 to 65535, or 0 to turn it off.");
                }
            });
        }

        Bind.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out IPAddress? address) || address.AddressFamily != AddressFamily.InterNetwork)
            {
                result.AddError("--bind must be an IPv4 address, for instance 127.0.0.1, or 0.0.0.0 for all.");
            }
        });
        Profile.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => BoardProfile.OfProfile(token.Value) == null))
            {
                result.AddError("--profile must be tiny, default or large.");
            }
        });
        Board.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => BoardProfile.Find(token.Value) == null))
            {
                result.AddError($"--board must be one of {string.Join(", ", BoardProfile.All.Select(board => board.Name))}.");
            }
        });
        Proxy.Validators.Add(result =>
        {
            try
            {
                _ = new TrustedProxies([.. result.Tokens.Select(token => token.Value)]);
            }
            catch (ArgumentException exception)
            {
                result.AddError("--proxy: " + exception.Message);
            }
        });
        User.Validators.Add(result =>
        {
            // RFC 7617 2: a name without a colon, and no control characters.
            if (result.Tokens.Any(token => token.Value.Split(':', 2) is not [{ Length: > 0 }, { Length: > 0 }] || token.Value.Any(char.IsControl)))
            {
                result.AddError("--user must be a name, a colon and a password, for instance anna:correct-horse.");
            }
        });
    }

    public Option<int> Http { get; } = new("--http") { Description = "Port for HTTP/1.1 and HTTP/2 with prior knowledge; 0 turns it off.", DefaultValueFactory = _ => 8080 };

    public Option<int> Https { get; } = new("--https") { Description = "Port for HTTPS: HTTP/2 by ALPN, else HTTP/1.1; 0 turns it off.", DefaultValueFactory = _ => 8443 };

    public Option<string> Bind { get; } = new("--bind") { Description = "Address to listen at. Other machines reach the server only if this says so.", DefaultValueFactory = _ => "127.0.0.1" };

    public Option<string> Board { get; } = new("--board") { Description = "Be exactly as small as a board, also in its few sockets.", HelpName = "ESP32-C3|…" };

    public Option<string> Profile { get; } = new("--profile") { Description = "Have the limits of a board, and the sockets of this machine: tiny (ESP32-C3), default (ESP32) or large (ESP32 with PSRAM).", HelpName = "tiny|default|large" };

    public Option<string[]> Limits { get; } = new("--limits") { Description = "Other limits than those of the board, by the names of HttpLimits.", HelpName = "name=number,…", DefaultValueFactory = _ => [] };

    public Option<bool> Budget { get; } = new("--budget") { Description = "Print what server and application take of the board's heap, part by part, and exit; 1 if it does not fit." };

    public Option<string[]> WhatIf { get; } = new("--what-if") { Description = "For --budget: with other limits.", HelpName = "name=number,…", DefaultValueFactory = _ => [] };

    public Option<bool> Json { get; } = new("--json") { Description = "For --budget: print JSON." };

    public Option<string[]> User { get; } = new("--user") { Description = "Somebody who may sign in; may be given again.", HelpName = "name:password", AllowMultipleArgumentsPerToken = false };

    public Option<string[]> Proxy { get; } = new("--proxy") { Description = "A reverse proxy that is believed when it says who its client is; may be given again.", HelpName = "address|network", AllowMultipleArgumentsPerToken = false };

    public Option<bool> NoEarlyHints { get; } = new("--no-early-hints") { Description = "Send no 103, for proxies that take it for the response." };

    public Option<bool> Trust { get; } = new("--trust") { Description = "Say how to make a browser trust the certificate, and exit." };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "Do not print a line for each request." };

    /// <summary>For <c>http2nano check</c>: counts the operations of requests in a program that counts.</summary>
    public Option<string[]> Count { get; } = new("--count-operations") { Hidden = true, AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Http, Https, Bind, Board, Profile, Limits, Budget, WhatIf, Json, User, Proxy, NoEarlyHints, Trust, Quiet, Count })
        {
            command.Add(option);
        }
    }

    public HostSettings Read(ParseResult arguments)
    {
        BoardProfile? board = arguments.GetValue(Board) is { } name
            ? BoardProfile.Find(name)
            : arguments.GetValue(Profile) is { } profile ? BoardProfile.OfProfile(profile) : null;
        return new HostSettings(
            arguments.GetValue(Http),
            arguments.GetValue(Https),
            IPAddress.Parse(arguments.GetValue(Bind)!),
            arguments.GetValue(Quiet),
            board,
            arguments.GetValue(Board) != null,
            arguments.GetValue(User) ?? [],
            arguments.GetValue(Proxy) ?? [],
            !arguments.GetValue(NoEarlyHints),
            LimitNames.Split([.. arguments.GetValue(Limits) ?? [], .. arguments.GetValue(WhatIf) ?? []]));
    }
}
