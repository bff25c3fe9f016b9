using System;
using Http2Nano.Hpack;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    public partial class Router
    {
        private int[] _fieldNames = new int[0];
        private byte[][] _fieldValues = new byte[0][];

        /// <summary>
        /// Adds a field to every response, before the handler's own: <c>x-content-type-options</c>, for instance. Allocates,
        /// here and not per response.
        /// </summary>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="value">Its value; kept, not copied.</param>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public void AddField(int name, byte[] value)
        {
            CheckNotStarted();
            int count = _fieldNames.Length;
            int[] names = new int[count + 1];
            byte[][] values = new byte[count + 1][];
            Array.Copy(_fieldNames, names, count);
            Array.Copy(_fieldValues, values, count);
            names[count] = name;
            values[count] = value;
            _fieldNames = names;
            _fieldValues = values;
        }

        private void AddFields(HttpResponse response)
        {
            for (int i = 0; i < _fieldNames.Length; i++)
            {
                response.Headers.Add(_fieldNames[i], _fieldValues[i], 0, _fieldValues[i].Length, FieldPolicy.Indexed);
            }
        }
    }
}
