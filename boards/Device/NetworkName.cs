namespace Http2Nano.Devices
{
    /// <summary>A name in the network, under which people find the device without knowing its address.</summary>
    public abstract class NetworkName
    {
        /// <summary>The name, without <c>.local</c>. A change holds from the next <see cref="Start"/> on.</summary>
        public abstract string HostName { get; set; }

        /// <summary>
        /// Takes the name and answers for it until <see cref="Stop"/>, on a thread of its own. Says the name once it is taken, and
        /// why there is none.
        /// </summary>
        /// <param name="deviceName">What people call the device, 1 to 63 octets.</param>
        /// <param name="address">The device's address.</param>
        /// <param name="port">Where it serves.</param>
        /// <param name="secure">Whether that is https.</param>
        /// <param name="log">Where to say it.</param>
        public abstract void Start(string deviceName, string address, int port, bool secure, DeviceLog log);

        /// <summary>Gives the name up.</summary>
        public abstract void Stop();
    }
}
