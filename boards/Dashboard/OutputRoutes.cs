using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>The output of the board: <c>GET</c> and <c>PUT /api/led</c> with <c>{"on": true}</c>.</summary>
    internal sealed class OutputRoutes
    {
        private readonly Board _board;
        private readonly DashboardLog _log;
        private readonly JsonWriter _writer;
        private readonly JsonReader _reader;
        private readonly JsonBody _body;
        private readonly byte[] _on = Encoding.UTF8.GetBytes("on");

        internal OutputRoutes(Board board, JsonWriter writer, JsonBody body, DashboardLog log)
        {
            _board = board;
            _writer = writer;
            _body = body;
            _reader = body.Reader;
            _log = log;
        }

        internal void Get(HttpRequest request, HttpResponse response)
        {
            _writer.Begin(response);
            _writer.BeginObject();
            _writer.Name(_on);
            _writer.Value(_board.Output);
            _writer.EndObject();
            _writer.End();
        }

        internal void Put(HttpRequest request, HttpResponse response)
        {
            if (!_body.Begin(request, response))
            {
                return;
            }

            bool known = false;
            bool on = false;
            while (_reader.Read() == JsonToken.Name)
            {
                if (_reader.TextEquals(_on))
                {
                    JsonToken value = _reader.Read();
                    on = value == JsonToken.True;
                    known = on || value == JsonToken.False;
                }
                else
                {
                    _reader.Skip();
                }
            }

            if (_reader.Token != JsonToken.EndObject || _reader.Read() != JsonToken.End)
            {
                Problem.Write(response, 400);
                return;
            }

            if (!known)
            {
                Problem.Write(response, 422);
                return;
            }

            if (_board.Output != on)
            {
                _board.Output = on;
                _log.Write(on ? "Output switched on" : "Output switched off");
            }

            Get(request, response);
        }
    }
}
