using System;
using Http2Nano.Assets;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    public partial class Router
    {
        private const int Assets = 2;

        /// <summary>Maps the files of a pack for GET and HEAD. Other routes take precedence.</summary>
        /// <param name="prefix">The path of the pack's root; begins and ends with a solidus.</param>
        /// <param name="assets">The files.</param>
        /// <exception cref="ArgumentException">The prefix is malformed, or a rest is already mapped there.</exception>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public void MapAssets(string prefix, StaticAssets assets)
        {
            if (prefix == null || !prefix.EndsWith("/"))
            {
                throw new ArgumentException("The prefix of assets must end with '/'.");
            }

            Add(HttpMethod.Get, prefix + "{*path}", Assets, assets);
        }

        // Whether an endpoint exists for this very path: for assets, whether the pack has the file.
        private bool IsThere(HttpRequest request, int endpoint)
        {
            if (_routes.Endpoints[(endpoint * RouteTable.EndpointSize) + RouteTable.Kind] != Assets)
            {
                return true;
            }

            int path = request.RouteValues[HttpRequest.ValueCount] - 1;
            StaticAssets assets = (StaticAssets)_routes.Targets[endpoint];
            return assets.Contains(request.Bytes, request.RouteValueStart(path), request.RouteValueLength(path));
        }
    }
}
