using Http2Nano.Dashboard;

namespace Http2Nano.Tests.Smallest
{
    /// <summary>A board with an output, a sensor and a radio.</summary>
    public class SmallBoard : Board
    {
        private bool _output;

        /// <summary>What was given to be kept, or null.</summary>
        public string Saved;

        /// <inheritdoc/>
        public override string DeviceName
        {
            get { return "Http2Nano ESP32-C3"; }
        }

        /// <inheritdoc/>
        public override string Firmware
        {
            get { return "ESP32_C3 1.12.0.0"; }
        }

        /// <inheritdoc/>
        public override int Uptime
        {
            get { return 60; }
        }

        /// <inheritdoc/>
        public override int HeapFree
        {
            get { return 27000; }
        }

        /// <inheritdoc/>
        public override int HeapTotal
        {
            get { return 54000; }
        }

        /// <inheritdoc/>
        public override int Temperature
        {
            get { return 2150; }
        }

        /// <inheritdoc/>
        public override int Signal
        {
            get { return -60; }
        }

        /// <inheritdoc/>
        public override bool HasOutput
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override bool Output
        {
            get { return _output; }
            set { _output = value; }
        }

        /// <inheritdoc/>
        public override bool SaveSettings(string deviceName, bool fahrenheit)
        {
            Saved = deviceName;
            return true;
        }
    }
}
