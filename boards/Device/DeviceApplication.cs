using System;
using System.Threading;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Hosting;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The dashboard on a board: joins the network, sets the clock, serves. It joins again when the network is lost, and
    /// serves at the new address when that changes. Every error is reported on the console, and the step is tried again.
    /// </summary>
    public sealed class DeviceApplication
    {
        private const int Turn = 2000;
        private const int TurnsBetweenMeasurements = 5;
        private const int TurnsBetweenScans = 150;
        private const int ShortestPause = 2000;
        private const int LongestPause = 60000;

        private readonly DeviceLog _log = new DeviceLog();
        private readonly LoopWatchdog _watchdog = new LoopWatchdog();
        private readonly DeviceProfile _profile;
        private readonly DeviceNetwork _network;
        private readonly DeviceFiles _files;
        private readonly DeviceBoard _board;
        private DashboardApplication _dashboard;
        private HttpServerOptions _options;
        private HttpServer _server;
        private string _served;
        private bool _clockIsSet;
        private int _pause = ShortestPause;
        private int _turns;

        /// <summary>Takes the board's parts.</summary>
        /// <param name="profile">The board's properties.</param>
        /// <param name="network">Its network.</param>
        /// <param name="sensor">Its temperature sensor, or null.</param>
        /// <param name="outputPin">The pin of the output that the dashboard switches, or -1.</param>
        public DeviceApplication(DeviceProfile profile, DeviceNetwork network, TemperatureSensor sensor, int outputPin)
        {
            _profile = profile;
            _network = network;
            _files = new DeviceFiles(profile.Drive);
            _board = new DeviceBoard(profile, network, sensor, outputPin, _files, _log);
            if (profile.Tasks != null)
            {
                profile.Tasks.Start(profile, network, _files, _log);
            }
        }

        /// <summary>Runs the application. Does not return.</summary>
        public void Run()
        {
            Console.WriteLine(_board.Firmware + ", " + _board.HeapTotal.ToString() + " bytes of heap are free.");
            while (true)
            {
                int pause = Turn;
                try
                {
                    pause = TryToAdvance();
                }
                catch (Exception)
                {
                    // The heap is too full even for a message. The message is printed when there is room again.
                }

                // Sleeps here, where the stack takes the least heap.
                if (pause != 0)
                {
                    Thread.Sleep(pause);
                }

                _watchdog.Feed();
            }
        }

        // Returns the milliseconds to wait until the next call.
        private int TryToAdvance()
        {
            try
            {
                return Advance();
            }
            catch (OutOfMemoryException)
            {
                _log.Complain("The heap is full. The device goes on; choose a smaller profile in Program.cs.");
                return Turn;
            }
            catch (ArgumentException exception)
            {
                // An option does not fit the board; the message names it.
                _log.Complain(exception.Message);
            }
            catch (Exception exception)
            {
                _log.Complain("Something failed, and is tried again: " + exception.GetType().FullName + " " + exception.Message);
            }

            return LongerPause();
        }

        private int Advance()
        {
            if (_profile.Tasks != null && _profile.Tasks.Advance() && _served != null)
            {
                Withdraw();
            }

            string address = _network.Address;
            if (_served != null && address != _served)
            {
                _log.Say(address == null ? "The network is lost." : "The address has changed.");
                Withdraw();
            }

            if (address == null)
            {
                return Join() ? 0 : LongerPause();
            }

            if (_served == null)
            {
                Serve(address);
                return 0;
            }

            _pause = ShortestPause;
            Measure();
            _dashboard.Record();
            if (!_clockIsSet && SystemClock.IsSet)
            {
                _clockIsSet = true;
                _log.Say("The clock is set.");
                Notice();
            }

            return Turn;
        }

        // Returns false when the loop has to wait.
        private bool Join()
        {
            if (!_network.IsConfigured)
            {
                return _network.SetUp(_log, _profile.Port) || _network.Address != null;
            }

            _network.Connect(_log);
            return _network.Address != null;
        }

        private void Serve(string address)
        {
            _clockIsSet = SystemClock.Set(_log);
            if (_server == null)
            {
                Make();
            }
            else
            {
                LoadTls(_options);
            }

            Notice();
            _server.Start();
            _served = address;
            string open = _server.Port == HttpServerOptions.Off ? string.Empty : "http://" + address + Suffix(_server.Port, 80);
            string secure = _server.TlsPort == HttpServerOptions.Off ? string.Empty : "https://" + address + Suffix(_server.TlsPort, 443);
            _log.Say("Open " + open + (open.Length == 0 || secure.Length == 0 ? string.Empty : " or ") + secure);
            if (_profile.NetworkName != null)
            {
                bool isOpen = _server.Port != HttpServerOptions.Off;
                _profile.NetworkName.Start(_profile.Name, address, isOpen ? _server.Port : _server.TlsPort, !isOpen, _log);
            }
        }

        // Shows a fault of the whole device at the top of its page.
        private void Notice()
        {
            bool secure = _options.TlsPort != HttpServerOptions.Off || !HasTls;
            string notice = (secure ? string.Empty : "https is off: there is no certificate, or it does not load. ")
                + (_clockIsSet ? string.Empty : "The clock is not set.");
            _dashboard.Notice = notice.Length == 0 ? null : notice.Trim();
        }

        // The part of a URL after the host name.
        private static string Suffix(int port, int usual)
        {
            return port == usual ? string.Empty : ":" + port.ToString();
        }

        private void Withdraw()
        {
            _served = null;
            if (_profile.NetworkName != null)
            {
                _profile.NetworkName.Stop();
            }

            // The event streams are used again at the next start, so they are not stopped here: the server waits for them
            // for its drain timeout.
            _server.Stop();
        }

        // Allocates everything that serving needs. When a part does not fit, the parts made before are kept.
        private void Make()
        {
            if (_options == null)
            {
                _options = MakeOptions();
            }

            if (_dashboard == null)
            {
                _dashboard = MakeDashboard();
                _log.Page = _dashboard.Log;
            }

            HttpServer server = new HttpServer(_options, _dashboard.Router);
            _dashboard.Counters = server.Counters;
            _server = server;
        }

        private bool HasTls
        {
            get { return _profile.Tls != null && _profile.TlsPort != HttpServerOptions.Off; }
        }

        private HttpServerOptions MakeOptions()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Limits = _profile.Limits;
            options.Backlog = _profile.Backlog;
            options.SilentConnections = _profile.SilentConnections;
            options.Connections = _profile.Connections;
            options.Port = _profile.Port;
            LoadTls(options);
            return options;
        }

        // Somebody may have replaced the certificate since the server was stopped.
        private void LoadTls(HttpServerOptions options)
        {
            if (HasTls)
            {
                options.Tls = _profile.Tls.Load(_files, _log);
                options.TlsPort = options.Tls == null ? HttpServerOptions.Off : _profile.TlsPort;
            }
        }

        private DashboardApplication MakeDashboard()
        {
            DashboardOptions options = _profile.Dashboard;
            AssetPack pack = _profile.Pages.Open(_files, options, _log);
            options.Users = DeviceUsers.Load(_files, _log);
            DashboardApplication dashboard = new DashboardApplication(_board, pack, options);
            _profile.Pages.Map(_files, dashboard);
            return dashboard;
        }

        private void Measure()
        {
            // Counted first, so that a measurement that fails is not repeated before its time.
            int turn = _turns;
            _turns = (turn + 1) % (TurnsBetweenMeasurements * TurnsBetweenScans);
            if (turn % TurnsBetweenMeasurements == 0)
            {
                _board.Measure();
            }

            // A scan interrupts the radio for whoever is being served, so it is rare.
            if (_profile.MeasuresSignal && turn % TurnsBetweenScans == 0)
            {
                _network.Measure();
            }
        }

        private int LongerPause()
        {
            int pause = _pause;
            _pause = pause < LongestPause / 2 ? pause * 2 : LongestPause;
            return pause;
        }
    }
}
