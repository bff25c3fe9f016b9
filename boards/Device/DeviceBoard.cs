using System;
using System.Device.Gpio;
using System.Text;
using Http2Nano.Dashboard;
using nanoFramework.Runtime.Native;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The board for the dashboard: the chip's heap and time, one sensor, one output, settings on the drive.
    /// </summary>
    public sealed class DeviceBoard : Board
    {
        internal const string SettingsFile = "settings.txt";
        private const string Celsius = "C";
        private const string InFahrenheit = "F";

        // The dashboard takes 32 characters, of at most 4 octets each.
        private const int LongestName = 128;

        private readonly DeviceLog _log;
        private readonly DeviceFiles _files;
        private readonly DeviceNetwork _network;
        private readonly TemperatureSensor _sensor;
        private readonly GpioPin _output;
        private readonly long _started = Environment.TickCount64;
        private readonly int _heapTotal;
        private int _heapFree;
        private readonly string _firstName;
        private string _name;
        private bool _fahrenheit;
        private bool _on;
        private bool _sensorFailed;
        private int _temperature = Unknown;

        /// <summary>Takes the board's parts.</summary>
        /// <param name="profile">The board's properties.</param>
        /// <param name="network">Its network.</param>
        /// <param name="sensor">Its sensor, or null.</param>
        /// <param name="outputPin">The pin of its output, or -1.</param>
        /// <param name="files">Its drive.</param>
        /// <param name="log">Takes error messages.</param>
        public DeviceBoard(DeviceProfile profile, DeviceNetwork network, TemperatureSensor sensor, int outputPin, DeviceFiles files, DeviceLog log)
        {
            _log = log;
            _files = files;
            _network = network;
            _sensor = sensor;
            CountHeap();
            _heapTotal = _heapFree;
            _firstName = profile.Name;
            _name = _firstName;
            LoadSettings();
            try
            {
                _output = outputPin < 0 ? null : new GpioController().OpenPin(outputPin, PinMode.Output);
            }
            catch (Exception exception)
            {
                log.Complain("Pin " + outputPin.ToString() + " is no output: " + exception.Message);
            }
        }

        /// <inheritdoc/>
        public override string DeviceName
        {
            get { return _name; }
        }

        /// <inheritdoc/>
        public override string Firmware
        {
            get { return SystemInfo.TargetName + " " + SystemInfo.Version.ToString(); }
        }

        /// <inheritdoc/>
        public override int Uptime
        {
            get { return (int)((Environment.TickCount64 - _started) / 1000); }
        }

        /// <inheritdoc/>
        public override int HeapFree
        {
            get { return _heapFree; }
        }

        /// <summary>The free bytes when the application began.</summary>
        public override int HeapTotal
        {
            get { return _heapTotal; }
        }

        /// <inheritdoc/>
        public override int Temperature
        {
            get { return _temperature; }
        }

        /// <inheritdoc/>
        public override int Signal
        {
            get { return _network.Signal; }
        }

        /// <inheritdoc/>
        public override bool HasOutput
        {
            get { return _output != null; }
        }

        /// <inheritdoc/>
        public override bool Output
        {
            get
            {
                return _on;
            }

            set
            {
                _on = value;
                _output.Write(value ? PinValue.High : PinValue.Low);
            }
        }

        /// <inheritdoc/>
        public override bool Fahrenheit
        {
            get { return _fahrenheit; }
        }

        /// <inheritdoc/>
        public override bool SaveSettings(string deviceName, bool fahrenheit)
        {
            _name = deviceName;
            _fahrenheit = fahrenheit;
            bool stored = _files.Write(SettingsFile, Encoding.UTF8.GetBytes((fahrenheit ? InFahrenheit : Celsius) + deviceName + "\n" + _firstName + "\n"));
            if (!stored)
            {
                _log.Complain("The settings are lost when the device restarts: " + _files.PathOf(SettingsFile) + " cannot be written.");
            }

            return stored;
        }

        /// <summary>Takes the measurements that take time. To be called on another thread than the server's.</summary>
        public void Measure()
        {
            CountHeap();
            if (_sensor == null)
            {
                return;
            }

            try
            {
                _temperature = _sensor.Read();
                if (_sensorFailed)
                {
                    _sensorFailed = false;
                    _log.Say("The temperature is measured again.");
                }
            }
            catch (Exception exception)
            {
                // A sensor that has never answered is taken for missing.
                _temperature = _temperature == Unknown ? Unknown : Failed;
                if (!_sensorFailed)
                {
                    _sensorFailed = true;
                    _log.Complain("The temperature cannot be measured: " + exception.Message + ". The device goes on trying.");
                }
            }
        }

        // Counting free bytes runs a garbage collection, so it happens here and not in the server's deep stack: there the
        // interpreter can take a stale slot, left by an earlier call, for an object, and follow it.
        private void CountHeap()
        {
            _heapFree = (int)nanoFramework.Runtime.Native.GC.Run(false);
        }

        private void LoadSettings()
        {
            byte[] settings = _files.Read(SettingsFile, 0);
            if (settings == null)
            {
                return;
            }

            // Unit and name, then the board. A line feed ends what is whole.
            int end = Array.IndexOf(settings, (object)(byte)'\n');
            int board = end + 1;
            if (end < 0)
            {
                end = settings.Length;
            }

            int last = settings.Length - 1;
            bool whole = board != 0 && last > board && last - board <= LongestName && settings[last] == '\n';
            bool good = end > 1 && end - 1 <= LongestName && (settings[0] == 'F' || settings[0] == 'C');
            for (int i = 1; good && i < end; i++)
            {
                good = settings[i] >= ' ';
            }

            if (!good)
            {
                _log.Complain(_files.PathOf(SettingsFile) + " holds no settings of this version, and is ignored: the device has its first name.");
            }
            else
            {
                _fahrenheit = settings[0] == 'F';
                _name = Encoding.UTF8.GetString(settings, 1, end - 1);
                if (!whole)
                {
                    _log.Complain(_files.PathOf(SettingsFile) + " is of an older version, or cut off: what it holds is taken.");
                    return;
                }

                string other = Encoding.UTF8.GetString(settings, board, last - board);
                if (other != _firstName)
                {
                    _log.Complain(_files.PathOf(SettingsFile) + " is of another board (" + other + "): its name and unit are taken.");
                }
            }
        }
    }
}
