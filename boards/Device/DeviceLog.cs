using System;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>Says on the console, and on the log page once there is one, what the device does and what is wrong.</summary>
    public sealed class DeviceLog
    {
        // As many things may be wrong at a time and take turns.
        private const int Remembered = 4;

        private readonly string[] _complaints = new string[Remembered];
        private DashboardLog _page;
        private int _next;

        /// <summary>The log page, or null while there is none. It gets what has been complained of before.</summary>
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

        /// <summary>Says what was done. What was wrong before is said again if it still is.</summary>
        public void Say(string text)
        {
            for (int i = 0; i < Remembered; i++)
            {
                _complaints[i] = null;
            }

            Console.WriteLine(text);
            if (Page != null)
            {
                Page.Write(text);
            }
        }

        /// <summary>Says what is wrong and what helps. The same complaint again and again is said once.</summary>
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
                // Which prints it too.
                Page.Fail(text);
            }

            _complaints[_next] = text;
            _next = (_next + 1) % Remembered;
        }
    }
}
