using Http2Nano.Fields;

namespace Http2Nano.Access
{
    /// <summary>Makes tokens of 128 random bits, written in hexadecimal digits.</summary>
    /// <remarks>
    /// What the platform's generator gives goes through SHA-256 together with a part of each hash before, so that nobody who
    /// sees tokens learns anything about the generator, and a generator that starts badly gets better with each token.
    /// </remarks>
    internal sealed class SessionTokens
    {
        /// <summary>Length of a token in digits.</summary>
        internal const int Digits = 32;

        private const int TokenWords = 4;

        private readonly PlatformRandom _random = new PlatformRandom();
        private readonly Sha256 _sha;
        private readonly byte[] _fresh = new byte[16];

        // The half of the last hash that has not become a token, and the time.
        private readonly byte[] _kept = new byte[24];

        /// <summary>Takes an object for the hashes, which others may use too.</summary>
        internal SessionTokens(Sha256 sha)
        {
            _sha = sha;
        }

        /// <summary>Writes a token.</summary>
        /// <param name="now">The time in any unit.</param>
        /// <param name="digits">Takes the digits.</param>
        /// <param name="at">Offset of the first.</param>
        internal void Write(long now, byte[] digits, int at)
        {
            for (int i = 16; i < _kept.Length; i++)
            {
                _kept[i] = (byte)now;
                now >>= 8;
            }

            _random.Fill(_fresh);
            _sha.Hash(_kept, _fresh, 0, _fresh.Length);
            _sha.WriteDigits(digits, at, Digits);
            for (int i = 0; i < 16; i++)
            {
                _kept[i] = (byte)(_sha.State[TokenWords + (i >> 2)] >> (8 * (i & 3)));
            }
        }
    }
}
