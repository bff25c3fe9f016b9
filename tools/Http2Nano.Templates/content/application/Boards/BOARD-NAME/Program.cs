using System;
using System.IO;
using System.Net.NetworkInformation;
using System.Threading;
using Http2Nano.Assets;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace HelloNano
{
    /// <summary>The application on a BOARD-NAME.</summary>
    public static class Program
    {
        private const string Pages = "DRIVE-LETTER:\\www.pack";
        private const string NoAddress = "0.0.0.0";
        private const int Pause = 500;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            // The firmware joins the network by itself, with the settings that http2nano provision has stored.
            Console.WriteLine("Waiting for the network.");
            string address = FindAddress();
            while (address == null)
            {
                Thread.Sleep(Pause);
                address = FindAddress();
            }

            AssetPack pack = new AssetPack(new StreamAssetStore(new FileStream(Pages, FileMode.Open, FileAccess.Read)));
            HttpServerOptions options = new HttpServerOptions();
            options.Limits = HttpProfiles.PROFILE-NAME();
            HttpServer server = new HttpServer(options, new HelloNanoApplication(new StaticAssets(pack)).Router);
            server.Start();
            Console.WriteLine("Open http://" + address);
            Thread.Sleep(Timeout.Infinite);
        }

        private static string FindAddress()
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                string address = all[i].IPv4Address;
                if (address != null && address != string.Empty && address != NoAddress)
                {
                    return address;
                }
            }

            return null;
        }
    }
}
