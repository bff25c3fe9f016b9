using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Access
{
    /// <summary>Allows pages of named origins, or of any, to use this server (the CORS protocol of the Fetch standard).</summary>
    /// <remarks>
    /// Browsers send no credentials along: a page that has to sign in sends a bearer token of its own. Where any origin is
    /// allowed, a change with credentials that a browser adds by itself (cookies, a password) is refused like any change from
    /// another origin.
    /// </remarks>
    public sealed class CorsPolicy : OriginPolicy
    {
        // Kept by the object, not static, so that a server without a policy has no heap for the names.
        private readonly byte[] _allowMethods = Ascii.Pack("access-control-allow-methods");
        private readonly byte[] _allowHeaders = Ascii.Pack("access-control-allow-headers");
        private readonly byte[] _maxAge = Ascii.Pack("access-control-max-age");
        private readonly byte[] _requestMethod = Ascii.Pack("access-control-request-method");
        private readonly byte[] _requestPrivate = Ascii.Pack("access-control-request-private-network");
        private readonly byte[] _allowPrivate = Ascii.Pack("access-control-allow-private-network");
        private readonly byte[] _vary = Ascii.Pack("origin");
        private readonly byte[] _true = Ascii.Pack("true");
        private readonly byte[] _bearer = Ascii.Pack("bearer ");

        // Without elements when any origin is allowed.
        private readonly byte[][] _origins;
        private readonly byte[] _methods;
        private readonly byte[] _headers;
        private int _preflightAge = 600;

        /// <summary>Makes a policy.</summary>
        /// <param name="origins">
        /// The origins as browsers write them, such as <c>https://panel.example:8443</c>; or <c>*</c> alone for any.
        /// </param>
        /// <param name="methods">The methods beside GET, HEAD and POST, separated by commas; empty for none.</param>
        /// <param name="headers">The fields that their requests may have, separated by commas; empty for none.</param>
        /// <exception cref="ArgumentException">An origin can never match; the message names it.</exception>
        public CorsPolicy(string[] origins, string methods, string headers)
        {
            _origins = new byte[origins.Length == 1 && origins[0] == "*" ? 0 : origins.Length][];
            for (int i = 0; i < _origins.Length; i++)
            {
                _origins[i] = Encoding.UTF8.GetBytes(origins[i]);
                if (!IsOrigin(_origins[i]))
                {
                    throw new ArgumentException("'" + origins[i] + "' is no origin as browsers write it: scheme and host in small "
                        + "letters, with the port unless it is the scheme's own, such as https://panel.example or http://10.0.0.7:8080. '*' alone stands for any.");
                }
            }

            AllowsAny = origins.Length == 1 && _origins.Length == 0;

            _methods = Encoding.UTF8.GetBytes(methods);
            _headers = Encoding.UTF8.GetBytes(headers);
        }

        /// <summary>Seconds for which a browser may cache the answer to a preflight. 0 to 86,400; 600 unless set.</summary>
        /// <exception cref="ArgumentException">The number is out of range.</exception>
        public int PreflightAge
        {
            get
            {
                return _preflightAge;
            }

            set
            {
                if (value < 0 || value > 86400)
                {
                    throw new ArgumentException("PreflightAge is " + value.ToString() + ": it must be 0 to 86400 seconds.");
                }

                _preflightAge = value;
            }
        }

        /// <summary>Whether any origin is allowed.</summary>
        private bool AllowsAny { get; set; }

        /// <inheritdoc/>
        internal override bool AddFields(HttpRequest request, HttpResponse response)
        {
            int position = request.Headers.Find(FieldName.Origin);
            if (AllowsAny)
            {
                // The same for all origins, so that caches may keep it.
                response.Headers.Add(FieldName.AccessControlAllowOrigin, KnownText.Octets, KnownText.Asterisk, 1, FieldPolicy.Default);
                return position >= 0 && !HasOwnCredentials(request, response);
            }

            response.Headers.Add(FieldName.Vary, _vary);
            if (position < 0)
            {
                return false;
            }

            for (int i = 0; i < _origins.Length; i++)
            {
                if (request.Headers.ValueEquals(position, _origins[i]))
                {
                    response.Headers.Add(FieldName.AccessControlAllowOrigin, _origins[i]);
                    return true;
                }
            }

            return false;
        }

        /// <inheritdoc/>
        internal override bool AnswerPreflight(HttpRequest request, HttpResponse response)
        {
            if (request.Method != HttpMethod.Options
                || request.Headers.Find(FieldName.Origin) < 0
                || request.Headers.Find(_requestMethod) < 0)
            {
                return false;
            }

            response.Status = 204;
            if (response.Headers.Find(FieldName.AccessControlAllowOrigin) >= 0)
            {
                if (_methods.Length != 0)
                {
                    response.Headers.Add(_allowMethods, _methods);
                }

                if (_headers.Length != 0)
                {
                    response.Headers.Add(_allowHeaders, _headers);
                }

                // Private Network Access: a page from the internet uses a device of a local network.
                int position = request.Headers.Find(_requestPrivate);
                if (position >= 0 && request.Headers.ValueEquals(position, _true))
                {
                    response.Headers.Add(_allowPrivate, _true);
                }

                response.Headers.AddNumber(_maxAge, PreflightAge);
            }

            return true;
        }

        // Credentials that the browser has added by itself, whichever page sends the request. A script sends a token.
        private bool HasOwnCredentials(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = request.Headers;
            int position = fields.Find(FieldName.Authorization);
            if (position < 0)
            {
                return fields.Find(FieldName.Cookie) >= 0;
            }

            int at = FieldScratch.Copy(fields, position, response.Headers);
            bool token = at >= 0 && response.Headers.Limit - at > _bearer.Length
                && Octets.EqualAnyCase(response.Headers.Storage, at, _bearer, 0, _bearer.Length);
            return !token || fields.Find(FieldName.Cookie) >= 0;
        }

        // RFC 6454 6.2: scheme, "://", host, and the port unless it is the scheme's.
        private static bool IsOrigin(byte[] bytes)
        {
            int scheme = 0;
            while (scheme < bytes.Length && bytes[scheme] != ':')
            {
                scheme++;
            }

            int host = scheme + KnownText.SchemeEndLength;
            if (scheme == 0 || host >= bytes.Length
                || !Octets.Equal(bytes, scheme, KnownText.Octets, KnownText.SchemeEnd, KnownText.SchemeEndLength))
            {
                return false;
            }

            int port = -1;
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] == '*' || (bytes[i] >= 'A' && bytes[i] <= 'Z'))
                {
                    return false;
                }

                if (bytes[i] == ':')
                {
                    port = i;
                }
            }

            bool web = (scheme == KnownText.HttpLength || scheme == KnownText.HttpsLength)
                && Octets.Equal(bytes, 0, KnownText.Octets, KnownText.Https, scheme);
            return AuthoritySyntax.IsWhole(AuthoritySyntax.Check(AuthoritySyntax.Empty, bytes, host, bytes.Length - host))
                && !(web && port > scheme && IsOwnPort(bytes, port + 1, scheme == KnownText.HttpsLength));
        }

        // 80 of http, 443 of https; none at all.
        private static bool IsOwnPort(byte[] bytes, int at, bool secure)
        {
            int length = bytes.Length - at;
            return length == 0 || (secure
                ? length == 3 && bytes[at] == '4' && bytes[at + 1] == '4' && bytes[at + 2] == '3'
                : length == 2 && bytes[at] == '8' && bytes[at + 1] == '0');
        }
    }
}
