using Http2Nano.Hosting;

namespace Http2Nano.Devices
{
    /// <summary>What https is served with. A board without it has neither its code nor that of TLS.</summary>
    public abstract class DeviceTls
    {
        /// <summary>Makes the TLS acceptor, or reports why there is none. Called each time before the server begins.</summary>
        /// <param name="files">The files of the drive.</param>
        /// <param name="log">Where a certificate that is missing or does not load is reported.</param>
        /// <returns>Null when there is no certificate that loads.</returns>
        public abstract TlsAcceptor Load(DeviceFiles files, DeviceLog log);
    }
}
