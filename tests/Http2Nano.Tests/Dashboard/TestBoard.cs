using System;
using Http2Nano.Dashboard;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>A device that is whatever a test says.</summary>
    public class TestBoard : Board
    {
        /// <summary>What the members of the same name say.</summary>
        public string Name = "Bench";
        public string Version = "1.2";
        public int Seconds = 60;
        public int Degrees = 2150;
        public int Radio = -60;
        public bool Switchable = true;

        /// <summary>Makes the sensor throw.</summary>
        public bool Unplugged;

        /// <summary>How often the sensor was asked.</summary>
        public int Asked;

        /// <summary>What was given to be kept, or null.</summary>
        public string Saved;

        /// <summary>Whether the drive can be written.</summary>
        public bool KeepsSettings = true;

        private bool _output;

        /// <inheritdoc/>
        public override string DeviceName
        {
            get { return Name; }
        }

        /// <inheritdoc/>
        public override string Firmware
        {
            get { return Version; }
        }

        /// <inheritdoc/>
        public override int Uptime
        {
            get { return Seconds; }
        }

        /// <inheritdoc/>
        public override int HeapFree
        {
            get { return 40000; }
        }

        /// <inheritdoc/>
        public override int HeapTotal
        {
            get { return 90000; }
        }

        /// <inheritdoc/>
        public override int Temperature
        {
            get
            {
                Asked++;
                if (Unplugged)
                {
                    throw new Exception("No acknowledgement on the bus.");
                }

                return Degrees;
            }
        }

        /// <inheritdoc/>
        public override int Signal
        {
            get { return Radio; }
        }

        /// <inheritdoc/>
        public override bool HasOutput
        {
            get { return Switchable; }
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
            Saved = deviceName + (fahrenheit ? ",F" : ",C");
            return KeepsSettings;
        }
    }
}
