using System;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Drives;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Pages that people can replace over the network, and the files of another drive. For boards with the assembly
    /// <c>Http2Nano.Drives</c>, which takes 1.4 KB of heap.
    /// </summary>
    public sealed class DrivePages : DevicePages
    {
        private const int FileReaders = 2;

        private const string Form =
            " Choose the file www.pack, which <code>http2nano pack</code> makes:"
            + "<form method=\"post\" enctype=\"multipart/form-data\" action=\"api/pages\"><label>Pages <input type=\"file\" name=\"pack\" required></label> <button>Put them on the device</button></form>";

        /// <summary>
        /// The longest pack of pages in bytes that the dashboard takes. It takes 2 KB of heap, and room on the drive for two
        /// packs while one is being replaced.
        /// </summary>
        public int LongestPages = 512 * 1024;

        /// <summary>
        /// The root of a drive, such as <c>D:\</c> of an SD card, or a folder with a separator at its end, whose files everybody
        /// may read below <c>/files/</c>; null, the default, for none. Not <see cref="DeviceProfile.Drive"/>, where password and
        /// key are. Takes 1 KB of heap.
        /// </summary>
        public string Files;

        private PackFile _file;

        /// <inheritdoc/>
        protected override string Advice
        {
            get { return Form; }
        }

        /// <inheritdoc/>
        public override void Map(DeviceFiles files, DashboardApplication dashboard)
        {
            if (Files == null)
            {
                return;
            }

            if (Files.ToLower() == files.PathOf(string.Empty).ToLower())
            {
                throw new ArgumentException("Files is the drive with the password and the key: choose a folder of it, or another drive.");
            }

            FolderRoute route = new FolderRoute(new DeviceDrive(Files), string.Empty, FileReaders);
            route.Lists = true;
            dashboard.Router.MapGet("/files/{*path}", route.Handle);
        }

        /// <inheritdoc/>
        protected override AssetPack OpenFile(DeviceFiles files, DashboardOptions options, out string fault)
        {
            if (_file == null)
            {
                PackFile file = new PackFile(new DeviceDrive(files.PathOf(string.Empty)), PackName);
                options.AddPart(new PageRoutes(file, LongestPages));
                _file = file;
            }

            AssetPack pack = _file.Open();
            fault = _file.IsMissing ? null : _file.Fault;
            return pack;
        }
    }
}
