using System.Text;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Devices
{
    /// <summary>The page that asks for a Wi-Fi network.</summary>
    internal sealed class SetupPage : BodySource
    {
        /// <summary>Where a guest is told of the page in a form for programs (RFC 8908).</summary>
        internal const string ApiPath = "/captive";

        private const int Api = 3;
        private const int LongestSsid = 32;
        private const int ShortestPassword = 8;
        private const int LongestPassword = 63;

        // IEEE 802.11: the key itself instead of a password.
        private const int KeyDigits = 64;

        private const string Head =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + "<title>Choose a Wi-Fi</title><style>:root{color-scheme:light dark}body{font:1.1rem sans-serif;margin:2rem auto;max-width:24rem;padding:0 1rem}"
            + "input,button{display:block;width:100%;font:inherit;padding:.5rem;margin:.3rem 0 1rem;box-sizing:border-box}</style>";

        private const string Form =
            "<h1>Choose a Wi-Fi</h1><form method=\"post\" action=\"/wifi\"><label>Name of the network (2.4 GHz)"
            + "<input name=\"ssid\" required maxlength=\"32\" autocapitalize=\"none\" autofocus></label>"
            + "<label>Password, empty if there is none<input name=\"password\" type=\"password\" maxlength=\"64\"></label>"
            + "<button>Join</button></form>";

        private const string Saved = "<h1>Saved</h1><p>The device restarts and joins the network. Its console shows the address, and http2nano find does.</p>";

        private const string Refused =
            "<h1>That cannot be</h1><p>A name has 1 to 32 characters, a password 8 to 63 characters or 64 hexadecimal digits, or there is none.</p><p><a href=\"/\">Try again</a></p>";

        private readonly byte[] _html = Encoding.UTF8.GetBytes("text/html; charset=utf-8");
        private readonly byte[] _form = Encoding.UTF8.GetBytes(Head + Form);
        private readonly byte[] _saved = Encoding.UTF8.GetBytes(Head + Saved);
        private readonly byte[] _refused = Encoding.UTF8.GetBytes(Head + Refused);

        private readonly byte[] _json = Encoding.UTF8.GetBytes("application/captive+json");
        private readonly byte[] _api;

        /// <summary>Takes the address of the page, without a solidus at its end.</summary>
        internal SetupPage(string address)
        {
            _api = Encoding.UTF8.GetBytes("{\"captive\":true,\"user-portal-url\":\"" + address + "/\"}");
            Router = new Router();
            Router.Guard("/", new NamesToPage(Encoding.UTF8.GetBytes(address + "/")));
            Router.MapGet(ApiPath, Tell);
            Router.MapGet("/", Show);
            Router.MapPost("/wifi", Save);
        }

        /// <summary>The dispatcher for the server.</summary>
        internal Router Router { get; }

        /// <summary>Whether a network has been stored.</summary>
        internal bool IsDone { get; private set; }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            System.Array.Copy(Page(key), position, buffer, offset, count);
            return count;
        }

        private byte[] Page(int key)
        {
            return key == 0 ? _form : key == 1 ? _saved : key == Api ? _api : _refused;
        }

        private void Show(HttpRequest request, HttpResponse response)
        {
            Answer(response, 0);
        }

        private void Save(HttpRequest request, HttpResponse response)
        {
            string ssid = request.HasForm ? request.GetFormValue("ssid") : null;
            string password = ssid == null ? null : request.GetFormValue("password");
            if (ssid == null || password == null || !Fits(ssid, 1, LongestSsid)
                || !(password.Length == 0 || Fits(password, ShortestPassword, LongestPassword) || IsKey(password)))
            {
                response.Status = 422;
                Answer(response, 2);
                return;
            }

            StoredWifiNetwork.Store(ssid, password);
            IsDone = true;
            Answer(response, 1);
        }

        // The limits of Wi-Fi are in octets.
        private static bool Fits(string text, int least, int most)
        {
            int octets = Encoding.UTF8.GetBytes(text).Length;
            return octets >= least && octets <= most;
        }

        private static bool IsKey(string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            for (int i = 0; i < octets.Length; i++)
            {
                int letter = octets[i] | 0x20;
                if ((octets[i] < '0' || octets[i] > '9') && (letter < 'a' || letter > 'f'))
                {
                    return false;
                }
            }

            return octets.Length == KeyDigits;
        }

        private void Tell(HttpRequest request, HttpResponse response)
        {
            Answer(response, Api);
        }

        private void Answer(HttpResponse response, int key)
        {
            response.AddHeader(FieldName.ContentType, key == Api ? _json : _html);
            response.SetBody(this, key, Page(key).Length);
        }
    }
}
