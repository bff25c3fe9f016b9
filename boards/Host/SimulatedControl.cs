using System;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Access;
using Http2Nano.Dashboard;

namespace Http2Nano.Host;

/// <summary>
/// The settings of a simulated device: three networks, of which one takes any password but "wrong password". Nothing is kept
/// when the program ends.
/// </summary>
/// <param name="board">The device.</param>
/// <param name="users">Who may sign in, or null.</param>
/// <param name="user">The name of whose password is changed.</param>
/// <param name="certificate">What https is served with, or null.</param>
internal sealed class SimulatedControl(SimulatedBoard board, HashedSecrets? users, string user, SimulatedCertificate? certificate) : DeviceControl
{
    private static readonly (string Name, int Signal)[] s_networks = [("Home", -52), ("Greenhouse \u05E6\u05E4\u05D5\u05DF", -68), ("A neighbour with a long name 5 G", -83)];

    private readonly TimeSpan _scan = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _test = TimeSpan.FromSeconds(2);
    private string _wifi = "Home";
    private string? _trouble;
    private string _hostName = "http2nano";
    private string _server = "pool.ntp.org";
    private string _zone = string.Empty;
    private bool _scanned;
    private int _state;

    public override bool HasWifi => board.HasWifi;

    public override bool HasPassword => users != null;

    public override bool CanRestart => true;

    public override bool CanReset => true;

    public override string HostName => _hostName;

    public override string TimeServer => _server;

    public override string TimeZone => _zone;

    public override string WifiName => _wifi;

    public override int WifiState => Volatile.Read(ref _state);

    public override string? WifiTrouble => _trouble;

    public override int NetworkCount => _scanned ? s_networks.Length : 0;

    public override string NetworkName(int index) => s_networks[index].Name;

    public override int NetworkSignal(int index) => s_networks[index].Signal;

    public override void ScanWifi() => Later(Scanning, _scan, () => _scanned = true);

    public override void TryWifi(string name, string password)
    {
        _trouble = null;
        Later(Testing, _test, () =>
        {
            bool here = Array.Exists(s_networks, network => network.Name == name);
            _trouble = !here ? $"There is no Wi-Fi \"{name}\" here. The device is back in \"{_wifi}\"."
                : password == "wrong password" ? $"The Wi-Fi \"{name}\" refuses this password. The device is back in \"{_wifi}\"."
                : null;
            _wifi = _trouble == null ? name : _wifi;
        });
    }

    public override bool SetPassword(string password)
    {
        if (!board.HasStorage)
        {
            return false;
        }

        users!.Clear();
        users.Add($"{user}:{password}");
        return true;
    }

    public override bool SetHostName(string name)
    {
        _hostName = name;
        return board.HasStorage;
    }

    public override bool SetTime(string server, string zone)
    {
        (_server, _zone) = (server, zone);
        return board.HasStorage;
    }

    public override void Restart() => board.Restart();

    public override void Reset()
    {
        (_wifi, _hostName, _server, _zone, _trouble) = ("Home", "http2nano", "pool.ntp.org", string.Empty, null);
        board.Restart();
        certificate?.Forget();
    }

    private void Later(int state, TimeSpan time, Action act)
    {
        if (Interlocked.CompareExchange(ref _state, state, Idle) == Idle)
        {
            _ = Task.Delay(time).ContinueWith(
                _ =>
                {
                    act();
                    Volatile.Write(ref _state, Idle);
                },
                TaskScheduler.Default);
        }
    }
}
