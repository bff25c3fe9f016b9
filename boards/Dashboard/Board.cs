namespace Http2Nano.Dashboard
{
    /// <summary>
    /// The values of a device that the dashboard shows, and the output that it switches. One class per board derives from
    /// it.
    /// </summary>
    /// <remarks>
    /// All members are called on the server's thread; none may block. The numbers are read for every status.
    /// </remarks>
    public abstract class Board
    {
        /// <summary>The board cannot measure the value.</summary>
        public const int Unknown = int.MinValue;

        /// <summary>
        /// The sensor does not answer at present; an exception means the same. It is read again for the next status.
        /// </summary>
        public const int Failed = int.MinValue + 1;

        /// <summary>The device's name until somebody changes it, 1 to 32 characters. Read once.</summary>
        public abstract string DeviceName { get; }

        /// <summary>Name and version of the firmware. Read once.</summary>
        public abstract string Firmware { get; }

        /// <summary>Seconds since the device started. May be read on any thread.</summary>
        public abstract int Uptime { get; }

        /// <summary>Free bytes of the managed heap.</summary>
        public abstract int HeapFree { get; }

        /// <summary>Size of the managed heap in bytes.</summary>
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

        /// <summary>Whether the board has an output to switch.</summary>
        public virtual bool HasOutput
        {
            get { return false; }
        }

        /// <summary>Whether the output is on.</summary>
        public virtual bool Output
        {
            get { return false; }
            set { }
        }

        /// <summary>Whether temperatures are shown in degrees Fahrenheit until somebody changes that. Read once.</summary>
        public virtual bool Fahrenheit
        {
            get { return false; }
        }

        /// <summary>Stores settings that somebody has changed, so that they survive a restart.</summary>
        /// <param name="deviceName">1 to 32 characters.</param>
        /// <param name="fahrenheit">Whether temperatures are shown in degrees Fahrenheit.</param>
        /// <returns>False when they cannot be stored; then they hold until the device restarts.</returns>
        public virtual bool SaveSettings(string deviceName, bool fahrenheit)
        {
            return true;
        }
    }
}
