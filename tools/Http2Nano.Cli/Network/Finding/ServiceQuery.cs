using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ARSoft.Tools.Net.Dns;

namespace Http2Nano.Cli.Network.Finding;

/// <summary>A web server that answered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Text">Its TXT record.</param>
internal sealed record FoundService(string Name, IPAddress Address, int Port, string Text);

/// <summary>Queries the local network for web servers (RFC 6762, RFC 6763), and for boards by their names.</summary>
internal sealed class ServiceQuery
{
    private const string Services = "_http._tcp.local";
    private const int MulticastPort = 5353;
    private const int LargestMessage = 9000;
    private const int UsualPort = 80;

    // RFC 6762 18.12: asks for unicast responses.
    private const int UnicastAnswer = 0x8000;
    private static readonly IPAddress s_group = IPAddress.Parse("224.0.0.251");

    private readonly Dictionary<string, (string Target, int Port)> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<IPAddress>> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();

    /// <summary>Sends queries and collects the responses.</summary>
    /// <param name="names">Names of boards, which answer queries for their address only.</param>
    /// <param name="asked">The host to query; null for the whole network.</param>
    /// <param name="time">How long to listen.</param>
    /// <param name="cancellation">Ends the listening.</param>
    /// <returns>The services that answered, by name.</returns>
    /// <exception cref="SocketException">There is no network.</exception>
    public async Task<IReadOnlyList<FoundService>> AskAsync(IReadOnlyList<string> names, IPEndPoint? asked, TimeSpan time, CancellationToken cancellation)
    {
        List<Socket> sockets = asked == null ? Multicast() : [Unicast()];
        if (sockets.Count == 0)
        {
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(time);
        try
        {
            byte[][] questions = [Question(Services, RecordType.Ptr), .. names.Select(name => Question(name.EndsWith(".local", StringComparison.OrdinalIgnoreCase) ? name : name + ".local", RecordType.A))];
            foreach (Socket socket in sockets)
            {
                foreach (byte[] question in questions)
                {
                    try
                    {
                        socket.SendTo(question, asked ?? new IPEndPoint(s_group, MulticastPort));
                    }
                    catch (SocketException) when (sockets.Count > 1)
                    {
                        // The interface has no multicast; others may.
                    }
                }
            }

            await Task.WhenAll(sockets.Select(socket => ListenAsync(socket, deadline.Token)));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        cancellation.ThrowIfCancellationRequested();
        return Found(names);
    }

    private static Socket Unicast()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return socket;
    }

    // One socket for each interface, bound to the port that boards answer to.
    private static List<Socket> Multicast()
    {
        List<Socket> sockets = [];
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces().Where(n => n.OperationalStatus == OperationalStatus.Up && n.SupportsMulticast && n.NetworkInterfaceType != NetworkInterfaceType.Loopback))
        {
            if (network.GetIPProperties().UnicastAddresses.FirstOrDefault(a => a.Address.AddressFamily == AddressFamily.InterNetwork)?.Address is not { } own)
            {
                continue;
            }

            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(new IPEndPoint(IPAddress.Any, MulticastPort));
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(s_group, own));
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, own.GetAddressBytes());
                sockets.Add(socket);
            }
            catch (SocketException)
            {
                // Another program holds the port exclusively: only responses to this socket's own port can be received.
                socket.Dispose();
                sockets.Add(Unicast());
            }
        }

        return sockets;
    }

    private static byte[] Question(string name, RecordType type)
    {
        List<byte> message = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        foreach (string label in name.Split('.'))
        {
            byte[] octets = Encoding.UTF8.GetBytes(label);
            message.Add((byte)octets.Length);
            message.AddRange(octets);
        }

        message.AddRange([0, 0, (byte)type, UnicastAnswer >> 8, 1]);
        return [.. message];
    }

    private async Task ListenAsync(Socket socket, CancellationToken cancellation)
    {
        byte[] buffer = new byte[LargestMessage];
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), cancellation);
                Take(new ArraySegment<byte>(buffer, 0, received.ReceivedBytes));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // ICMP has reported a closed port.
            }
        }
    }

    private void Take(ArraySegment<byte> octets)
    {
        DnsMessage message;
        try
        {
            message = DnsMessage.Parse(octets.ToArray());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Malformed responses are ignored.
            return;
        }

        lock (_lock)
        {
            foreach (DnsRecordBase record in message.AnswerRecords.Concat(message.AdditionalRecords))
            {
                string name = record.Name.ToString().TrimEnd('.');
                switch (record)
                {
                    case SrvRecord service when name.EndsWith(Services, StringComparison.OrdinalIgnoreCase):
                        _services[name] = (service.Target.ToString().TrimEnd('.'), service.Port);
                        break;

                    case TxtRecord text:
                        _texts[name] = string.Join(' ', text.TextParts);
                        break;

                    case ARecord address:
                        (_addresses.TryGetValue(name, out HashSet<IPAddress>? known) ? known : _addresses[name] = []).Add(address.Address);
                        break;
                }
            }
        }
    }

    private List<FoundService> Found(IReadOnlyList<string> names)
    {
        List<FoundService> found = [];
        foreach ((string name, (string target, int port)) in _services)
        {
            foreach (IPAddress address in _addresses.GetValueOrDefault(target) ?? [])
            {
                found.Add(new FoundService(target, address, port, _texts.GetValueOrDefault(name, "")));
            }
        }

        foreach (string name in names.Select(name => name.EndsWith(".local", StringComparison.OrdinalIgnoreCase) ? name : name + ".local"))
        {
            foreach (IPAddress address in _addresses.GetValueOrDefault(name) ?? [])
            {
                if (!found.Exists(service => service.Address.Equals(address)))
                {
                    found.Add(new FoundService(name, address, UsualPort, ""));
                }
            }
        }

        return [.. found.OrderBy(service => service.Name, StringComparer.OrdinalIgnoreCase).ThenBy(service => service.Port)];
    }
}
