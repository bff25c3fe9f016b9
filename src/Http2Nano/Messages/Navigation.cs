using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>Tells a browser that wants a page for its user from a script or a tool that wants data.</summary>
    internal static class Navigation
    {
        /// <summary>Whether a browser navigates with this request. Allocates nothing.</summary>
        /// <remarks>
        /// Browsers send <c>sec-fetch-mode</c> to secure origins only. To others they navigate with an <c>accept</c> field that
        /// names <c>text/html</c>, which scripts do not send.
        /// </remarks>
        internal static bool Is(HttpRequest request, HttpResponse response)
        {
            HeaderList free = response.Headers;
            int position = request.Headers.Find(FieldName.SecFetchMode);
            if (position >= 0)
            {
                int mode = request.Headers.ValueLength(position) == KnownText.NavigateLength ? FieldScratch.Copy(request.Headers, position, free) : -1;
                return mode >= 0 && Octets.Equal(free.Storage, mode, KnownText.Octets, KnownText.Navigate, KnownText.NavigateLength);
            }

            position = request.Headers.Find(FieldName.Accept);
            int accept = position < 0 ? -1 : FieldScratch.Copy(request.Headers, position, free);
            return accept >= 0 && QualityList.Names(free.Storage, accept, free.Limit, KnownText.Octets, KnownText.Html, KnownText.HtmlLength);
        }
    }
}
