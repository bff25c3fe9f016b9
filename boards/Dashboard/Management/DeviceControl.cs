namespace Http2Nano.Dashboard
{
    /// <summary>
    /// What people can change about a device beside its name: the network, the password, the time, and that it begins anew. A
    /// board says what of it it has; the page shows nothing else.
    /// </summary>
    /// <remarks>
    /// All members are called on the server's thread and must not block: what takes time is begun, and done on another thread
    /// after the answer has gone out.
    /// </remarks>
    public abstract class DeviceControl
    {
        /// <summary>In <see cref="WifiState"/>: nothing is under way.</summary>
        public const int Idle = 0;

        /// <summary>In <see cref="WifiState"/>: the radio listens for networks.</summary>
        public const int Scanning = 1;

        /// <summary>In <see cref="WifiState"/>: another network is being tried.</summary>
        public const int Testing = 2;

        /// <summary>Whether the board has a Wi-Fi that can be chosen. Read once.</summary>
        public virtual bool HasWifi
        {
            get { return false; }
        }

        /// <summary>Whether the password can be changed. Read once.</summary>
        public virtual bool HasPassword
        {
            get { return false; }
        }

        /// <summary>Whether the device can be restarted. Read once.</summary>
        public virtual bool CanRestart
        {
            get { return false; }
        }

        /// <summary>Whether all that was set can be forgotten. Read once.</summary>
        public virtual bool CanReset
        {
            get { return false; }
        }

        /// <summary>The name in the local network, without <c>.local</c>; null where there is none.</summary>
        public virtual string HostName
        {
            get { return null; }
        }

        /// <summary>The time server; null where the clock has no such source.</summary>
        public virtual string TimeServer
        {
            get { return null; }
        }

        /// <summary>The zone in which pages show times, by its name in the tz database; empty for that of whoever looks.</summary>
        public virtual string TimeZone
        {
            get { return string.Empty; }
        }

        /// <summary>The name of the Wi-Fi that is stored.</summary>
        public virtual string WifiName
        {
            get { return string.Empty; }
        }

        /// <summary><see cref="Idle"/>, <see cref="Scanning"/> or <see cref="Testing"/>.</summary>
        public virtual int WifiState
        {
            get { return Idle; }
        }

        /// <summary>Why the Wi-Fi that was tried last is not used, in one sentence; null when it is, and when none was tried.</summary>
        public virtual string WifiTrouble
        {
            get { return null; }
        }

        /// <summary>Number of networks that the last scan has found.</summary>
        public virtual int NetworkCount
        {
            get { return 0; }
        }

        /// <summary>The name of a network.</summary>
        /// <param name="index">From 0.</param>
        public virtual string NetworkName(int index)
        {
            return string.Empty;
        }

        /// <summary>The strength of a network in dBm.</summary>
        /// <param name="index">From 0.</param>
        public virtual int NetworkSignal(int index)
        {
            return 0;
        }

        /// <summary>Begins to listen for networks.</summary>
        public virtual void ScanWifi()
        {
        }

        /// <summary>
        /// Begins to try a network. It replaces the one that is stored when the device has an address there; otherwise the
        /// device goes back.
        /// </summary>
        /// <param name="name">1 to 32 octets.</param>
        /// <param name="password">8 to 63 characters or 64 hexadecimal digits; empty for a network without one.</param>
        public virtual void TryWifi(string name, string password)
        {
        }

        /// <summary>Changes the password. Whoever is signed in has to sign in again.</summary>
        /// <param name="password">8 to 64 characters.</param>
        /// <returns>False when it cannot be stored; then the old one holds.</returns>
        public virtual bool SetPassword(string password)
        {
            return false;
        }

        /// <summary>Changes the name in the local network.</summary>
        /// <param name="name">1 to 63 lower-case letters, digits and hyphens.</param>
        /// <returns>False when it cannot be stored; then it holds until the device restarts.</returns>
        public virtual bool SetHostName(string name)
        {
            return false;
        }

        /// <summary>Changes where the time comes from, and how it is shown.</summary>
        /// <param name="server">A host name or address of at most 64 characters.</param>
        /// <param name="zone">A name of the tz database, or empty.</param>
        /// <returns>False when they cannot be stored; then they hold until the device restarts.</returns>
        public virtual bool SetTime(string server, string zone)
        {
            return false;
        }

        /// <summary>Begins to restart.</summary>
        public virtual void Restart()
        {
        }

        /// <summary>Begins to forget everything that was set, the password and the Wi-Fi too, and to restart.</summary>
        public virtual void Reset()
        {
        }
    }
}
