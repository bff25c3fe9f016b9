using System.Text;
using Http2Nano.Hpack;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>Requests whose body is a JSON object. One serves all routes, because the server calls one at a time.</summary>
    internal sealed class JsonBody
    {
        private readonly byte[] _type = Encoding.UTF8.GetBytes("application/json");
        private readonly byte[] _typeAndCharset = Encoding.UTF8.GetBytes("application/json; charset=utf-8");

        /// <summary>Reads the object.</summary>
        internal readonly JsonReader Reader = new JsonReader();

        /// <summary>Begins to read the object, or answers that there is none.</summary>
        /// <returns>Whether <see cref="Reader"/> stands behind the opening brace.</returns>
        internal bool Begin(HttpRequest request, HttpResponse response)
        {
            if (!request.HeaderEquals(FieldName.ContentType, _type) && !request.HeaderEquals(FieldName.ContentType, _typeAndCharset))
            {
                Problem.Write(response, 415);
                return false;
            }

            Reader.Begin(request);
            if (Reader.Read() != JsonToken.BeginObject)
            {
                Problem.Write(response, 400);
                return false;
            }

            return true;
        }
    }
}
