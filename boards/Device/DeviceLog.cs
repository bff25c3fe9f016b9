using System;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>Reports the device's actions and errors on the console and, once it exists, on the log page.</summary>
    public sealed class DeviceLog
    {
        // The number of errors that may alternate without being reported again.
        private const int Remembered = 4;

        private readonly string[] _complaints = new string[Remembered];
        private DashboardLog _page;
        private int _next;

        /// <summary>Makes a log without a page.</summary>
        public DeviceLog()
        {
            Forget();
        }

        /// <summary>The log page, or null while there is none. It gets the errors that were reported before.</summary>
        public DashboardLog Page
        {
            get
            {
                return _page;
            }

            set
            {
                _page = value;
                for (int i = 0; i < Remembered; i++)
                {
                    string text = _complaints[(_next + i) % Remembered];
                    if (text != null)
                    {
                        value.Write(text);
                    }
                }
            }
        }

        /// <summary>Reports an action. Errors reported before it are reported again if they persist.</summary>
        public void Say(string text)
        {
            Forget();
            Console.WriteLine(text);
            if (Page != null)
            {
                Page.Write(text);
            }
        }

        /// <summary>Reports an error and its remedy. The same error is reported once, until <see cref="Say"/>.</summary>
        public void Complain(string text)
        {
            for (int i = 0; i < Remembered; i++)
            {
                if (text == _complaints[i])
                {
                    return;
                }
            }

            if (Page == null)
            {
                Console.WriteLine(text);
            }
            else
            {
                // Fail prints it on the console too.
                Page.Fail(text);
            }

            _complaints[_next] = text;
            _next = (_next + 1) % Remembered;
        }

        // The platform takes an element that nobody has set for a string without a place, and ends when one is compared with it.
        private void Forget()
        {
            for (int i = 0; i < Remembered; i++)
            {
                _complaints[i] = null;
            }
        }
    }
}
