using System;
using System.IO;
using System.Text;

namespace Http2Nano.Boards.Tests
{
    /// <summary>The board's console.</summary>
    internal sealed class ConsoleText : TextWriter
    {
        private readonly StringBuilder _text = new StringBuilder();

        public override Encoding Encoding
        {
            get { return Encoding.UTF8; }
        }

        public override void Write(char value)
        {
            // What a board says on its way into a restart, in which its console ends.
            if (FakeBoard.Present.IsMainThread && FakeBoard.Present.IsGone)
            {
                return;
            }

            if (FakeBoard.Present.ConsoleFailure != null)
            {
                throw FakeBoard.Present.ConsoleFailure;
            }

            lock (_text)
            {
                _text.Append(value);
            }
        }

        public override string ToString()
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }
}
