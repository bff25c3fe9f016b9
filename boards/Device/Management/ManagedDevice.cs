using Http2Nano.Dashboard;
using nanoFramework.Networking;

namespace Http2Nano.Devices
{
    /// <summary>What the page may ask of a board.</summary>
    internal sealed class ManagedDevice : DeviceControl
    {
        private readonly DeviceManager _manager;

        internal ManagedDevice(DeviceManager manager)
        {
            _manager = manager;
        }

        /// <inheritdoc/>
        public override bool HasWifi
        {
            get { return _manager.Network != null; }
        }

        /// <inheritdoc/>
        public override bool HasPassword
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override bool CanRestart
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override bool CanReset
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override string HostName
        {
            get { return _manager.Profile.NetworkName == null ? null : _manager.Profile.NetworkName.HostName; }
        }

        /// <inheritdoc/>
        public override string TimeServer
        {
            get { return Sntp.Server1; }
        }

        /// <inheritdoc/>
        public override string TimeZone
        {
            get { return _manager.Choices.TimeZone ?? string.Empty; }
        }

        /// <inheritdoc/>
        public override string WifiName
        {
            get { return _manager.Network.Name; }
        }

        /// <inheritdoc/>
        public override int WifiState
        {
            get { return _manager.State; }
        }

        /// <inheritdoc/>
        public override string WifiTrouble
        {
            get { return _manager.Trouble; }
        }

        /// <inheritdoc/>
        public override int NetworkCount
        {
            get { return _manager.Network.FoundCount; }
        }

        /// <inheritdoc/>
        public override string NetworkName(int index)
        {
            return _manager.Network.FoundName(index);
        }

        /// <inheritdoc/>
        public override int NetworkSignal(int index)
        {
            return _manager.Network.FoundSignal(index);
        }

        /// <inheritdoc/>
        public override void ScanWifi()
        {
            _manager.Scan();
        }

        /// <inheritdoc/>
        public override void TryWifi(string name, string password)
        {
            _manager.Test(name, password);
        }

        /// <inheritdoc/>
        public override bool SetPassword(string password)
        {
            return _manager.SetPassword(password);
        }

        /// <inheritdoc/>
        public override bool SetHostName(string name)
        {
            // The name is taken anew with the next address, or at the next start.
            _manager.Profile.NetworkName.HostName = name;
            _manager.Choices.HostName = name;
            return _manager.Save();
        }

        /// <inheritdoc/>
        public override bool SetTime(string server, string zone)
        {
            Sntp.Server1 = server;
            _manager.Choices.TimeServer = server;
            _manager.Choices.TimeZone = zone;
            return _manager.Save();
        }

        /// <inheritdoc/>
        public override void Restart()
        {
            _manager.Restart();
        }

        /// <inheritdoc/>
        public override void Reset()
        {
            _manager.Reset();
        }
    }
}
