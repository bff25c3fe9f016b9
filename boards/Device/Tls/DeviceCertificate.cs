using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using Http2Nano.Certificates;
using Http2Nano.Drives;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Device;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The certificate for TLS: the one that somebody has uploaded, else two PEM files that were put on the drive, else the one with
    /// which the device was provisioned. Takes the assemblies <c>Http2Nano.Tls</c> and <c>Http2Nano.Drives</c>.
    /// </summary>
    public sealed class DeviceCertificate : DeviceTls
    {
        /// <summary>The file with a certificate that somebody has uploaded, and its key.</summary>
        internal const string UploadedFile = "server.pem";

        private const string CertificateFile = "server.crt";
        private const string KeyFile = "server.key";

        // The firmware's parser expects a NUL after a text.
        private const int EndOfText = 1;

        /// <summary>
        /// Whether the certificate that <c>nanoff --networkdeployment</c> has stored is used when the drive has none.
        /// </summary>
        public bool UsesStored;

        /// <summary>Whether there is one to serve with.</summary>
        internal bool IsThere { get; private set; }

        /// <summary>Whether it is one that somebody has uploaded.</summary>
        internal bool IsUploaded { get; private set; }

        /// <inheritdoc/>
        public override TlsAcceptor Load(DeviceFiles files, DeviceLog log)
        {
            X509Certificate2 certificate = LoadUploaded(files, log);
            IsUploaded = certificate != null;
            TlsAcceptor acceptor = IsUploaded ? new DeviceTlsAcceptor(certificate) : LoadProvisioned(files, log);
            IsThere = acceptor != null;
            return acceptor;
        }

        /// <summary>What the certificate says that is served with; null where there is none, or the firmware keeps it to itself.</summary>
        internal CertificateFacts Read(DeviceFiles files)
        {
            byte[] text = !IsThere ? null : files.Read(IsUploaded ? UploadedFile : CertificateFile, 0);
            return text == null ? null : CertificatePair.First(text, text.Length);
        }

        /// <summary>Gives a pair to the firmware.</summary>
        /// <exception cref="Exception">It does not take it.</exception>
        internal static X509Certificate2 Open(CertificatePair pair)
        {
            return new X509Certificate2(Part(pair.Text, 0, pair.KeyStart), Part(pair.Text, pair.KeyStart, pair.Text.Length), string.Empty);
        }

        private static byte[] Part(byte[] text, int start, int end)
        {
            byte[] part = new byte[end - start + EndOfText];
            Array.Copy(text, start, part, 0, end - start);
            return part;
        }

        private static X509Certificate2 LoadUploaded(DeviceFiles files, DeviceLog log)
        {
            try
            {
                FileReplacement.Recover(new DeviceDrive(files.PathOf(string.Empty)), UploadedFile);
                byte[] text = files.Read(UploadedFile, 0);
                if (text == null)
                {
                    return null;
                }

                // It was in time when it was taken; what to think of it today is the browser's decision.
                CertificatePair pair = CertificatePair.Read(text, text.Length, 0);
                if (pair.Fault == null)
                {
                    return Open(pair);
                }

                log.Complain(files.PathOf(UploadedFile) + " is damaged: https goes without the certificate that was uploaded.");
            }
            catch (IOException)
            {
                // There is no drive.
            }
            catch (Exception)
            {
                log.Complain(files.PathOf(UploadedFile) + " does not load, or there is no memory for it: https goes without the certificate that was uploaded.");
            }

            return null;
        }

        private TlsAcceptor LoadProvisioned(DeviceFiles files, DeviceLog log)
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
