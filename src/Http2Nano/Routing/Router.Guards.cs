using System;
using Http2Nano.Access;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Routing
{
    public partial class Router
    {
        private RequestGuard[] _guards = new RequestGuard[0];

        // Their prefixes without the solidus at the end. In front of each: whether only changes are guarded.
        private byte[][] _guarded = new byte[0][];

        // Fields, because each request asks for them.
        private OriginPolicy _cors;
        private RequestGuard _hosts;
        private bool _allowOthers;

        /// <summary>
        /// Whether pages of other origins may send requests that are not safe (RFC 9110 9.2.1). False unless set, because a
        /// browser sends a user's credentials with any request, whichever page makes it. See <see cref="OriginCheck"/>.
        /// </summary>
        public bool AllowChangesFromOtherOrigins
        {
            get { return _allowOthers; }
            set { _allowOthers = value; }
        }

        /// <summary>The CORS policy, a <c>CorsPolicy</c>; null, the default, allows nothing to pages of other origins.</summary>
        public OriginPolicy Cors
        {
            get { return _cors; }
            set { _cors = value; }
        }

        /// <summary>
        /// The host names that this server answers to, a <c>HostAllowList</c>; null, the default, allows any. It is asked before all
        /// other guards, and before the path is decoded.
        /// </summary>
        public RequestGuard Hosts
        {
            get { return _hosts; }
            set { _hosts = value; }
        }

        /// <summary>
        /// The reverse proxies that are believed, a <c>TrustedProxies</c>; null, the default, believes none. To be set before the
        /// server is made, which then keeps the fields that they write.
        /// </summary>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public GatewayPolicy Proxies
        {
            get
            {
                return Gateways;
            }

            set
            {
                CheckNotStarted();
                Gateways = value;
            }
        }

        /// <summary>Puts a guard before all paths below a prefix, whether a route is mapped there or not.</summary>
        /// <param name="prefix">
        /// The prefix, not percent-encoded: <c>/api</c> stands for <c>/api</c> and all below <c>/api/</c>, <c>/</c> for everything.
        /// </param>
        /// <param name="guard">
        /// The guard. Several guards of one path are asked in the order in which they were added.
        /// </param>
        /// <exception cref="ArgumentException">The prefix does not begin with a solidus.</exception>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public void Guard(string prefix, RequestGuard guard)
        {
            AddGuard(prefix, guard, false);
        }

        /// <summary>
        /// Like <see cref="Guard"/>, but only for methods that are not safe (RFC 9110 9.2.1): everybody may read, not
        /// everybody may change.
        /// </summary>
        /// <param name="prefix">The prefix, as for <see cref="Guard"/>.</param>
        /// <param name="guard">The guard.</param>
        public void GuardChanges(string prefix, RequestGuard guard)
        {
            AddGuard(prefix, guard, true);
        }

        internal override void Keep(KeptFields kept)
        {
            if (Gateways != null)
            {
                Gateways.Keep(kept);
            }

            for (int i = 0; i < _guards.Length; i++)
            {
                _guards[i].Keep(kept);
            }
        }

        private void AddGuard(string prefix, RequestGuard guard, bool changesOnly)
        {
            CheckNotStarted();
            if (prefix == null || !prefix.StartsWith("/"))
            {
                throw new ArgumentException("The prefix of a guard must begin with '/'.");
            }

            byte[] octets = Encoding.UTF8.GetBytes(prefix);
            int length = octets[octets.Length - 1] == '/' ? octets.Length - 1 : octets.Length;
            byte[] path = new byte[1 + length];
            path[0] = changesOnly ? (byte)1 : (byte)0;
            Array.Copy(octets, 0, path, 1, length);

            int count = _guards.Length;
            RequestGuard[] guards = new RequestGuard[count + 1];
            byte[][] guarded = new byte[count + 1][];
            Array.Copy(_guards, guards, count);
            Array.Copy(_guarded, guarded, count);
            guards[count] = guard;
            guarded[count] = path;
            _guards = guards;
            _guarded = guarded;
        }

        // Checks host and origin, before the path is matched.
        private bool AdmitOrigin(HttpRequest request, HttpResponse response, bool allowed)
        {
            if (_hosts != null && !_hosts.Admit(request, response))
            {
                return false;
            }

            if (allowed || _allowOthers || OriginCheck.IsSafe(request))
            {
                return true;
            }

            return OriginCheck.Admit(request, response);
        }

        // Asks the guards, once the path is decoded.
        private bool AdmitPath(HttpRequest request, HttpResponse response)
        {
            for (int i = 0; i < _guards.Length; i++)
            {
                byte[] path = _guarded[i];
                if ((path[0] == 0 || !OriginCheck.IsSafe(request)) && IsBelow(request, path) && !_guards[i].Admit(request, response))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsBelow(HttpRequest request, byte[] prefix)
        {
            int length = prefix.Length - 1;
            int start = request.PathStart;
            return request.PathCount >= length
                && Octets.Equal(request.Bytes, start, prefix, 1, length)
                && (request.PathCount == length || request.Bytes[start + length] == '/');
        }
    }
}
