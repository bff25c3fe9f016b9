using Http2Nano.Tracing;

namespace Http2Nano.Dashboard
{
    /// <summary>The body of <c>/api/hpack</c>: the fields of both tables, the newest first. Long names and values are cut.</summary>
    internal sealed class TableText : LineSource
    {
        private const int LineLength = 192;
        private const int IndexWidth = 3;
        private const int SizeWidth = 5;
        private const int NameWidth = 42;
        private const int ValueWidth = 134;

        // RFC 7541 2.3.3: the static table comes first.
        private const int FirstIndex = 62;

        // What is longer than this is not shown at all.
        private const int Longest = 512;

        private readonly TableView _view;
        private readonly byte[] _text = new byte[Longest];

        internal TableText(TableView view)
            : base(LineLength)
        {
            _view = view;
        }

        /// <summary>Length of the body in bytes.</summary>
        internal int Length
        {
            get { return (_view.Count(TableView.OfRequests) + _view.Count(TableView.OfResponses)) * LineLength; }
        }

        /// <inheritdoc/>
        protected override void Write(FixedLine line, int key, int number)
        {
            int requests = _view.Count(TableView.OfRequests);
            int table = number < requests ? TableView.OfRequests : TableView.OfResponses;
            int index = table == TableView.OfRequests ? number : number - requests;
            line.Number(1, table);
            line.Number(IndexWidth, FirstIndex + index);
            if (!_view.Select(table, index))
            {
                // It was evicted meanwhile.
                line.Number(SizeWidth, 0);
                line.Text(NameWidth, _text, 0);
                line.Null(ValueWidth);
                return;
            }

            line.Number(SizeWidth, _view.Size);
            int length = _view.NameLength;
            if (length > Longest)
            {
                line.Text(NameWidth, _text, 0);
            }
            else
            {
                _view.CopyName(_text, 0);
                line.Text(NameWidth, _text, length);
            }

            length = _view.ValueLength;
            if (length == TableView.Withheld || length > Longest)
            {
                line.Null(ValueWidth);
            }
            else
            {
                line.Text(ValueWidth, _text, _view.CopyValue(_text, 0));
            }
        }
    }
}
