using System.Text;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace HelloNano
{
    /// <summary>The application: the same source for the PC and for the device.</summary>
    /// <remarks>
    /// Everything is made here, before the server starts. The code uses only what the device has: see the README.
    /// </remarks>
    public sealed class HelloNanoApplication
    {
        private readonly byte[] _text = Encoding.UTF8.GetBytes("text/plain; charset=utf-8");
        private readonly byte[] _hello = Encoding.UTF8.GetBytes("Hello, ");

        /// <summary>Maps the routes.</summary>
        /// <param name="pages">The files of the folder www.</param>
        public HelloNanoApplication(StaticAssets pages)
        {
            Router = new Router();
            Router.MapGet("/hello/{name}", SayHello);
            Router.MapAssets("/", pages);
        }

        /// <summary>The dispatcher for the server.</summary>
        public Router Router { get; }

        private void SayHello(HttpRequest request, HttpResponse response)
        {
            response.AddHeader(FieldName.ContentType, _text);
            response.Write(_hello);
            response.Write(request.GetRouteValue(0));
        }
    }
}
