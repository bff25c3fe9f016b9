using System.Text;
using Http2Nano.Access;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Leads whoever asks for any host name to the set-up page. That is how phones and PCs, which ask for a page of their makers,
    /// learn that there is a page to be shown.
    /// </summary>
    internal sealed class NamesToPage : RequestGuard
    {
        private readonly byte[] _page;
        private readonly byte[] _noStore = Encoding.UTF8.GetBytes("no-store");

        /// <summary>Takes the address of the page.</summary>
        internal NamesToPage(byte[] page)
        {
            _page = page;
        }

        /// <inheritdoc/>
        public override bool Admit(HttpRequest request, HttpResponse response)
        {
            if (!IsName(request.GetHeader(FieldName.Authority)))
            {
                return true;
            }

            response.Redirect(302, _page);
            response.AddHeader(FieldName.CacheControl, _noStore);
            return false;
        }

        // RFC 3986 3.2.2: anything but an address in digits and dots.
        private static bool IsName(string host)
        {
            byte[] octets = host == null ? new byte[0] : Encoding.UTF8.GetBytes(host);
            for (int i = 0; i < octets.Length && octets[i] != ':'; i++)
            {
                if (octets[i] != '.' && (octets[i] < '0' || octets[i] > '9'))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
