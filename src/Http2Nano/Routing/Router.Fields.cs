using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    public partial class Router
    {
        // Packed as in a response, so that one copy adds all of them.
        private byte[] _fields = new byte[0];
        private int _fieldCount;
        private int _fieldTotal;

        // "max-age=" and a number, or null.
        private byte[] _strictTransportSecurity;

        /// <summary>
        /// Makes every response over TLS say that this host is to be used over TLS only (RFC 6797). Off unless called:
        /// browsers then let nobody bypass a certificate warning, so a device with a self-signed certificate cannot be
        /// reached any more, and neither can anything under its name over plain HTTP. Allocates, here and not per response.
        /// </summary>
        /// <param name="seconds">How long browsers remember it; 0 makes them forget.</param>
        /// <exception cref="ArgumentException">The number is negative.</exception>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public void RequireTls(int seconds)
        {
            CheckNotStarted();
            if (seconds < 0)
            {
                throw new ArgumentException("The seconds of RequireTls must not be negative: 31536000 is a year.");
            }

            _strictTransportSecurity = Ascii.Pack("max-age=" + seconds.ToString());
        }

        /// <summary>
        /// Adds a field to every response, before the handler's own fields. <c>x-content-type-options: nosniff</c> is added
        /// by default. Allocates, here and not per response.
        /// </summary>
        /// <param name="name">
        /// A constant of <see cref="FieldName"/>. Replaces a field with this name that was added before.
        /// </param>
        /// <param name="value">Its value, copied; null removes the field.</param>
        /// <exception cref="ArgumentException">The value has control characters, such as the end of a line (RFC 9110 5.5).</exception>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public void AddField(int name, byte[] value)
        {
            CheckNotStarted();
            if (value != null && FieldSyntax.EndOfText(value, 0, value.Length) != value.Length)
            {
                throw new ArgumentException("The value of AddField must have no control characters, such as the end of a line.");
            }

            byte[] before = _fields;
            HeaderList fields = new HeaderList(new byte[before.Length + HeaderList.Prefix + (value == null ? 0 : value.Length)]);
            for (int at = 0; at < before.Length;)
            {
                int size = (before[at + 2] << 8) | before[at + 3];
                if (before[at] != name)
                {
                    fields.Add(before[at], before, at + HeaderList.Prefix, size - HeaderList.Prefix, FieldPolicy.Indexed);
                }

                at += size;
            }

            if (value != null)
            {
                fields.Add(name, value, 0, value.Length, FieldPolicy.Indexed);
            }

            _fields = new byte[fields.Used];
            Array.Copy(fields.Storage, 0, _fields, 0, _fields.Length);
            _fieldCount = fields.Fields;
            _fieldTotal = fields.Total;
        }

        // Adds the fields that every response has. Returns whether the CORS policy allows the request's origin.
        private bool AddFields(HttpRequest request, HttpResponse response)
        {
            byte[] fields = _fields;
            int length = fields.Length;
            HeaderList target = response.HeaderSection;
            int at = target.Used;
            if (length > target.Bound - at)
            {
                target.Faults |= HeaderList.Dropped;
            }
            else
            {
                Array.Copy(fields, 0, target.Storage, at, length);
                target.Used = at + length;
                target.Fields += _fieldCount;
                target.Total += _fieldTotal;
            }

            if (_strictTransportSecurity != null && request.IsSecure)
            {
                // RFC 6797 7.2: the field must not be sent over an insecure transport.
                response.Headers.Add(FieldName.StrictTransportSecurity, _strictTransportSecurity);
            }

            return _cors != null && _cors.AddFields(request, response);
        }
    }
}
