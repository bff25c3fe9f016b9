using System;
using Http2Nano.Hpack;
using Http2Nano.Http1;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Routing
{
    /// <summary>Asks for credentials (RFC 9110 11): a password (Basic, RFC 7617) or a bearer token (RFC 6750).</summary>
    /// <remarks>
    /// Wrong credentials are free of charge a few times; then one attempt a second is looked at, from whomever, and the others
    /// get 429. Requests without credentials do not count. Allocates nothing per request. Only over TLS are credentials safe
    /// from those who listen.
    /// </remarks>
    public sealed class Authentication : RequestGuard
    {
        // Wrong credentials that may come in a row before guessing gets slow, and the milliseconds for each from then on.
        private const int Burst = 5;
        private const int Pace = 1000;

        private static readonly byte[] BasicScheme = Ascii.Pack("basic ");
        private static readonly byte[] BearerScheme = Ascii.Pack("bearer ");
        private static readonly byte[] One = { 0x31 };

        private readonly HashedSecrets _secrets;
        private readonly Clock _clock;
        private readonly byte[] _scheme;
        private readonly byte[] _challenge;

        // When all wrong credentials so far are forgotten.
        private long _forgotten;

        private Authentication(HashedSecrets secrets, Clock clock, byte[] scheme, string challenge)
        {
            _secrets = secrets;
            _clock = clock;
            _scheme = scheme;
            _challenge = Encoding.UTF8.GetBytes(challenge);
        }

        /// <summary>Asks for a user name and a password (RFC 7617).</summary>
        /// <param name="realm">What the browser shows; without quotes and backslashes.</param>
        /// <param name="users">Each secret is user name, colon, password.</param>
        /// <param name="clock">Where the time comes from.</param>
        public static Authentication Basic(string realm, HashedSecrets users, Clock clock)
        {
            return new Authentication(users, clock, BasicScheme, "Basic realm=\"" + realm + "\", charset=\"UTF-8\"");
        }

        /// <summary>Asks for a token (RFC 6750).</summary>
        /// <param name="realm">A name for what is guarded; without quotes and backslashes.</param>
        /// <param name="tokens">The tokens.</param>
        /// <param name="clock">Where the time comes from.</param>
        public static Authentication Bearer(string realm, HashedSecrets tokens, Clock clock)
        {
            return new Authentication(tokens, clock, BearerScheme, "Bearer realm=\"" + realm + "\"");
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
            if (_forgotten - now > (Burst - 1) * Pace)
            {
                response.Headers.Add(FieldName.RetryAfter, One);
                Problem.Write(response, 429);
                return false;
            }

            int at = FieldScratch.Copy(request.Headers, position, response.Headers);
            int end = response.Headers.Limit;
            bool right = at >= 0 && IsRight(response.Headers.Storage, at, end);
            if (at >= 0)
            {
                // Nothing of it stays behind.
                Array.Clear(response.Headers.Storage, at, end - at);
            }

            if (right)
            {
                return true;
            }

            _forgotten = (_forgotten > now ? _forgotten : now) + Pace;
            return Challenge(response);
        }

        private bool Challenge(HttpResponse response)
        {
            response.Headers.Add(FieldName.WwwAuthenticate, _challenge);
            Problem.Write(response, 401);
            return false;
        }

        private bool IsRight(byte[] bytes, int at, int end)
        {
            byte[] scheme = _scheme;
            if (end - at <= scheme.Length)
            {
                return false;
            }

            // RFC 9110 11.1: the scheme is case-insensitive.
            for (int i = 0; i < scheme.Length; i++)
            {
                if (OriginCheck.Lower(bytes[at + i]) != scheme[i])
                {
                    return false;
                }
            }

            at += scheme.Length;
            while (at < end && bytes[at] == ' ')
            {
                at++;
            }

            int count = scheme == BasicScheme ? Base64.Decode(bytes, at, end) : end - at;
            return count > 0 && _secrets.Contains(bytes, at, count);
        }
    }
}
