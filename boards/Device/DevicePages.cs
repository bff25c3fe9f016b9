using System.Text;
using Http2Nano.Assets;
using Http2Nano.Drives;

namespace Http2Nano.Devices
{
    /// <summary>The dashboard's pages on the drive, or one page that explains how to put them there.</summary>
    internal sealed class DevicePages
    {
        private const string PackFile = "www.pack";

        private const string Page =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>No pages</title><h1>The pages are not on the device</h1>"
            + "<p>The server runs, and answers at <a href=\"api/status\">api/status</a>.";

        private const string Form =
            " Choose the file www.pack, which <code>http2nano pack</code> makes:"
            + "<form method=\"post\" enctype=\"multipart/form-data\" action=\"api/pages\"><label>Pages <input type=\"file\" name=\"pack\" required></label> <button>Put them on the device</button></form>";

        private const string Elsewhere = " boards/README.md says how www.pack gets onto the drive.";

        /// <summary>Names the file.</summary>
        /// <param name="drive">The drive.</param>
        internal DevicePages(DeviceDrive drive)
        {
            File = new PackFile(drive, PackFile);
        }

        /// <summary>The file of the pack.</summary>
        internal PackFile File { get; }

        /// <summary>Opens the pack, whose file stays open; or makes one with a page that explains what is missing.</summary>
        /// <param name="log">Where that is reported.</param>
        /// <param name="canUpdate">Whether the page can send a pack.</param>
        internal AssetPack Open(DeviceLog log, bool canUpdate)
        {
            AssetPack pack = File.Open();
            if (pack != null)
            {
                return pack;
            }

            string path = ((DeviceDrive)File.Drive).PathOf(PackFile);
            log.Complain("There are no pages: " + path + " " + File.Fault
                + (File.IsMissing ? ", or the drive is. The device serves its data without them." : string.Empty));
            return new AssetPack(new MemoryAssetStore(EmptyPack.Make(Encoding.UTF8.GetBytes(Page + (canUpdate ? Form : Elsewhere)))));
        }
    }
}
