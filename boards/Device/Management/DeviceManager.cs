using System.Net.NetworkInformation;
using System.Threading;
using Http2Nano.Dashboard;
using Http2Nano.Hosting;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;

namespace Http2Nano.Devices
{
    /// <summary>
    /// What people change on the settings page, beside the name and the unit: asked for on the server's thread, done on the main
    /// one.
    /// </summary>
    public sealed class DeviceManager : DeviceTasks
    {
        // Milliseconds: the answer goes out before the network or the device does.
        private const int TimeForTheAnswer = 1500;

        private const int None = 0;
        private const int ToScan = 1;
        private const int ToTest = 2;
        private const int ToRestart = 3;
        private const int ToReset = 4;

        private readonly StoredChoices _choices = new StoredChoices();
        private DeviceProfile _profile;
        private INetworkChoice _network;
        private DeviceFiles _files;
        private DeviceLog _log;
        private string _wifi;
        private string _password;
        private string _trouble;
        private int _due;
        private bool _renews;

        /// <summary>Adds it to a board, with its routes.</summary>
        /// <param name="profile">The board's properties; its TLS and the options of its dashboard are not replaced afterwards.</param>
        public static void AddTo(DeviceProfile profile)
        {
            DeviceManager manager = new DeviceManager();
            manager._profile = profile;

            // The routes ask what there is when the dashboard is made, after Start.
            profile.Dashboard.AddPart(new ManagementRoutes(new ManagedDevice(manager)));
            DeviceCertificate certificate = profile.TlsPort == HttpServerOptions.Off ? null : profile.Tls as DeviceCertificate;
            if (certificate != null)
            {
                profile.Dashboard.AddPart(new CertificateRoutes(new ManagedCertificate(manager, certificate)));
            }

            profile.Tasks = manager;
        }

        /// <inheritdoc/>
        public override void Start(DeviceProfile profile, DeviceNetwork network, DeviceFiles files, DeviceLog log)
        {
            _profile = profile;
            _network = network as INetworkChoice;
            _files = files;
            _log = log;
            _choices.Load(files, profile.Name, log);
            if (profile.NetworkName != null && _choices.HostName != null)
            {
                profile.NetworkName.HostName = _choices.HostName;
            }

            if (_choices.TimeServer != null)
            {
                Sntp.Server1 = _choices.TimeServer;
            }

            if (_network != null)
            {
                _network.RestoreAfterTest(files, log);
            }
        }

        /// <inheritdoc/>
        public override bool Advance()
        {
            if (_renews)
            {
                Thread.Sleep(TimeForTheAnswer);
                _renews = false;
                _log.Say("https begins anew, with another certificate.");
                return true;
            }

            int due = _due;
            if (due == None)
            {
                return false;
            }

            if (due != ToScan)
            {
                Thread.Sleep(TimeForTheAnswer);
            }

            try
            {
                return Do(due);
            }
            finally
            {
                _due = None;
            }
        }

        /// <summary>Null where there is nothing to choose.</summary>
        internal INetworkChoice Network
        {
            get { return _network; }
        }

        internal DeviceProfile Profile
        {
            get { return _profile; }
        }

        internal DeviceFiles Files
        {
            get { return _files; }
        }

        internal StoredChoices Choices
        {
            get { return _choices; }
        }

        internal string Trouble
        {
            get { return _trouble; }
        }

        internal int State
        {
            get { return _due == ToScan ? DeviceControl.Scanning : _due == ToTest ? DeviceControl.Testing : DeviceControl.Idle; }
        }

        internal void Scan()
        {
            if (_due == None)
            {
                _due = ToScan;
            }
        }

        internal void Test(string wifi, string password)
        {
            _wifi = wifi;
            _password = password;
            _trouble = null;
            _due = ToTest;
        }

        internal void Restart()
        {
            _due = ToRestart;
        }

        /// <summary>Lets the server begin anew, with another certificate.</summary>
        internal void Renew()
        {
            _renews = true;
        }

        internal void Reset()
        {
            _due = ToReset;
        }

        internal bool SetPassword(string password)
        {
            return DeviceUsers.Change(_files, _profile.Dashboard.Users, password);
        }

        internal bool Save()
        {
            bool stored = _choices.Save(_files, _profile.Name);
            if (!stored)
            {
                _log.Complain("What was chosen is lost when the device restarts: " + _files.PathOf(StoredChoices.File) + " cannot be written.");
            }

            return stored;
        }

        private bool Do(int due)
        {
            switch (due)
            {
                case ToScan:
                    _network.Scan();
                    return false;

                case ToTest:
                    _log.Say("The Wi-Fi \"" + _wifi + "\" is tried.");
                    _trouble = _network.Try(_wifi, _password, _files, _log);
                    if (_trouble == null)
                    {
                        _log.Say("The device is in the Wi-Fi \"" + _wifi + "\" from here on.");
                    }
                    else
                    {
                        _log.Complain(_trouble);
                    }

                    _password = null;
                    return true;

                case ToReset:
                    _files.Delete(DeviceCertificate.UploadedFile);
                    _files.Delete(StoredChoices.File);
                    _files.Delete(DeviceBoard.SettingsFile);
                    _files.Delete(DeviceUsers.PasswordFile);
                    if (_network != null)
                    {
                        _network.Forget();
                    }

                    break;
            }

            _log.Say(due == ToReset ? "The settings are forgotten; the device restarts." : "The device restarts.");
            Power.RebootDevice();
            return true;
        }
    }
}
