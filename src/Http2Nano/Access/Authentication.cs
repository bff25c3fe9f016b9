using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Access
{
    /// <summary>Asks for credentials (RFC 9110 11): a password (Basic, RFC 7617) or a bearer token (RFC 6750).</summary>
    /// <remarks>
    /// An address may send five wrong credentials in a row; then one attempt a second is checked and the others get 429.
    /// Seven addresses have a count of their own; while all seven are guessing, all others share one count. Requests
    /// without credentials do not count. Allocates nothing per request, except the client's address while there are wrong
    /// credentials. Credentials are safe from eavesdroppers over TLS only.
    /// </remarks>
    public sealed class Authentication : RequestGuard
    {
        // How many wrong credentials in a row are free, and the milliseconds that each takes to be forgotten.
        private const int Burst = 5;
        private const int Pace = 1000;

        // Number of counts, and the one that all clients without a count of their own share.
        private const int Clients = 8;
        private const int Others = Clients - 1;

        // With the space behind it.
        private const int BasicLength = 6;
        private const int BearerLength = 7;

        private readonly HashedSecrets _secrets;
        private readonly Clock _clock;
        private readonly bool _basic;
        private readonly byte[] _challenge;

        // By client: the hash of its address, and the time when all its wrong credentials are forgotten. Then the latest
        // such time.
        private readonly int[] _clients = new int[Clients];
        private readonly long[] _forgotten = new long[Clients];
        private long _latest;

        private Authentication(HashedSecrets secrets, Clock clock, bool basic, string challenge)
        {
            if (secrets == null || clock == null)
            {
                throw new ArgumentException("Authentication needs secrets and a clock.");
            }

            _secrets = secrets;
            _clock = clock;
            _basic = basic;
            _challenge = Encoding.UTF8.GetBytes(challenge);
        }

        /// <summary>Asks for a user name and a password (RFC 7617).</summary>
        /// <param name="realm">The name that the browser shows; without quotes and backslashes.</param>
        /// <param name="users">The secrets, each a user name, a colon and a password.</param>
        /// <param name="clock">Gives the time.</param>
        /// <exception cref="ArgumentException">The realm has other characters, or something is null.</exception>
        public static Authentication Basic(string realm, HashedSecrets users, Clock clock)
        {
            return new Authentication(users, clock, true, "Basic " + Realm(realm) + ", charset=\"UTF-8\"");
        }

        /// <summary>Asks for a token (RFC 6750).</summary>
        /// <param name="realm">The name of the protected resource; without quotes and backslashes.</param>
        /// <param name="tokens">The tokens.</param>
        /// <param name="clock">Gives the time.</param>
        /// <exception cref="ArgumentException">The realm has other characters, or something is null.</exception>
        public static Authentication Bearer(string realm, HashedSecrets tokens, Clock clock)
        {
            return new Authentication(tokens, clock, false, "Bearer " + Realm(realm));
        }

        /// <summary>The parameter of a challenge that names the realm (RFC 9110 11.5). Allocates.</summary>
        /// <exception cref="ArgumentException">A quoted string would have to escape it, or could not hold it.</exception>
        internal static string Realm(string realm)
        {
            byte[] octets = realm == null ? null : Encoding.UTF8.GetBytes(realm);
            if (octets == null || FieldSyntax.EndOfText(octets, 0, octets.Length) != octets.Length || realm.IndexOf('"') >= 0 || realm.IndexOf('\\') >= 0)
            {
                throw new ArgumentException("A realm must not be null, nor have quotes, backslashes or control characters.");
            }

            return "realm=\"" + realm + "\"";
        }

        /// <inheritdoc/>
        public override bool Admit(HttpRequest request, HttpResponse response)
        {
            int position = request.Headers.Find(FieldName.Authorization);
            if (position < 0)
            {
                return Challenge(response);
            }

            long now = _clock.Now;
            if (IsSlowed(request, now))
            {
                return TooMany(response);
            }

            int at = FieldScratch.Copy(request.Headers, position, response.Headers);
            int end = response.Headers.Limit;
            bool right = false;
            if (at >= 0)
            {
                byte[] bytes = response.Headers.Storage;
                int secret = Secret(bytes, at, end);
                int count = secret < 0 ? 0 : _basic ? Base64.Decode(bytes, secret, end) : end - secret;
                right = count > 0 && _secrets.Contains(bytes, secret, count);

                // Leaves no decoded secret in the storage.
                Array.Clear(bytes, at, end - at);
            }

            if (right)
            {
                return true;
            }

            Count(request, now);
            return Challenge(response);
        }

        /// <summary>Whether the request's client has sent so many wrong credentials that this attempt is not checked.</summary>
        internal bool IsSlowed(HttpRequest request, long now)
        {
            return _latest > now && _forgotten[Client(request, now)] - now > (Burst - 1) * Pace;
        }

        /// <summary>Counts wrong credentials of the request's client.</summary>
        internal void Count(HttpRequest request, long now)
        {
            int client = Client(request, now);
            long forgotten = (_forgotten[client] > now ? _forgotten[client] : now) + Pace;
            _forgotten[client] = forgotten;
            if (forgotten > _latest)
            {
                _latest = forgotten;
            }
        }

        // The count of the request's client: its own, else a free one, else the shared one.
        private int Client(HttpRequest request, long now)
        {
            int address = request.PeerAddress.GetHashCode();
            int free = Others;
            for (int i = 0; i < Others; i++)
            {
                if (_forgotten[i] <= now)
                {
                    free = i;
                }
                else if (_clients[i] == address)
                {
                    return i;
                }
            }

            _clients[free] = address;
            return free;
        }

        private bool Challenge(HttpResponse response)
        {
            response.Headers.Add(FieldName.WwwAuthenticate, _challenge, 0, _challenge.Length, FieldPolicy.Default);
            Problem.Write(response, 401);
            return false;
        }

        /// <summary>Answers an attempt that is not checked.</summary>
        /// <returns>False, as a guard that refuses.</returns>
        internal static bool TooMany(HttpResponse response)
        {
            AddRetryAfter(response);
            Problem.Write(response, 429);
            return false;
        }

        /// <summary>Adds the second after which an attempt is checked again.</summary>
        internal static void AddRetryAfter(HttpResponse response)
        {
            response.Headers.AddNumber(FieldName.RetryAfter, 1);
        }

        // The offset after the scheme of the credentials; -1 for another scheme.
        private int Secret(byte[] bytes, int at, int end)
        {
            // The challenge begins with the scheme too.
            int length = _basic ? BasicLength : BearerLength;
            if (end - at <= length)
            {
                return -1;
            }

            // RFC 9110 11.1: the scheme is case-insensitive.
            for (int i = 0; i < length; i++)
            {
                if (OriginCheck.Lower(bytes[at + i]) != OriginCheck.Lower(_challenge[i]))
                {
                    return -1;
                }
            }

            at += length;
            while (at < end && bytes[at] == ' ')
            {
                at++;
            }

            return at;
        }
    }
}
