using System;
using System.IO;
using System.Text;
using Http2Nano.Assets;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>The dashboard's pages on the drive, or one page that explains how to put them there.</summary>
    public class DevicePages
    {
        /// <summary>The name of their file.</summary>
        protected const string PackName = "www.pack";

        // Bytes read at a time when the checksum is compared.
        private const int Piece = 512;

        private const string Page =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>No pages</title><h1>The pages are not on the device</h1>"
            + "<p>The server runs, and answers at <a href=\"api/status\">api/status</a>.";

        private const string Elsewhere = " boards/README.md says how www.pack gets onto the drive.";

        /// <summary>What the page that explains says about the way of a pack onto the drive, in HTML.</summary>
        protected virtual string Advice
        {
            get { return Elsewhere; }
        }

        /// <summary>Opens the pack, whose file stays open; or makes one with a page that explains what is missing.</summary>
        /// <param name="files">The files of the drive.</param>
        /// <param name="options">The options of the dashboard, which is not made yet.</param>
        /// <param name="log">Where a missing pack is reported.</param>
        public AssetPack Open(DeviceFiles files, DashboardOptions options, DeviceLog log)
        {
            AssetPack pack = OpenFile(files, options, out string fault);
            if (pack != null)
            {
                return pack;
            }

            log.Complain("There are no pages: " + files.PathOf(PackName) + " " + (fault ?? "is missing, or the drive is. The device serves its data without them."));
            return new AssetPack(new MemoryAssetStore(EmptyPack.Make(Encoding.UTF8.GetBytes(Page + Advice))));
        }

        /// <summary>Maps what belongs to the pages, once the dashboard is made.</summary>
        /// <param name="files">The files of the drive.</param>
        /// <param name="dashboard">The dashboard.</param>
        public virtual void Map(DeviceFiles files, DashboardApplication dashboard)
        {
        }

        /// <summary>Opens the file of the pack, which stays open, and checks its checksum.</summary>
        /// <param name="files">The files of the drive.</param>
        /// <param name="options">The options of the dashboard, which is not made yet.</param>
        /// <param name="fault">Why it is not opened, to be put behind its name; null where it is opened or missing.</param>
        /// <returns>The pack; null where there is none that is whole.</returns>
        protected virtual AssetPack OpenFile(DeviceFiles files, DashboardOptions options, out string fault)
        {
            fault = null;
            FileStream file = files.Open(PackName);
            if (file == null)
            {
                return null;
            }

            try
            {
                AssetPack pack = new AssetPack(new StreamAssetStore(file));
                if (pack.IsWhole(new byte[Piece]))
                {
                    return pack;
                }

                fault = "is damaged: its checksum is wrong.";
            }
            catch (Exception exception)
            {
                fault = "cannot be read: " + exception.Message;
            }

            file.Close();
            return null;
        }
    }
}
