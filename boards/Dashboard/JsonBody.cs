using System.Text;
using Http2Nano.Json;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>Reads the JSON object of a change. Allocates, because changes are rare.</summary>
    public static class JsonBody
    {
        /// <summary>Begins to read: 415 when the body is of another type, 400 when it is no object.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">Its response.</param>
        /// <returns>A reader after the opening brace; null when the response gives the reason.</returns>
        public static JsonReader Begin(HttpRequest request, HttpResponse response)
        {
            if (!request.HasContentType(Encoding.UTF8.GetBytes("application/json")))
            {
                Problem.Write(response, 415);
                return null;
            }

            JsonReader reader = new JsonReader();
            reader.Begin(request);
            if (reader.Read() != JsonToken.BeginObject)
            {
                Problem.Write(response, 400);
                return null;
            }

            return reader;
        }

        /// <summary>Whether the object ends here and nothing follows; else the response is 400.</summary>
        /// <param name="reader">The reader, which has read all members.</param>
        /// <param name="response">The response.</param>
        public static bool Ends(JsonReader reader, HttpResponse response)
        {
            if (reader.Token != JsonToken.EndObject || reader.Read() != JsonToken.End)
            {
                Problem.Write(response, 400);
                return false;
            }

            return true;
        }
    }
}
