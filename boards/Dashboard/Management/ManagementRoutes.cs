using System.Text;
using Http2Nano.Fields;
using Http2Nano.Json;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// <c>/api/device</c> and below: what a <see cref="DeviceControl"/> can. Reading is free, but for the networks in reach, which
    /// tell where the device is; changing asks for the password.
    /// </summary>
    /// <remarks>Changes are rare, so all of it may allocate.</remarks>
    public sealed class ManagementRoutes : DashboardPart
    {
        // As many as fit into a short response; the strongest.
        private const int MostNetworks = 10;

        // No text is longer, in octets.
        private const int LongestText = 128;

        private readonly DeviceControl _control;
        private readonly JsonWriter _writer = new JsonWriter();
        private DashboardApplication _application;

        /// <summary>Makes the routes.</summary>
        /// <param name="control">What the board can.</param>
        public ManagementRoutes(DeviceControl control)
        {
            _control = control;
        }

        /// <inheritdoc/>
        public override string Features
        {
            get
            {
                return "\"device\"" + (_control.HasWifi ? ",\"wifi\"" : string.Empty) + (_control.HasPassword ? ",\"password\"" : string.Empty)
                    + (_control.HostName != null ? ",\"hostname\"" : string.Empty) + (_control.TimeServer != null ? ",\"time\"" : string.Empty)
                    + (_control.CanRestart ? ",\"restart\"" : string.Empty) + (_control.CanReset ? ",\"reset\"" : string.Empty);
            }
        }

        /// <inheritdoc/>
        public override void Map(DashboardApplication application)
        {
            _application = application;
            application.Router.MapGet("/api/device", Get);
            application.Router.MapPut("/api/device", Put);
            if (_control.HasWifi)
            {
                application.Router.MapGet("/api/device/networks", GetNetworks);
                application.Router.MapPost("/api/device/networks", Scan);
                application.Router.MapPut("/api/device/wifi", PutWifi);
            }

            if (_control.HasPassword)
            {
                application.Router.MapPut("/api/device/password", PutPassword);
            }

            if (_control.CanRestart)
            {
                application.Router.MapPost("/api/device/restart", Restart);
            }

            if (_control.CanReset)
            {
                application.Router.MapPost("/api/device/reset", Reset);
            }

            application.GuardChanges("/api/device");
            application.Guard("/api/device/networks");
        }

        private void Get(HttpRequest request, HttpResponse response)
        {
            response.AddHeader("cache-control", "no-store");
            _writer.Begin(response);
            _writer.BeginObject();
            if (_control.HasWifi)
            {
                int state = _control.WifiState;
                Member("wifi", _control.WifiName);
                Member("wifiState", state == DeviceControl.Scanning ? "scanning" : state == DeviceControl.Testing ? "testing" : "idle");
                Member("wifiTrouble", _control.WifiTrouble);
            }

            Member("hostName", _control.HostName);
            Member("timeServer", _control.TimeServer);
            Member("timeZone", _control.TimeServer == null ? null : _control.TimeZone);
            _writer.EndObject();
            _writer.End();
        }

        private void Put(HttpRequest request, HttpResponse response)
        {
            JsonReader reader = JsonBody.Begin(request, response);
            if (reader == null)
            {
                return;
            }

            string host = null;
            string server = null;
            string zone = null;
            bool good = true;
            while (reader.Read() == JsonToken.Name)
            {
                string name = reader.GetText();
                string value = Text(reader);
                good &= value != null;
                switch (name)
                {
                    case "hostName":
                        host = value;
                        break;
                    case "timeServer":
                        server = value;
                        break;
                    case "timeZone":
                        zone = value;
                        break;
                }
            }

            if (!JsonBody.Ends(reader, response))
            {
                return;
            }

            good &= host == null || (_control.HostName != null && ControlText.IsHostName(host));
            good &= (server == null && zone == null) || _control.TimeServer != null;
            good &= server == null || ControlText.IsServer(server);
            good &= zone == null || ControlText.IsZone(zone);
            if (!good)
            {
                Problem.Write(response, 422);
                return;
            }

            bool stored = true;
            if (host != null && host != _control.HostName)
            {
                stored = _control.SetHostName(host);
                _application.Log.Write("The name in the network becomes " + host + ".local");
            }

            if (server != null || zone != null)
            {
                stored &= _control.SetTime(server ?? _control.TimeServer, zone ?? _control.TimeZone);
                _application.Log.Write("Time settings changed");
            }

            if (stored)
            {
                Get(request, response);
            }
            else
            {
                Problem.Write(response, 507);
            }
        }

        private void GetNetworks(HttpRequest request, HttpResponse response)
        {
            response.AddHeader("cache-control", "no-store");
            _writer.Begin(response);
            _writer.BeginArray();
            int count = _control.NetworkCount < MostNetworks ? _control.NetworkCount : MostNetworks;
            for (int i = 0; i < count; i++)
            {
                _writer.BeginObject();
                Member("name", _control.NetworkName(i));
                _writer.Member(Encoding.UTF8.GetBytes("signal"), _control.NetworkSignal(i));
                _writer.EndObject();
            }

            _writer.EndArray();
            _writer.End();
        }

        private void Scan(HttpRequest request, HttpResponse response)
        {
            _control.ScanWifi();
            response.Status = 202;
        }

        private void PutWifi(HttpRequest request, HttpResponse response)
        {
            JsonReader reader = JsonBody.Begin(request, response);
            if (reader == null)
            {
                return;
            }

            string wifi = null;
            string password = string.Empty;
            while (reader.Read() == JsonToken.Name)
            {
                string name = reader.GetText();
                string value = Text(reader);
                if (name == "name")
                {
                    wifi = value;
                }
                else if (name == "password")
                {
                    password = value;
                }
            }

            if (!JsonBody.Ends(reader, response))
            {
                return;
            }

            if (wifi == null || password == null || !ControlText.IsWifiName(wifi) || !ControlText.IsWifiPassword(password))
            {
                Problem.Write(response, 422);
                return;
            }

            if (_control.WifiState == DeviceControl.Testing)
            {
                Problem.Write(response, 409);
                return;
            }

            _control.TryWifi(wifi, password);
            response.Status = 202;
        }

        private void PutPassword(HttpRequest request, HttpResponse response)
        {
            JsonReader reader = JsonBody.Begin(request, response);
            if (reader == null)
            {
                return;
            }

            string password = null;
            while (reader.Read() == JsonToken.Name)
            {
                string name = reader.GetText();
                string value = Text(reader);
                if (name == "password")
                {
                    password = value;
                }
            }

            if (!JsonBody.Ends(reader, response))
            {
                return;
            }

            if (password == null || !ControlText.IsPassword(password))
            {
                Problem.Write(response, 422);
            }
            else if (!_control.SetPassword(password))
            {
                Problem.Write(response, 507);
            }
            else
            {
                _application.Log.Write("The password was changed");
                response.Status = 204;
            }
        }

        private void Restart(HttpRequest request, HttpResponse response)
        {
            _application.Log.Warn("Somebody restarts the device");
            _control.Restart();
            response.Status = 202;
        }

        private void Reset(HttpRequest request, HttpResponse response)
        {
            _application.Log.Warn("Somebody lets the device forget its settings");
            _control.Reset();
            response.Status = 202;
        }

        // The text that follows; null for another value, and for a text that is too long for anything. What is nested ends in 400.
        private static string Text(JsonReader reader)
        {
            return reader.Read() == JsonToken.Text && reader.TextLength <= LongestText ? reader.GetText() : null;
        }

        private void Member(string name, string value)
        {
            _writer.Name(Encoding.UTF8.GetBytes(name));
            if (value == null)
            {
                _writer.Null();
            }
            else
            {
                _writer.Value(value);
            }
        }
    }
}
