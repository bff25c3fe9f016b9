using System;
using System.IO;

namespace Http2Nano.Devices
{
    /// <summary>The files on the device's drive. A missing drive has no files.</summary>
    public sealed class DeviceFiles
    {
        private readonly string _drive;

        /// <summary>Names the drive.</summary>
        /// <param name="drive">The drive's root, such as <c>I:\</c>.</param>
        public DeviceFiles(string drive)
        {
            _drive = drive;
        }

        /// <summary>The path of a file.</summary>
        public string PathOf(string name)
        {
            return _drive + name;
        }

        /// <summary>Opens a file for reading.</summary>
        /// <returns>The stream; null when there is no such file.</returns>
        public FileStream Open(string name)
        {
            try
            {
                return File.Exists(_drive + name) ? new FileStream(_drive + name, FileMode.Open, FileAccess.Read) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <summary>Reads a whole file.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="extra">Number of zero octets to append.</param>
        /// <returns>The octets; null when there is no such file.</returns>
        public byte[] Read(string name, int extra)
        {
            FileStream file = Open(name);
            if (file == null)
            {
                return null;
            }

            try
            {
                int length = (int)file.Length;
                byte[] bytes = new byte[length + extra];
                int read = 0;
                while (read < length)
                {
                    int count = file.Read(bytes, read, length - read);
                    if (count <= 0)
                    {
                        return null;
                    }

                    read += count;
                }

                return bytes;
            }
            catch (Exception)
            {
                return null;
            }
            finally
            {
                file.Close();
            }
        }

        /// <summary>Deletes a file, if there is one.</summary>
        public void Delete(string name)
        {
            try
            {
                File.Delete(_drive + name);
            }
            catch (Exception)
            {
                // It was not there, or the drive is not.
            }
        }

        /// <summary>Writes a whole file.</summary>
        /// <returns>False when the drive cannot store it.</returns>
        public bool Write(string name, byte[] bytes)
        {
            try
            {
                FileStream file = new FileStream(_drive + name, FileMode.Create, FileAccess.Write);
                try
                {
                    file.Write(bytes, 0, bytes.Length);
                    file.Flush();
                }
                finally
                {
                    file.Close();
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
