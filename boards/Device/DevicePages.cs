using System;
using System.IO;
using System.Text;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Devices
{
    /// <summary>The dashboard's pages on the drive, or one page that explains how to put them there.</summary>
    internal sealed class DevicePages
    {
        private const string PackFile = "www.pack";

        private const string Page =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>No pages</title><h1>The pages are not on the device</h1>"
            + "<p>The server runs, and answers at <a href=\"/api/status\">/api/status</a>. boards/README.md says how www.pack gets onto the drive.</p>";

        private readonly byte[] _html = Encoding.UTF8.GetBytes("text/html; charset=utf-8");

        /// <summary>Whether the drive has the pages.</summary>
        internal bool AreThere { get; private set; }

        /// <summary>Opens the pack. The file stays open.</summary>
        internal AssetPack Open(DeviceFiles files, DeviceLog log)
        {
            FileStream file = files.Open(PackFile);
            try
            {
                if (file != null)
                {
                    AssetPack pack = new AssetPack(new StreamAssetStore(file));
                    AreThere = true;
                    return pack;
                }

                log.Complain("There are no pages: " + files.PathOf(PackFile) + " is missing, or the drive is. The device serves its data without them.");
            }
            catch (Exception exception)
            {
                log.Complain("There are no pages: " + files.PathOf(PackFile) + " cannot be read: " + exception.Message);
                if (file != null)
                {
                    file.Close();
                }
            }

            return new AssetPack(new MemoryAssetStore(EmptyPack.Make()));
        }

        /// <summary>Maps the page that explains what is missing.</summary>
        internal void MapExplanation(Router router)
        {
            router.MapGet("/", Explain);
        }

        private void Explain(HttpRequest request, HttpResponse response)
        {
            response.AddHeader(FieldName.ContentType, _html);
            response.Write(Page);
        }
    }
}
