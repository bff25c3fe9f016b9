using System.Text;
using Http2Nano.Access;

namespace Http2Nano.Devices
{
    /// <summary>The user who may switch the output and change settings. The password is in a file on the drive.</summary>
    internal static class DeviceUsers
    {
        internal const string PasswordFile = "password.txt";
        private const string User = "admin";
        private const int Digits = 8;

        /// <summary>Changes the password, for all who are signed in too.</summary>
        /// <returns>False when it cannot be stored; then the old one holds.</returns>
        internal static bool Change(DeviceFiles files, HashedSecrets users, string password)
        {
            if (!files.Write(PasswordFile, Encoding.UTF8.GetBytes(password)))
            {
                return false;
            }

            users.Clear();
            users.Add(User + ":" + password);
            return true;
        }

        /// <summary>Reads the password, or makes one and reports it.</summary>
        internal static HashedSecrets Load(DeviceFiles files, DeviceLog log)
        {
            byte[] stored = files.Read(PasswordFile, 0);
            string password = stored == null ? string.Empty : Encoding.UTF8.GetString(stored, 0, stored.Length).Trim();
            if (password.Length == 0)
            {
                password = RandomDigits.Make(Digits);
                bool kept = files.Write(PasswordFile, Encoding.UTF8.GetBytes(password));
                System.Console.WriteLine("The user is \"" + User + "\", the password " + password
                    + (kept ? ", to be changed in " + files.PathOf(PasswordFile) + "." : " until the device restarts: the drive does not keep it."));
            }

            HashedSecrets users = new HashedSecrets(RandomDigits.Make(Digits));
            users.Add(User + ":" + password);
            return users;
        }
    }
}
