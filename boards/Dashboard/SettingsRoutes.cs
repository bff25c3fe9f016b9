using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// What people may choose: <c>GET</c> and <c>PUT /api/settings</c> with <c>{"deviceName": "…", "temperatureUnit": "C"}</c>.
    /// Members that are left out stay as they are.
    /// </summary>
    internal sealed class SettingsRoutes
    {
        // Of characters, as the page counts them; one takes 4 octets at most.
        private const int LongestName = 32;

        private readonly Board _board;
        private readonly StatusDocument _status;
        private readonly DashboardLog _log;
        private readonly JsonWriter _writer;
        private readonly JsonReader _reader;
        private readonly JsonBody _body;
        private readonly byte[] _deviceName = Encoding.UTF8.GetBytes("deviceName");
        private readonly byte[] _temperatureUnit = Encoding.UTF8.GetBytes("temperatureUnit");
        private readonly byte[] _celsius = Encoding.UTF8.GetBytes("C");
        private readonly byte[] _degreesFahrenheit = Encoding.UTF8.GetBytes("F");
        private bool _fahrenheit;

        internal SettingsRoutes(Board board, StatusDocument status, JsonWriter writer, JsonBody body, DashboardLog log)
        {
            _board = board;
            _status = status;
            _writer = writer;
            _body = body;
            _reader = body.Reader;
            _log = log;
            _fahrenheit = board.Fahrenheit;
        }

        internal void Get(HttpRequest request, HttpResponse response)
        {
            _writer.Begin(response);
            _writer.BeginObject();
            _writer.Member(_deviceName, _status.DeviceName);
            _writer.Member(_temperatureUnit, _fahrenheit ? _degreesFahrenheit : _celsius);
            _writer.EndObject();
            _writer.End();
        }

        // Rare, so it may allocate.
        internal void Put(HttpRequest request, HttpResponse response)
        {
            if (!_body.Begin(request, response))
            {
                return;
            }

            string name = null;
            bool fahrenheit = _fahrenheit;
            bool good = true;
            while (_reader.Read() == JsonToken.Name)
            {
                if (_reader.TextEquals(_deviceName))
                {
                    good &= _reader.Read() == JsonToken.Text && _reader.TextLength <= 4 * LongestName;
                    name = good ? _reader.GetText().Trim() : null;
                    good &= name != null && name.Length > 0 && name.Length <= LongestName && IsPrintable(name);
                }
                else if (_reader.TextEquals(_temperatureUnit))
                {
                    good &= _reader.Read() == JsonToken.Text && (_reader.TextEquals(_celsius) || _reader.TextEquals(_degreesFahrenheit));
                    fahrenheit = good && _reader.TextEquals(_degreesFahrenheit);
                }
                else
                {
                    _reader.Skip();
                }

                if (!good && _reader.Token != JsonToken.Error)
                {
                    Problem.Write(response, 422);
                    return;
                }
            }

            if (_reader.Token != JsonToken.EndObject || _reader.Read() != JsonToken.End)
            {
                Problem.Write(response, 400);
                return;
            }

            if (name != null)
            {
                _status.DeviceName = Encoding.UTF8.GetBytes(name);
            }

            _fahrenheit = fahrenheit;
            byte[] present = _status.DeviceName;
            _board.SaveSettings(Encoding.UTF8.GetString(present, 0, present.Length), fahrenheit);
            _log.Write("Settings saved");
            Get(request, response);
        }

        private static bool IsPrintable(string name)
        {
            byte[] octets = Encoding.UTF8.GetBytes(name);
            for (int i = 0; i < octets.Length; i++)
            {
                if (octets[i] < ' ' || octets[i] == 0x7F)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
