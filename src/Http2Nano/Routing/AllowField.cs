using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>Writes the <c>allow</c> field (RFC 9110 10.2.1).</summary>
    internal static class AllowField
    {
        /// <summary>Adds the field.</summary>
        /// <param name="response">The response.</param>
        /// <param name="methods">
        /// The mapped methods, a bit for each: bit n stands for the <see cref="HttpMethod"/> n.
        /// </param>
        internal static void Add(HttpResponse response, int methods)
        {
            // The router answers HEAD and OPTIONS where no handler is mapped for them.
            if ((methods & (1 << (int)HttpMethod.Get)) != 0)
            {
                methods |= 1 << (int)HttpMethod.Head;
            }

            // CONNECT is left out: only an extended CONNECT (RFC 8441) opens a WebSocket, which the method's name does not
            // say.
            methods = (methods | 1 << (int)HttpMethod.Options) & ~(1 << (int)HttpMethod.Connect);

            HeaderList fields = response.Headers;
            byte[] storage = fields.Storage;
            int start = fields.Limit - MaximumLength;
            int at = start;
            if (start < fields.End + MaximumLength)
            {
                throw new InvalidOperationException("The fields do not fit into ExchangeSize.");
            }

            for (int method = 1; method < HttpMethods.Count; method++)
            {
                if ((methods & (1 << method)) != 0)
                {
                    if (at != start)
                    {
                        storage[at++] = (byte)',';
                        storage[at++] = (byte)' ';
                    }

                    at += WriteName((HttpMethod)method, storage, at);
                }
            }

            fields.Add(FieldName.Allow, storage, start, at - start, FieldPolicy.Default);
        }

        // Length of all methods and the commas between them.
        private const int MaximumLength = 62;

        private static int WriteName(HttpMethod method, byte[] destination, int offset)
        {
            int length = NameLength(method);
            Array.Copy(KnownText.Octets, HttpMethods.NameOffset(method), destination, offset, length);
            return length;
        }

        private static int NameLength(HttpMethod method)
        {
            switch (method)
            {
                case HttpMethod.Get:
                case HttpMethod.Put:
                    return 3;
                case HttpMethod.Head:
                case HttpMethod.Post:
                    return 4;
                case HttpMethod.Trace:
                case HttpMethod.Patch:
                    return 5;
                case HttpMethod.Delete:
                    return 6;
                case HttpMethod.Connect:
                case HttpMethod.Options:
                    return 7;
                default:
                    return 0;
            }
        }
    }
}
