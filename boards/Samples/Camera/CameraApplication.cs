using System.Text;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Samples.Camera
{
    /// <summary>Shows the pictures of a camera, as long as somebody watches.</summary>
    public sealed class CameraApplication
    {
        private readonly byte[] _type = Encoding.UTF8.GetBytes("multipart/x-mixed-replace; boundary=" + CameraStream.Boundary);
        private readonly byte[] _noStore = Encoding.UTF8.GetBytes("no-store");
        private readonly byte[] _taken = Encoding.UTF8.GetBytes("Somebody else looks through the camera.");
        private readonly CameraStream _stream;

        /// <summary>Maps the routes.</summary>
        /// <param name="pages">The page.</param>
        /// <param name="source">The camera.</param>
        public CameraApplication(StaticAssets pages, FrameSource source)
        {
            _stream = new CameraStream(source);
            Router = new Router();
            Router.MapGet("/api/camera", GetStream);
            Router.MapAssets("/", pages);
        }

        /// <summary>The dispatcher for the server.</summary>
        public Router Router { get; }

        private void GetStream(HttpRequest request, HttpResponse response)
        {
            int viewer = _stream.Begin();
            if (viewer < 0)
            {
                Problem.Write(response, 503, _taken);
                return;
            }

            response.AddHeader(FieldName.ContentType, _type);
            response.AddHeader(FieldName.CacheControl, _noStore);
            response.SetBody(_stream, viewer, HttpResponse.UnknownLength);
        }
    }
}
