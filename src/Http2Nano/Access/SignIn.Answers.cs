using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Access
{
    // The handlers: the page, signing in, signing out, and whether somebody is signed in.
    public sealed partial class SignIn
    {
        // Most octets of a target that is kept while somebody signs in, encoded: the smallest transmit buffer has to hold it
        // beside other fields.
        private const int LongestNext = 192;

        // The parts of Set-Cookie behind the name and behind the token (RFC 6265 4.1).
        private const int AttributesLength = 32;
        private const int Secure = AttributesLength;
        private const int SecureLength = 8;
        private const int Expired = Secure + SecureLength;
        private const int ExpiredLength = 11;
        private const int Equal = Expired + ExpiredLength - 2;

        private const int PathLength = 7;

        private readonly byte[] _cookie = Ascii.Pack("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
        private readonly byte[] _up = Ascii.Pack("../");
        private readonly byte[] _next = Ascii.Pack("?next=");
        private readonly byte[] _nextName = Ascii.Pack("next");
        private readonly byte[] _userName = Ascii.Pack("user");
        private readonly byte[] _passwordName = Ascii.Pack("password");
        private readonly SignInPage _page = new SignInPage();

        /// <summary>Handles GET: the page where a browser navigates, else whether somebody is signed in.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">Its response.</param>
        public void Get(HttpRequest request, HttpResponse response)
        {
            if (Navigation.Is(request, response))
            {
                GetPage(request, response);
            }
            else
            {
                GetState(request, response);
            }
        }

        /// <summary>Handles GET: a page with a form that signs in.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">Its response.</param>
        public void GetPage(HttpRequest request, HttpResponse response)
        {
            _page.Send(response, 200);
        }

        /// <summary>
        /// Handles GET of data: <c>{"signedIn":true}</c> or <c>false</c>, for a page of the application's own.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="response">Its response.</param>
        public void GetState(HttpRequest request, HttpResponse response)
        {
            bool signedIn = IsSignedIn(request);
            NoStore(response);
            response.Headers.Put(FieldName.ContentType, KnownText.Octets, KnownText.Json, KnownText.JsonLength, FieldPolicy.Indexed);
            response.Write(signedIn ? "{\"signedIn\":true}" : "{\"signedIn\":false}");
        }

        /// <summary>
        /// Handles POST of a form (<c>application/x-www-form-urlencoded</c>) with the fields <c>user</c> and <c>password</c>:
        /// begins a session.
        /// </summary>
        /// <remarks>
        /// <para>The form of a page is answered with 303 to the path in <c>next</c> of the query, when that is one of this
        /// server, else to its root; or with the page again, which tells what is wrong. A script gets 204, 401 when name or
        /// password are wrong, and 429 after five wrong ones, with <c>retry-after</c>.</para>
        /// <para>A session that the request had before ends.</para>
        /// </remarks>
        /// <param name="request">The request, its body gathered.</param>
        /// <param name="response">Its response.</param>
        public void Enter(HttpRequest request, HttpResponse response)
        {
            // A page of somebody else's must not sign its visitor in, as somebody else.
            if (!OriginCheck.Admit(request, response))
            {
                return;
            }

            if (!request.HasForm)
            {
                Problem.Write(response, request.HasContentType(KnownText.Octets, KnownText.Form, KnownText.FormLength) ? 400 : 415);
                return;
            }

            bool navigates = Navigation.Is(request, response);
            long now = _clock.Now;
            if (_basic.IsSlowed(request, now))
            {
                if (navigates)
                {
                    Authentication.AddRetryAfter(response);
                    _page.Send(response, 429);
                }
                else
                {
                    Authentication.TooMany(response);
                }
            }
            else if (IsUser(request, response))
            {
                Begin(request, response, now, navigates);
            }
            else
            {
                _basic.Count(request, now);
                if (navigates)
                {
                    response.Headers.Add(FieldName.WwwAuthenticate, _challenge, 0, _challenge.Length, FieldPolicy.Default);
                    _page.Send(response, 401);
                }
                else
                {
                    Challenge(response);
                }
            }
        }

        /// <summary>
        /// Handles DELETE, or POST of a form without fields: ends the request's session. The form of a page is answered with
        /// 303 to the page that signs in, a script with 204.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="response">Its response.</param>
        public void Leave(HttpRequest request, HttpResponse response)
        {
            if (!OriginCheck.Admit(request, response))
            {
                return;
            }

            bool navigates = Navigation.Is(request, response);
            bool sent;
            int session = Session(request, out sent);
            if (session >= 0)
            {
                _sessions.End(session);
            }

            NoStore(response);
            AddCookie(request, response, -1);
            if (navigates)
            {
                BeginLocation(request, response);
                response.Headers.AppendValue(_path, 1, _path.Length - 1);
                response.Headers.EndField();
            }

            response.Status = navigates ? 303 : 204;
        }

        private void Begin(HttpRequest request, HttpResponse response, long now, bool navigates)
        {
            bool sent;
            int session = Session(request, out sent);
            if (session >= 0)
            {
                _sessions.End(session);
            }

            int token = _sessions.Begin(Seconds());
            _tokens.Write(now, _sessions.Tokens, token);
            NoStore(response);
            AddCookie(request, response, token);
            if (navigates)
            {
                AddNext(request, response);
            }

            response.Status = navigates ? 303 : 204;
        }

        // Whether the form has the name and the password of a user.
        private bool IsUser(HttpRequest request, HttpResponse response)
        {
            int user = request.FindForm(_userName);
            int password = request.FindForm(_passwordName);
            if (user < 0 || password < 0)
            {
                return false;
            }

            // Both are put together, decoded, at the end of the storage, which is free.
            byte[] bytes = request.Bytes;
            int end = response.Headers.Limit;
            int at = end - request.FormValueLength(user) - request.FormValueLength(password) - 1;
            bool right = false;
            if (at >= response.Headers.End)
            {
                int colon = at + request.CopyFormValue(user, bytes, at);
                bytes[colon] = (byte)':';
                int count = colon + 1 - at + request.CopyFormValue(password, bytes, colon + 1);
                right = _users.Contains(bytes, at, count);
                Array.Clear(bytes, at, end - at);
            }

            // Leaves no password in the storage.
            Array.Clear(bytes, request.BodyStart, request.BodyCount);
            return right;
        }

        // Adds a cookie with the token at an offset, or one that has expired.
        private void AddCookie(HttpRequest request, HttpResponse response, int token)
        {
            HeaderList fields = response.Headers;
            byte[] name = Name(request);
            fields.BeginField(FieldName.SetCookie);
            fields.AppendValue(name, 0, name.Length);
            fields.AppendValue(_cookie, Equal, 1);
            if (token >= 0)
            {
                fields.AppendValue(_sessions.Tokens, token, SessionTokens.Digits);
            }

            // Behind a proxy that removes a prefix, other servers of the same host have other ones.
            fields.AppendValue(_cookie, 0, PathLength);
            TrustedProxies proxies = (TrustedProxies)request.Gateways;
            if (proxies != null)
            {
                proxies.AppendPrefix(request, fields);
            }

            fields.AppendValue(_cookie, PathLength, (request.IsSecure ? AttributesLength + SecureLength : AttributesLength) - PathLength);
            if (token < 0)
            {
                fields.AppendValue(_cookie, Expired, ExpiredLength);
            }

            fields.EndField();
        }

        // Leads back to the path that was asked for before, if it is one of this server: "//host" and "/\host" are not.
        private void AddNext(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = response.Headers;
            byte[] bytes = request.Bytes;
            int value = request.FindQuery(_nextName);
            int room = value < 0 ? 0 : request.QueryValueLength(value);
            int at = fields.Limit - room;
            int more = HeaderList.Prefix + (_up.Length * (1 + Depth(request)));
            int count = room != 0 && room <= LongestNext && at - room >= fields.End + more ? request.CopyQueryValue(value, bytes, at) : 0;
            bool isPath = count > 0 && bytes[at] == '/' && (count == 1 || (bytes[at + 1] != '/' && bytes[at + 1] != '\\'));
            for (int i = 0; i < count; i++)
            {
                isPath &= bytes[at + i] > ' ' && bytes[at + i] < 0x7F;
            }

            BeginLocation(request, response);
            if (isPath)
            {
                fields.AppendValue(bytes, at + 1, count - 1);
            }

            fields.EndField();
        }

        // Begins a target that is relative (RFC 9110 10.2.2), with the way to the root of this server: a proxy in front may
        // have removed a prefix from the path.
        private void BeginLocation(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = response.Headers;
            fields.BeginField(FieldName.Location);
            int steps = Depth(request);
            if (steps == 0)
            {
                fields.AppendValue(_up, 1, 2);
            }

            for (; steps != 0; steps--)
            {
                fields.AppendValue(_up, 0, _up.Length);
            }
        }

        // Number of folders that the request's path leads through.
        private static int Depth(HttpRequest request)
        {
            int depth = -1;
            int at = request.PathStart;
            for (int end = at + request.PathCount; at < end; at++)
            {
                if (request.Bytes[at] == '/')
                {
                    depth++;
                }
            }

            return depth;
        }

        private void LeadToPage(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = response.Headers;
            int at = fields.Limit - LongestNext;
            int next = 0;
            if (OriginCheck.IsSafe(request) && at - LongestNext - _path.Length - _next.Length - (_up.Length * Depth(request)) >= fields.End)
            {
                next = WriteTarget(request, at);
            }

            BeginLocation(request, response);
            fields.AppendValue(_path, 1, _path.Length - 1);
            if (next > 0)
            {
                fields.AppendValue(_next, 0, _next.Length);
                fields.AppendValue(request.Bytes, at, next);
            }

            fields.EndField();
            response.Status = 303;
        }

        // Writes the request's target as the value of a query: each octet of the path that is encoded there is encoded once
        // more. Returns its length; -1 when it is too long.
        private static int WriteTarget(HttpRequest request, int start)
        {
            byte[] bytes = request.Bytes;
            int path = request.PathStart + request.PathCount;
            int end = request.QueryCount < 0 ? path : path + 1 + request.QueryCount;
            int limit = start + LongestNext - 5;
            int to = start;
            for (int at = request.PathStart; at < end; at++)
            {
                int octet = bytes[at];
                if (to > limit)
                {
                    return -1;
                }

                if (IsUnreserved(octet))
                {
                    bytes[to++] = (byte)octet;
                    continue;
                }

                bytes[to++] = (byte)'%';
                if (at < path && octet != '/')
                {
                    bytes[to++] = (byte)'2';
                    bytes[to++] = (byte)'5';
                }

                bytes[to++] = Hex.Character(octet >> 4);
                bytes[to++] = Hex.Character(octet & 0xF);
            }

            return to - start;
        }

        // RFC 3986 2.3
        private static bool IsUnreserved(int octet)
        {
            int letter = octet | 0x20;
            return (letter >= 'a' && letter <= 'z') || (octet >= '0' && octet <= '9') || octet == '-' || octet == '.' || octet == '_' || octet == '~';
        }
    }
}
