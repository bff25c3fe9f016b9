namespace Http2Nano.Dashboard
{
    /// <summary>What the dashboard shows of a device, and the output that it switches. One class per board derives from it.</summary>
    /// <remarks>All members are called on the server's thread; none may block. Numbers are read for every status.</remarks>
    public abstract class Board
    {
        /// <summary>Stands for a value that the board cannot measure.</summary>
        public const int Unknown = int.MinValue;

        /// <summary>Stands for a value whose sensor does not answer now. Throwing says the same. It is read again for the next status.</summary>
        public const int Failed = int.MinValue + 1;

        /// <summary>The name that the device has until somebody gives it another one, 1 to 32 characters. Read once.</summary>
        public abstract string DeviceName { get; }

        /// <summary>Name and version of the firmware. Read once.</summary>
        public abstract string Firmware { get; }

        /// <summary>Seconds since the device started. May be asked on any thread.</summary>
        public abstract int Uptime { get; }

        /// <summary>Free bytes of the managed heap.</summary>
        public abstract int HeapFree { get; }

        /// <summary>Bytes of the managed heap.</summary>
        public abstract int HeapTotal { get; }

        /// <summary>Temperature in hundredths of a degree Celsius, <see cref="Unknown"/> or <see cref="Failed"/>.</summary>
        public virtual int Temperature
        {
            get { return Unknown; }
        }

        /// <summary>Strength of the radio signal in dBm, <see cref="Unknown"/> or <see cref="Failed"/>.</summary>
        public virtual int Signal
        {
            get { return Unknown; }
        }

        /// <summary>Whether there is an output to switch.</summary>
        public virtual bool HasOutput
        {
            get { return false; }
        }

        /// <summary>The output: on or off.</summary>
        public virtual bool Output
        {
            get { return false; }
            set { }
        }

        /// <summary>Whether temperatures are shown in degrees Fahrenheit, until somebody chooses otherwise. Read once.</summary>
        public virtual bool Fahrenheit
        {
            get { return false; }
        }

        /// <summary>Keeps settings that somebody has changed, so that they are still there after a restart.</summary>
        /// <param name="deviceName">1 to 32 characters.</param>
        /// <param name="fahrenheit">Whether temperatures are shown in degrees Fahrenheit.</param>
        public virtual void SaveSettings(string deviceName, bool fahrenheit)
        {
        }
    }
}
