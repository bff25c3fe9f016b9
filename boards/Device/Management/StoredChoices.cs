using System.Text;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The file with what people have chosen about time and name: a line with the version, one for each choice, and one that says
    /// that the file is whole.
    /// </summary>
    /// <remarks>
    /// A file that is cut in half, damaged, or of another board is refused; of one that a newer version has written, what this one
    /// knows is taken. Each is said in one sentence, and the device goes on.
    /// </remarks>
    internal sealed class StoredChoices
    {
        internal const string File = "device.txt";

        private const int LongestFile = 1024;
        private const string Head = "http2nano ";
        private const string Version = "1";
        private const string Last = "end";

        /// <summary>The name in the network; null where none was chosen.</summary>
        internal string HostName;

        /// <summary>The time server; null where none was chosen.</summary>
        internal string TimeServer;

        /// <summary>The time zone; null where none was chosen.</summary>
        internal string TimeZone;

        internal void Load(DeviceFiles files, string board, DeviceLog log)
        {
            byte[] bytes = files.Read(File, 0);
            if (bytes == null)
            {
                return;
            }

            string path = files.PathOf(File);
            if (bytes.Length > LongestFile || System.Array.IndexOf(bytes, (object)(byte)0) >= 0)
            {
                log.Complain(path + " holds no settings, and is ignored.");
                return;
            }

            string[] lines = Encoding.UTF8.GetString(bytes, 0, bytes.Length).Split('\n');
            if (!lines[0].StartsWith(Head))
            {
                log.Complain(path + " holds no settings, and is ignored.");
                return;
            }

            if (lines.Length < 3 || lines[lines.Length - 2] != Last || lines[lines.Length - 1].Length != 0)
            {
                log.Complain(path + " is not whole, and is ignored: the settings are those of a new device.");
                return;
            }

            string host = null;
            string server = null;
            string zone = null;
            for (int i = 1; i < lines.Length - 2; i++)
            {
                int equals = lines[i].IndexOf('=');
                string name = equals < 0 ? lines[i] : lines[i].Substring(0, equals);
                string value = equals < 0 ? string.Empty : lines[i].Substring(equals + 1);
                switch (name)
                {
                    case "board":
                        if (value != board)
                        {
                            log.Complain(path + " is of another board (" + value + "), and is ignored.");
                            return;
                        }

                        break;

                    case "hostName":
                        host = ControlText.IsHostName(value) ? value : null;
                        break;

                    case "timeServer":
                        server = ControlText.IsServer(value) ? value : null;
                        break;

                    case "timeZone":
                        zone = ControlText.IsZone(value) ? value : null;
                        break;
                }
            }

            if (lines[0] != Head + Version)
            {
                log.Complain(path + " is of another version; what is known of it is taken.");
            }

            HostName = host;
            TimeServer = server;
            TimeZone = zone;
        }

        internal bool Save(DeviceFiles files, string board)
        {
            return files.Write(File, Encoding.UTF8.GetBytes(Head + Version + "\nboard=" + board + "\n" + Line("hostName", HostName)
                + Line("timeServer", TimeServer) + Line("timeZone", TimeZone) + Last + "\n"));
        }

        private static string Line(string name, string value)
        {
            return value == null ? string.Empty : name + "=" + value + "\n";
        }
    }
}
