using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Access
{
    /// <summary>
    /// Lets people sign in on a page and stay signed in with a session cookie (RFC 6265), and tools with a password in each
    /// request (Basic, RFC 7617).
    /// </summary>
    /// <remarks>
    /// <para>The number of sessions is fixed: when all are in use, a new one takes the place of the one that has not been used
    /// for the longest time. A token has 128 random bits. All sessions end when the users change. Wrong passwords are counted
    /// by address as <see cref="Authentication"/> does it, on the page and in requests together.</para>
    /// <para>The cookie is for this host alone, and no script reads it (<c>HttpOnly</c>). Over TLS it is <c>Secure</c> and its
    /// name begins with <c>__Host-</c>, so that nobody can set it from elsewhere; a session that began over plain HTTP does not
    /// hold there. It is <c>SameSite=Lax</c>: with <c>Strict</c> somebody who follows a link to the device from elsewhere would
    /// have to sign in once more, and requests of other pages that change something are refused here by their origin anyway,
    /// also where the router allows them. It has no lifetime of its own: the browser forgets it when it is closed.</para>
    /// <para>The server keeps this cookie among any number of foreign ones (<see cref="DeclaredFields.AddCookie"/>); an application
    /// that reads other cookies as well has to declare them there.</para>
    /// <para>Behind a trusted proxy that removes a prefix from the path (<see cref="TrustedProxies"/>), the cookie is for that
    /// prefix alone, and its name does not begin with <c>__Host-</c>.</para>
    /// <para>A request without credentials is answered by what it is. When a browser navigates, it is led to the page with 303.
    /// Other requests of browsers (those with <c>sec-fetch-site</c>, <c>origin</c>, or a session that has ended) get 401 with
    /// the challenge <c>Cookie</c>, which makes no browser open a box. All others get 401 with the challenge <c>Basic</c>.</para>
    /// <para>Allocates nothing per request, except the client's address while there are wrong passwords. Passwords and sessions
    /// are safe from eavesdroppers over TLS only. Heap on the device: 2 KB with 8 sessions, each 40 bytes.</para>
    /// </remarks>
    public sealed partial class SignIn : RequestGuard
    {
        private const int UsualSessions = 8;
        private const int MostSessions = 64;

        private readonly HashedSecrets _users;
        private readonly Clock _clock;
        private readonly Authentication _basic;
        private readonly byte[] _path;
        private readonly byte[] _challenge;
        private readonly SessionTable _sessions;
        private readonly SessionTokens _tokens;
        private readonly long _started;
        private byte[] _name;
        private byte[] _hostName;
        private int _edition;

        /// <summary>Makes a guard with 8 sessions.</summary>
        /// <param name="path">The path of the page, percent-encoded, for instance <c>/sign-in</c>.</param>
        /// <param name="realm">The name that a browser's own box shows; without quotes and backslashes.</param>
        /// <param name="users">The secrets, each a user name, a colon and a password.</param>
        /// <param name="clock">Gives the time.</param>
        /// <exception cref="ArgumentException">The path does not begin with a solidus.</exception>
        public SignIn(string path, string realm, HashedSecrets users, Clock clock)
            : this(path, realm, users, clock, UsualSessions)
        {
        }

        /// <summary>Makes a guard.</summary>
        /// <param name="path">The path of the page, percent-encoded, for instance <c>/sign-in</c>.</param>
        /// <param name="realm">The name that a browser's own box shows; without quotes and backslashes.</param>
        /// <param name="users">The secrets, each a user name, a colon and a password.</param>
        /// <param name="clock">Gives the time.</param>
        /// <param name="sessions">Number of sessions, 1 to 64.</param>
        /// <exception cref="ArgumentException">
        /// The path does not begin with a solidus, the number of sessions is out of range, the realm has other characters, or
        /// something is null.
        /// </exception>
        public SignIn(string path, string realm, HashedSecrets users, Clock clock, int sessions)
        {
            if (path == null || !path.StartsWith("/"))
            {
                throw new ArgumentException("The path of the sign-in page must begin with '/'.");
            }

            if (sessions < 1 || sessions > MostSessions)
            {
                throw new ArgumentException("sessions is " + sessions.ToString() + ": it must be 1 to 64.");
            }

            _users = users;
            _clock = clock;
            _basic = Authentication.Basic(realm, users, clock);
            _path = Encoding.UTF8.GetBytes(path);
            _challenge = Encoding.UTF8.GetBytes("Cookie " + Authentication.Realm(realm));
            _sessions = new SessionTable(sessions);
            _tokens = new SessionTokens(users.Hash);
            _started = clock.Now;
            _edition = users.Edition;
            CookieName = "session";
            IdleTimeout = 3600;
            Lifetime = 86400;
        }

        /// <summary>
        /// The path of the page and of the requests that sign in and out, as the constructor got it. Allocates the string.
        /// </summary>
        public string Path
        {
            get { return Encoding.UTF8.GetString(_path, 0, _path.Length); }
        }

        /// <summary>
        /// Name of the cookie, <c>session</c> unless set; over TLS <c>__Host-</c> stands before it. Cookies do not tell the
        /// ports of a host apart, so servers on several ports of one host need different names. To be set before the server
        /// starts; allocates.
        /// </summary>
        /// <exception cref="ArgumentException">The name is not a token (RFC 6265 4.1.1).</exception>
        public string CookieName
        {
            get { return Encoding.UTF8.GetString(_name, 0, _name.Length); }
            set
            {
                byte[] name = Encoding.UTF8.GetBytes(value);
                FieldSyntax.ToLower(name, 0, name.Length);
                if (name.Length == 0 || !FieldSyntax.IsToken(name, 0, name.Length))
                {
                    throw new ArgumentException("'" + value + "' is no name of a cookie: it must be a token (RFC 9110 5.6.2).");
                }

                _name = Encoding.UTF8.GetBytes(value);
                _hostName = Encoding.UTF8.GetBytes("__Host-" + value);
            }
        }

        /// <summary>Seconds without a request after which a session ends. 1 to 2,147,483,647; an hour unless set.</summary>
        /// <exception cref="ArgumentException">The number is out of range.</exception>
        public int IdleTimeout
        {
            get { return _sessions.IdleTimeout; }
            set { _sessions.IdleTimeout = Positive(value, "IdleTimeout"); }
        }

        /// <summary>
        /// Seconds after which a session ends, however much it is used. 1 to 2,147,483,647; a day unless set.
        /// </summary>
        /// <exception cref="ArgumentException">The number is out of range.</exception>
        public int Lifetime
        {
            get { return _sessions.Lifetime; }
            set { _sessions.Lifetime = Positive(value, "Lifetime"); }
        }

        /// <summary>Number of sessions that have not ended.</summary>
        public int Sessions
        {
            get { return _sessions.Count(Seconds()); }
        }

        /// <summary>Ends all sessions. To be called on the server's thread.</summary>
        public void EndSessions()
        {
            _sessions.EndAll();
        }

        /// <summary>Whether a request belongs to a session; if so, the session counts as used. Allocates nothing.</summary>
        /// <param name="request">The request; the body of its response has not been begun.</param>
        public bool IsSignedIn(HttpRequest request)
        {
            bool sent;
            return Session(request, out sent) >= 0;
        }

        /// <inheritdoc/>
        public override bool Admit(HttpRequest request, HttpResponse response)
        {
            if (request.PathEquals(_path))
            {
                return true;
            }

            bool sent;
            if (Session(request, out sent) >= 0)
            {
                // Browsers send a cookie with any request, whichever page makes it.
                return OriginCheck.IsSafe(request) || OriginCheck.Admit(request, response);
            }

            if (request.Headers.Find(FieldName.Authorization) >= 0)
            {
                return _basic.Admit(request, response);
            }

            if (Navigation.Is(request, response))
            {
                NoStore(response);
                LeadToPage(request, response);
                return false;
            }

            if (sent || request.Headers.Find(FieldName.SecFetchSite) >= 0 || request.Headers.Find(FieldName.Origin) >= 0)
            {
                Challenge(response);
                return false;
            }

            return _basic.Admit(request, response);
        }

        internal override void Keep(KeptFields kept)
        {
            kept.AddCookie(CookieName);
            kept.AddCookie("__Host-" + CookieName);
        }

        // Number of the request's session, or -1; and whether the request has a cookie with the name at all.
        private int Session(HttpRequest request, out bool sent)
        {
            if (_edition != _users.Edition)
            {
                _edition = _users.Edition;
                _sessions.EndAll();
            }

            int length;
            int at = CookieFields.Find(request, Name(request), out length);
            sent = at >= 0;
            return sent ? _sessions.Find(request.Bytes, at, length, Seconds()) : -1;
        }

        // The prefix of the name demands the path "/" (draft-ietf-httpbis-rfc6265bis 4.1.3.2), which is not this server's alone
        // where a proxy removes a prefix.
        private byte[] Name(HttpRequest request)
        {
            TrustedProxies proxies = (TrustedProxies)request.Gateways;
            return request.IsSecure && (proxies == null || !proxies.HasPrefix(request)) ? _hostName : _name;
        }

        private void Challenge(HttpResponse response)
        {
            NoStore(response);
            response.Headers.Add(FieldName.WwwAuthenticate, _challenge, 0, _challenge.Length, FieldPolicy.Default);
            Problem.Write(response, 401);
        }

        private static void NoStore(HttpResponse response)
        {
            response.Headers.Put(FieldName.CacheControl, KnownText.Octets, KnownText.NoStore, KnownText.NoStoreLength, FieldPolicy.Indexed);
        }

        // Never 0, which marks a free place.
        private int Seconds()
        {
            return (int)((_clock.Now - _started) / 1000) + 1;
        }

        private static int Positive(int value, string name)
        {
            if (value < 1)
            {
                throw new ArgumentException(name + " is " + value.ToString() + ": it must be 1 second or more.");
            }

            return value;
        }
    }
}
