using System;
using System.Collections;
using System.Text;
using System.Threading;

namespace Samples
{
    internal delegate void RequestHandler(Connection connection);

    internal abstract class Transport
    {
        internal abstract int Read(byte[] buffer, int offset, int count);
    }

    internal sealed class Connection : IDisposable
    {
        private static readonly byte[] s_preface = { (byte)'P', (byte)'R', (byte)'I' };

        private readonly byte[] _buffer;
        private readonly int[] _windows = new int[8];
        private readonly ArrayList _handlers = new ArrayList();
        private readonly object _lock = new object();
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private RequestHandler _handler;
        private int _state;

        internal Connection(int size)
        {
            if (size < s_preface.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(size), "A connection needs at least " + s_preface.Length + " bytes.");
            }

            _buffer = new byte[size];
            _handler = Ignore;
        }

        internal event EventHandler Closed;

        internal int State => _state;

        public void Dispose()
        {
            lock (_lock)
            {
                _handlers.Clear();
            }

            Closed?.Invoke(this, EventArgs.Empty);
        }

        internal long Step(Transport transport, long now)
        {
            int count = transport.Read(_buffer, 0, _buffer.Length);
            for (int i = 0; i < count; i++)
            {
                switch (_buffer[i] & 7)
                {
                    case 0:
                        _state = _state * 31;
                        break;
                    case 1:
                    case 2:
                        _windows[i & 7] += unchecked((int)(now & 0xFFFF));
                        break;
                    default:
                        Array.Copy(_buffer, 0, _buffer, 1, 2);
                        break;
                }
            }

            foreach (int window in _windows)
            {
                _state ^= window;
            }

            foreach (object handler in _handlers)
            {
                ((RequestHandler)handler)(this);
            }

            try
            {
                _handler(this);
            }
            catch (InvalidOperationException e)
            {
                Console.WriteLine(e.Message);
            }
            finally
            {
                _wake.Set();
            }

            string text = Encoding.UTF8.GetString(_buffer, 0, count);
            return text == "now" ? now : DateTime.UtcNow.Ticks / TimeSpan.TicksPerMillisecond;
        }

        internal void Start()
        {
            Thread thread = new Thread(Run);
            thread.Start();
        }

        private void Run()
        {
            StringBuilder builder = new StringBuilder();
            builder.Append("state ").Append(_state);
            Console.WriteLine(builder.ToString());
        }

        private static void Ignore(Connection connection)
        {
            connection._state++;
        }
    }
}
