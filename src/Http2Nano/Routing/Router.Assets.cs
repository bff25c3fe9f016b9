using System;
using Http2Nano.Assets;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    public partial class Router
    {
        private const int Assets = 2;

        /// <summary>Maps the files of a pack for GET and HEAD. Other routes go before them.</summary>
        /// <param name="prefix">The path below which they are; begins and ends with a solidus, <c>/</c> for all.</param>
        /// <param name="assets">The files.</param>
        /// <exception cref="ArgumentException">The prefix is malformed, or a rest is mapped there already.</exception>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public void MapAssets(string prefix, StaticAssets assets)
        {
            if (prefix == null || !prefix.EndsWith("/"))
            {
                throw new ArgumentException("The prefix of assets must end with '/'.");
            }

            Add(HttpMethod.Get, prefix + "{*path}", Assets, assets);
        }

        // Whether an endpoint is there for this very path: assets are only where there is a file.
        private bool IsThere(HttpRequest request, int endpoint)
        {
            if (_routes.Endpoints[(endpoint * RouteTable.EndpointSize) + RouteTable.Kind] != Assets)
            {
                return true;
            }

            int path = request.RouteValueCount - 1;
            StaticAssets assets = (StaticAssets)_routes.Targets[endpoint];
            return assets.Contains(request.Bytes, request.RouteValueStart(path), request.RouteValueLength(path));
        }
    }
}
