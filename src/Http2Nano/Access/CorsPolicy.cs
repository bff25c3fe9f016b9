using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Access
{
    /// <summary>Allows pages of named origins to use this server (the CORS protocol of the Fetch standard).</summary>
    /// <remarks>Browsers send no credentials along: a page that has to sign in sends a bearer token of its own.</remarks>
    public sealed class CorsPolicy
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

        private readonly byte[][] _origins;
        private readonly byte[] _methods;
        private readonly byte[] _headers;

        /// <summary>Makes a policy.</summary>
        /// <param name="origins">The origins as browsers write them, such as <c>https://panel.example:8443</c>.</param>
        /// <param name="methods">The methods beside GET, HEAD and POST, separated by commas; empty for none.</param>
        /// <param name="headers">The fields that their requests may have, separated by commas; empty for none.</param>
        public CorsPolicy(string[] origins, string methods, string headers)
        {
            _origins = new byte[origins.Length][];
            for (int i = 0; i < origins.Length; i++)
            {
                _origins[i] = Encoding.UTF8.GetBytes(origins[i]);
            }

            _methods = Encoding.UTF8.GetBytes(methods);
            _headers = Encoding.UTF8.GetBytes(headers);
            PreflightAge = 600;
        }

        /// <summary>Seconds for which a browser may cache the answer to a preflight. 0 to 86,400.</summary>
        public int PreflightAge { get; set; }

        // Whether the request's origin is allowed; if so, adds the fields that tell the browser.
        internal bool AddFields(HttpRequest request, HttpResponse response)
        {
            int position = request.Headers.Find(FieldName.Origin);
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

        // The browser asks this before it sends the request itself. AddFields has said whether the origin is allowed.
        internal bool AnswerPreflight(HttpRequest request, HttpResponse response)
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
    }
}
