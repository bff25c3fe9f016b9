using System;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>Says on the console, and on the log page once there is one, what the device does and what is wrong.</summary>
    public sealed class DeviceLog
    {
        private string _complaint;

        /// <summary>The log page, or null while there is no server.</summary>
        public DashboardLog Page { get; set; }

        /// <summary>Says what was done.</summary>
        public void Say(string text)
        {
            _complaint = null;
            Console.WriteLine(text);
            if (Page != null)
            {
                Page.Write(text);
            }
        }

        /// <summary>Says what is wrong and what helps. The same complaint again and again is said once.</summary>
        public void Complain(string text)
        {
            if (text == _complaint)
            {
                return;
            }

            _complaint = text;
            if (Page == null)
            {
                Console.WriteLine(text);
            }
            else
            {
                // Which prints it too.
                Page.Fail(text);
            }
        }
    }
}
