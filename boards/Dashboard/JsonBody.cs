using System.Text;
using Http2Nano.Hpack;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>Requests whose body is a JSON object.</summary>
    internal sealed class JsonBody
    {
        private readonly byte[] _type = Encoding.UTF8.GetBytes("application/json");
        private readonly byte[] _typeAndCharset = Encoding.UTF8.GetBytes("application/json; charset=utf-8");

        /// <summary>Begins to read the object, or answers that there is none.</summary>
        /// <returns>Whether <paramref name="reader"/> stands behind the opening brace.</returns>
        internal bool Begin(HttpRequest request, HttpResponse response, JsonReader reader)
        {
            if (!request.HeaderEquals(FieldName.ContentType, _type) && !request.HeaderEquals(FieldName.ContentType, _typeAndCharset))
            {
                Problem.Write(response, 415);
                return false;
            }

            reader.Begin(request);
            if (reader.Read() != JsonToken.BeginObject)
            {
                Problem.Write(response, 400);
                return false;
            }

            return true;
        }
    }
}
