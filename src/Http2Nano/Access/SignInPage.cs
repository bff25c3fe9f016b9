using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Access
{
    /// <summary>
    /// The page that signs in: a form that works without scripts, and needs no other file. Its text stays in flash.
    /// </summary>
    internal sealed class SignInPage : BodySource
    {
        // Strings, because an array would be copied to the heap. Each has ASCII characters only.
        private const string Start =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + "<link rel=\"icon\" href=\"data:,\"><title>Sign in</title><style>";

        private const string Style =
            ":root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}"
            + "body{margin:0;min-height:100vh;display:grid;place-items:center}"
            + "main{width:min(20rem,90vw)}h1{font-size:1.5rem}label{display:block;margin:1rem 0}"
            + "input,button{box-sizing:border-box;width:100%;min-height:3rem;padding:0 .75rem;font:inherit;border:1px solid;border-radius:.5rem}"
            + "button{margin-top:.5rem;border:0;background:#0b57d0;color:#fff;font-weight:600;cursor:pointer}"
            + "p{padding:.5rem .75rem;border-left:.25rem solid #c5221f}";

        private const string Heading = "</style><main><h1>Sign in</h1>";
        private const string Wrong = "<p role=\"alert\">The name or the password is wrong.</p>";
        private const string TooFast = "<p role=\"alert\">Too many wrong passwords. Wait a second, then try again.</p>";

        private const string End =
            "<form method=\"post\"><label>Name<input name=\"user\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required autofocus></label>"
            + "<label>Password<input name=\"password\" type=\"password\" autocomplete=\"current-password\" required></label>"
            + "<button>Sign in</button></form></main></html>";

        // The hash of the style, in base64 (CSP level 3).
        private const string Policy =
            "default-src 'none'; style-src 'sha256-HGPInpweLNgR2z8dOTWVxGejKmiqNpTGu5OisSw5Lz8='; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

        private const string ContentType = "text/html; charset=utf-8";

        // What is sent: the page without a message, with the first, with the second.
        private readonly string[] _texts = { Start + Style + Heading, string.Empty, Wrong, TooFast, End };
        private readonly string _policy = Policy;
        private readonly string _contentType = ContentType;

        /// <summary>Makes a response the page.</summary>
        /// <param name="response">The response; its body has not been begun.</param>
        /// <param name="status">200, 401 or 429, which also chooses the message.</param>
        internal void Send(HttpResponse response, int status)
        {
            int message = status == 200 ? 1 : status == 401 ? 2 : 3;
            HeaderList fields = response.Headers;
            fields.Put(FieldName.CacheControl, KnownText.Octets, KnownText.NoStore, KnownText.NoStoreLength, FieldPolicy.Indexed);
            fields.Add(FieldName.ContentType, _contentType, ContentType.Length, FieldPolicy.Indexed);
            fields.Add(FieldName.ContentSecurityPolicy, _policy, Policy.Length, FieldPolicy.Indexed);
            response.Status = status;
            response.SetBody(this, message, _texts[0].Length + _texts[message].Length + _texts[4].Length);
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            for (int part = 0; part < 3; part++)
            {
                string text = _texts[part == 0 ? 0 : part == 1 ? key : 4];
                int length = text.Length;
                if (position < length)
                {
                    count = count < length - position ? count : length - position;
                    FlashText.Utf8.GetBytes(text, position, count, buffer, offset);
                    return count;
                }

                position -= length;
            }

            return EndOfBody;
        }
    }
}
