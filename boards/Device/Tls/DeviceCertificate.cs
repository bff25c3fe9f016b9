using System;
using System.Security.Cryptography.X509Certificates;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Device;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The certificate for TLS: two PEM files on the drive, or the certificate with which the device was provisioned. Takes the
    /// assembly <c>Http2Nano.Tls</c>.
    /// </summary>
    public sealed class DeviceCertificate : DeviceTls
    {
        private const string CertificateFile = "server.crt";
        private const string KeyFile = "server.key";

        // The firmware's parser expects a NUL after a text.
        private const int EndOfText = 1;

        /// <summary>
        /// Whether the certificate that <c>nanoff --networkdeployment</c> has stored is used when the drive has none.
        /// </summary>
        public bool UsesStored;

        /// <inheritdoc/>
        public override TlsAcceptor Load(DeviceFiles files, DeviceLog log)
        {
            byte[] certificate = files.Read(CertificateFile, EndOfText);
            byte[] key = certificate == null ? null : files.Read(KeyFile, EndOfText);
            if (key == null)
            {
                if (UsesStored)
                {
                    return new DeviceTlsAcceptor(null);
                }

                log.Complain("https is off: there is no certificate in " + files.PathOf(CertificateFile) + " and " + files.PathOf(KeyFile) + ".");
                return null;
            }

            try
            {
                return new DeviceTlsAcceptor(new X509Certificate2(certificate, key, string.Empty));
            }
            catch (Exception exception)
            {
                log.Complain("https is off: " + files.PathOf(CertificateFile) + " or " + files.PathOf(KeyFile)
                    + " is no certificate or no key in PEM form, or there is no memory for them (" + exception.Message + ").");
                return null;
            }
        }
    }
}
