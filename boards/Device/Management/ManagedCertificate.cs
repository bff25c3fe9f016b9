using System;
using System.IO;
using Http2Nano.Certificates;
using Http2Nano.Dashboard;
using Http2Nano.Drives;

namespace Http2Nano.Devices
{
    /// <summary>The certificate of a board, as the page shows and replaces it. The platform can make none.</summary>
    internal sealed class ManagedCertificate : CertificateControl
    {
        // Bytes: a chain of three on elliptic curves has four or five thousand, one of RSA seven.
        private const int Most = 8192;

        // Seconds: ticks count from the year 1.
        private const long From1To1970 = 62135596800;

        private readonly DeviceManager _manager;
        private readonly DeviceCertificate _certificate;

        internal ManagedCertificate(DeviceManager manager, DeviceCertificate certificate)
        {
            _manager = manager;
            _certificate = certificate;
        }

        /// <inheritdoc/>
        public override int Origin
        {
            get { return _certificate.IsUploaded ? Uploaded : _certificate.IsThere ? Provisioned : None; }
        }

        /// <inheritdoc/>
        public override int Longest
        {
            get { return Most; }
        }

        /// <inheritdoc/>
        public override long Now
        {
            get { return SystemClock.IsSet ? (DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond) - From1To1970 : 0; }
        }

        /// <inheritdoc/>
        public override CertificateFacts Read()
        {
            return _certificate.Read(_manager.Files);
        }

        /// <inheritdoc/>
        public override string Refuse(CertificatePair pair)
        {
            try
            {
                DeviceCertificate.Open(pair);
                return null;
            }
            catch (Exception)
            {
                return "The firmware does not take it, or has no memory for it.";
            }
        }

        /// <inheritdoc/>
        public override bool Keep(CertificatePair pair)
        {
            FileReplacement file = new FileReplacement(new DeviceDrive(_manager.Files.PathOf(string.Empty)));
            try
            {
                file.Begin(DeviceCertificate.UploadedFile);
                file.Write(pair.Text, 0, pair.Text.Length);
                file.Finish().Close();
                file.Replace();
            }
            catch (IOException)
            {
                file.Abandon();
                return false;
            }

            _manager.Renew();
            return true;
        }
    }
}
