using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    public partial class Router
    {
        // Packed as they stand in a response, so that all of them cost one copy.
        private byte[] _fields = new byte[0];
        private int _fieldCount;
        private int _fieldTotal;

        // "max-age=" and a number, or null.
        private byte[] _strictTransportSecurity;

        /// <summary>
        /// Says in every response over TLS that this name is to be asked for over TLS only (RFC 6797). Off unless called: browsers
        /// then let nobody past a warning, so a device whose certificate nobody signed could not be reached any more, nor could
        /// anything else under its name over plain HTTP. Allocates, here and not per response.
        /// </summary>
        /// <param name="seconds">How long browsers remember it; 0 makes them forget it.</param>
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
        /// Adds a field to every response, before the handler's own. <c>x-content-type-options: nosniff</c> is there without
        /// being asked for. Allocates, here and not per response.
        /// </summary>
        /// <param name="name">A constant of <see cref="FieldName"/>. A field with this name that was added before goes.</param>
        /// <param name="value">Its value, copied; null for no such field.</param>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public void AddField(int name, byte[] value)
        {
            CheckNotStarted();
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

        // What every response has. Whether the request comes from an origin that the policy allows.
        private bool AddFields(HttpRequest request, HttpResponse response)
        {
            AddFixedFields(response);
            if (_strictTransportSecurity != null && request.IsSecure)
            {
                // RFC 6797 7.2: never over what is not secure.
                response.Headers.Add(FieldName.StrictTransportSecurity, _strictTransportSecurity);
            }

            return Cors != null && Cors.AddFields(request, response);
        }

        private void AddFixedFields(HttpResponse response)
        {
            byte[] fields = _fields;
            int length = fields.Length;
            HeaderList target = response.Headers;
            int at = target.Used;
            if (length > target.Bound - at)
            {
                target.Faults |= HeaderList.Dropped;
                return;
            }

            Array.Copy(fields, 0, target.Storage, at, length);
            target.Used = at + length;
            target.Fields += _fieldCount;
            target.Total += _fieldTotal;
        }
    }
}
