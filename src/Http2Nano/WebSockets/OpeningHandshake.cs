using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.WebSockets
{
    /// <summary>The opening handshake: RFC 6455 4.2 over HTTP/1.1, RFC 8441 5 over HTTP/2.</summary>
    internal sealed class OpeningHandshake
    {
        // RFC 6455 4.1: 16 octets in base64.
        private const int KeyLength = 24;
        private const int AcceptLength = 28;
        private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

        private readonly byte[] _keyName = Ascii.Pack("sec-websocket-key");
        private readonly byte[] _versionName = Ascii.Pack("sec-websocket-version");
        private readonly byte[] _protocolName = Ascii.Pack("sec-websocket-protocol");
        private readonly byte[] _acceptName = Ascii.Pack("sec-websocket-accept");
        private readonly byte[] _version = Ascii.Pack("13");
        private readonly byte[] _suffix = Ascii.Pack(AcceptSuffix);
        private readonly Sha1 _sha1 = new Sha1();

        /// <summary>The endpoint's subprotocol (RFC 6455 1.9), or null.</summary>
        internal byte[] Subprotocol;

        /// <summary>Checks a request for a WebSocket, and refuses it if it is not one.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">The response.</param>
        /// <param name="scratch">Free storage, at least 60 bytes.</param>
        /// <returns>Whether the socket may be opened; then the response has its fields.</returns>
        internal bool Accept(HttpRequest request, HttpResponse response, byte[] scratch)
        {
            HeaderList fields = request.Headers;
            bool http2 = request.Protocol == HttpProtocol.Http2;
            if (!request.AsksForWebSocket)
            {
                RefuseVersion(response, http2);
                return false;
            }

            int version = fields.Find(_versionName);
            if (version < 0 || fields.FindNext(version, _versionName) >= 0)
            {
                Problem.Write(response, 400);
                return false;
            }

            if (!fields.ValueEquals(version, _version))
            {
                // RFC 6455 4.2.2: names the supported version.
                response.AddHeader(_versionName, _version);
                RefuseVersion(response, http2);
                return false;
            }

            // RFC 8441 5: HTTP/2 has no key, because extended CONNECT already proves what the client wants.
            if (!http2)
            {
                if (!AnswerKey(fields, response, scratch))
                {
                    Problem.Write(response, 400);
                    return false;
                }

                AddUpgrade(response);
            }

            AnswerProtocol(fields, response);
            return true;
        }

        // RFC 9110 15.5.22: 426 names the required protocol. HTTP/2 has no upgrade.
        private static void RefuseVersion(HttpResponse response, bool http2)
        {
            if (!http2)
            {
                AddUpgrade(response);
            }

            Problem.Write(response, http2 ? 400 : 426);
        }

        private static void AddUpgrade(HttpResponse response)
        {
            HeaderList fields = response.Headers;
            fields.Add(FieldName.Connection, KnownText.Octets, KnownText.Upgrade, KnownText.UpgradeLength, FieldPolicy.Indexed);
            fields.Add(FieldName.Upgrade, KnownText.Octets, KnownText.WebSocket, KnownText.WebSocketLength, FieldPolicy.Indexed);
        }

        private bool AnswerKey(HeaderList fields, HttpResponse response, byte[] scratch)
        {
            int key = fields.Find(_keyName);
            if (key < 0 || fields.ValueLength(key) != KeyLength || fields.FindNext(key, _keyName) >= 0)
            {
                return false;
            }

            fields.CopyValue(key, scratch, 0);
            if (!IsKey(scratch))
            {
                return false;
            }

            Array.Copy(_suffix, 0, scratch, KeyLength, _suffix.Length);
            _sha1.Hash(scratch, 0, KeyLength + _suffix.Length, scratch, 0);
            WriteBase64(scratch, Sha1.Length, scratch, AcceptLength);
            response.Headers.Add(_acceptName, scratch, AcceptLength, AcceptLength);
            return true;
        }

        // RFC 6455 4.2.1: whether octets are base64 that decodes to 16 octets.
        private static bool IsKey(byte[] bytes)
        {
            for (int i = 0; i < KeyLength - 2; i++)
            {
                int octet = bytes[i];
                int small = octet | 0x20;
                if ((octet < '0' || octet > '9') && (small < 'a' || small > 'z') && octet != '+' && octet != '/')
                {
                    return false;
                }
            }

            return bytes[KeyLength - 2] == '=' && bytes[KeyLength - 1] == '=';
        }

        // Writes base64 (RFC 4648 4).
        private static void WriteBase64(byte[] bytes, int count, byte[] destination, int at)
        {
            for (int i = 0; i < count; i += 3)
            {
                int held = bytes[i] << 16;
                held |= i + 1 < count ? bytes[i + 1] << 8 : 0;
                held |= i + 2 < count ? bytes[i + 2] : 0;
                destination[at] = Digit(held >> 18);
                destination[at + 1] = Digit(held >> 12);
                destination[at + 2] = i + 1 < count ? Digit(held >> 6) : (byte)'=';
                destination[at + 3] = i + 2 < count ? Digit(held) : (byte)'=';
                at += 4;
            }
        }

        private static byte Digit(int value)
        {
            value &= 63;
            return (byte)(value < 26 ? 'A' + value : value < 52 ? 'a' + value - 26 : value < 62 ? '0' + value - 52 : value == 62 ? '+' : '/');
        }

        // RFC 6455 4.2.2: selects the endpoint's subprotocol if the client offers it, compared case-sensitively; otherwise
        // none.
        private void AnswerProtocol(HeaderList fields, HttpResponse response)
        {
            if (Subprotocol == null)
            {
                return;
            }

            for (int field = fields.Find(_protocolName); field >= 0; field = fields.FindNext(field, _protocolName))
            {
                int at = FieldScratch.Copy(fields, field, response.Headers);
                if (at >= 0 && Offers(response.Headers.Storage, at, response.Headers.Limit))
                {
                    response.AddHeader(_protocolName, Subprotocol);
                    return;
                }
            }
        }

        private bool Offers(byte[] bytes, int at, int end)
        {
            while (at < end)
            {
                while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == ','))
                {
                    at++;
                }

                int start = at;
                while (at < end && bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != ',')
                {
                    at++;
                }

                if (at - start == Subprotocol.Length && Octets.Equal(bytes, start, Subprotocol, 0, at - start))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
