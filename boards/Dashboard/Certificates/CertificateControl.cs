using Http2Nano.Certificates;

namespace Http2Nano.Dashboard
{
    /// <summary>The certificate that a board serves https with: which it is, and how another one takes its place.</summary>
    /// <remarks>
    /// All members are called on the server's thread. Storing may take as long as the drive does; https begins anew with the other
    /// certificate on another thread, after the answer has gone out.
    /// </remarks>
    public abstract class CertificateControl
    {
        /// <summary>In <see cref="Origin"/>: there is none, and https is off.</summary>
        public const int None = 0;

        /// <summary>In <see cref="Origin"/>: the device has made it itself.</summary>
        public const int Made = 1;

        /// <summary>In <see cref="Origin"/>: somebody has uploaded it.</summary>
        public const int Uploaded = 2;

        /// <summary>In <see cref="Origin"/>: the device was set up with it.</summary>
        public const int Provisioned = 3;

        /// <summary>Where the certificate comes from.</summary>
        public abstract int Origin { get; }

        /// <summary>The most octets of certificates and key, in PEM, that are taken.</summary>
        public abstract int Longest { get; }

        /// <summary>Seconds since 1970 (UTC); 0 while the clock is not set.</summary>
        public abstract long Now { get; }

        /// <summary>Whether the board can make a certificate. Read once.</summary>
        public virtual bool CanMake
        {
            get { return false; }
        }

        /// <summary>The certificate, read anew with each call; null where there is none, or the firmware keeps it to itself.</summary>
        public abstract CertificateFacts Read();

        /// <summary>Says in a sentence why the TLS of the board would not serve with a pair, or null.</summary>
        /// <param name="pair">A pair without a fault.</param>
        public abstract string Refuse(CertificatePair pair);

        /// <summary>Stores a pair as a whole, and lets https begin anew with it.</summary>
        /// <param name="pair">A pair that is not refused.</param>
        /// <returns>False when it cannot be stored; then the old one stays.</returns>
        public abstract bool Keep(CertificatePair pair);

        /// <summary>Makes a certificate for the device's name that nobody else has signed, and lets https begin anew with it.</summary>
        /// <returns>False when it cannot be stored; then the old one stays.</returns>
        public virtual bool Make()
        {
            return false;
        }
    }
}
