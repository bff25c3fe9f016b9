using System.Text;
using Http2Nano.Fields;
using Http2Nano.Json;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// The routes that change something. <c>GET</c> and <c>PUT /api/led</c> with <c>{"on": true}</c> switch the board's
    /// output; <c>GET</c> and <c>PUT /api/settings</c> with <c>{"deviceName": "…", "temperatureUnit": "C"}</c> change the
    /// settings. Members that are left out keep their values.
    /// </summary>
    /// <remarks>Changes are rare, so they may allocate; reading does not.</remarks>
    internal sealed class ChangeRoutes
    {
        // In characters, as the page counts them; a character takes at most 4 octets.
        private const int LongestName = 32;
        private const string Celsius = "C";
        private const string DegreesFahrenheit = "F";

        private readonly DashboardApplication _application;
        private readonly byte[] _on = Encoding.UTF8.GetBytes("on");
        private readonly byte[] _deviceName = Encoding.UTF8.GetBytes("deviceName");
        private readonly byte[] _temperatureUnit = Encoding.UTF8.GetBytes("temperatureUnit");

        internal ChangeRoutes(DashboardApplication application)
        {
            _application = application;
        }

        /// <summary>Answers requests for the output.</summary>
        internal void Output(HttpRequest request, HttpResponse response)
        {
            Board board = _application.Status.Board;
            bool before = board.Output;
            if (request.Method == HttpMethod.Put && !Switch(request, response))
            {
                return;
            }

            bool on = board.Output;
            if (on != before)
            {
                _application.Log.Write(on ? "Output switched on" : "Output switched off");
                _application.Tell();
            }

            JsonWriter writer = _application.Status.Json;
            writer.Begin(response);
            writer.BeginObject();
            writer.Name(_on);
            writer.Value(on);
            writer.EndObject();
            writer.End();
        }

        /// <summary>Answers requests for the settings.</summary>
        internal void Settings(HttpRequest request, HttpResponse response)
        {
            if (request.Method == HttpMethod.Put)
            {
                if (!Choose(request, response))
                {
                    return;
                }

                byte[] name = _application.Status.DeviceName;
                bool stored = _application.Status.Board.SaveSettings(Encoding.UTF8.GetString(name, 0, name.Length), _application.Status.Fahrenheit);
                _application.Tell();
                if (!stored)
                {
                    Problem.Write(response, 507);
                    return;
                }

                _application.Log.Write("Settings saved");
            }

            JsonWriter writer = _application.Status.Json;
            writer.Begin(response);
            writer.BeginObject();
            writer.Member(_deviceName, _application.Status.DeviceName);
            writer.Name(_temperatureUnit);
            writer.Value(_application.Status.Fahrenheit ? DegreesFahrenheit : Celsius);
            writer.EndObject();
            writer.End();
        }

        // Each of these returns whether the change was made; if not, the response gives the reason. What follows from it is done
        // when they have returned: their reader and their texts, and their frames of the stack, take no heap meanwhile.
        private bool Switch(HttpRequest request, HttpResponse response)
        {
            JsonReader reader = JsonBody.Begin(request, response);
            if (reader == null)
            {
                return false;
            }

            bool known = false;
            bool on = false;
            while (reader.Read() == JsonToken.Name)
            {
                if (reader.TextEquals(_on))
                {
                    JsonToken value = reader.Read();
                    on = value == JsonToken.True;
                    known = on || value == JsonToken.False;
                }
                else
                {
                    reader.Skip();
                }
            }

            if (!JsonBody.Ends(reader, response))
            {
                return false;
            }

            if (!known)
            {
                Problem.Write(response, 422);
                return false;
            }

            if (_application.Status.Board.Output != on)
            {
                _application.Status.Board.Output = on;
            }

            return true;
        }

        private bool Choose(HttpRequest request, HttpResponse response)
        {
            JsonReader reader = JsonBody.Begin(request, response);
            if (reader == null)
            {
                return false;
            }

            string name = null;
            bool fahrenheit = _application.Status.Fahrenheit;
            bool good = true;
            while (reader.Read() == JsonToken.Name)
            {
                if (reader.TextEquals(_deviceName))
                {
                    good &= reader.Read() == JsonToken.Text && reader.TextLength <= 4 * LongestName;
                    name = good ? reader.GetText().Trim() : null;
                    good &= name != null && name.Length > 0 && name.Length <= LongestName && IsPrintable(name);
                }
                else if (reader.TextEquals(_temperatureUnit))
                {
                    good &= reader.Read() == JsonToken.Text && reader.TextLength <= 4 * LongestName;
                    string unit = good ? reader.GetText() : null;
                    fahrenheit = unit == DegreesFahrenheit;
                    good &= fahrenheit || unit == Celsius;
                }
                else
                {
                    reader.Skip();
                }

                if (!good && reader.Token != JsonToken.Error)
                {
                    Problem.Write(response, 422);
                    return false;
                }
            }

            if (!JsonBody.Ends(reader, response))
            {
                return false;
            }

            if (name != null)
            {
                _application.Status.DeviceName = Encoding.UTF8.GetBytes(name);
            }

            _application.Status.Fahrenheit = fahrenheit;
            return true;
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
