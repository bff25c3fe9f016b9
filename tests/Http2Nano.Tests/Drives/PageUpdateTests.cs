using System.Text;
using Http2Nano.Assets;
using Http2Nano.Drives;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Drives
{
    [TestClass]
    public class PageUpdateTests
    {
        [TestMethod]
        public void A_new_pack_is_served_from_then_on()
        {
            MemoryDrive drive = new MemoryDrive();
            RouterPeer peer = Connect(drive);
            Assert.AreEqual("old", peer.Get("/").BodyText);
            Assert.AreEqual(204, Put(peer, Pack("new")).Status);
            Assert.AreEqual("new", peer.Get("/").BodyText);
            Holds(drive, "new");
            Assert.AreEqual(204, Put(peer, Pack("newer")).Status);
            Assert.AreEqual("newer", peer.Get("/").BodyText);
        }

        [TestMethod]
        public void Where_there_are_no_pages_the_first_come()
        {
            MemoryDrive drive = new MemoryDrive();
            PackFile file = new PackFile(drive, "www.pack");
            Assert.IsNull(file.Open());
            Assert.AreEqual("is missing", file.Fault);
            RouterPeer peer = new RouterPeer(Application(file, new AssetPack(new MemoryAssetStore(new TestPack().Build()))));
            Assert.AreEqual(404, peer.Get("/").Status);
            Assert.AreEqual(201, Put(peer, Pack("new")).Status);
            Assert.AreEqual("new", peer.Get("/").BodyText);
        }

        [TestMethod]
        public void What_is_no_whole_pack_leaves_the_old_one()
        {
            MemoryDrive drive = new MemoryDrive();
            RouterPeer peer = Connect(drive);
            byte[] pack = Pack("new");
            Refused(Put(peer, new byte[0]), "The file is empty.");
            Refused(Put(peer, RouterPeer.Octets("This is some text.")), "The file is no asset pack: http2nano pack makes one.");
            for (int length = 1; length < pack.Length; length++)
            {
                byte[] cut = new byte[length];
                System.Array.Copy(pack, cut, length);
                Refused(Put(peer, cut), "The asset pack is cut.");
            }

            byte[] longer = new byte[pack.Length + 1];
            System.Array.Copy(pack, longer, pack.Length);
            Refused(Put(peer, longer), "The file is longer than the asset pack in it.");
            pack[4]++;
            Refused(Put(peer, pack), "The asset pack is of another version: make it with the tool of this server's version.");
            Assert.AreEqual("old", peer.Get("/").BodyText);
            Holds(drive, "old");
        }

        [TestMethod]
        public void Damage_of_any_octet_is_found()
        {
            MemoryDrive drive = new MemoryDrive();
            RouterPeer peer = Connect(drive);
            byte[] pack = Pack("new");
            for (int i = 0; i < pack.Length; i++)
            {
                pack[i] ^= 0x80;
                Assert.AreEqual(422, Put(peer, pack).Status, "octet " + i);
                pack[i] ^= 0x80;
            }

            Assert.AreEqual("old", peer.Get("/").BodyText);
            Holds(drive, "old");
            Assert.AreEqual(204, Put(peer, pack).Status);
        }

        [TestMethod]
        public void A_wrong_index_is_found_though_the_checksum_is_right()
        {
            MemoryDrive drive = new MemoryDrive();
            RouterPeer peer = Connect(drive);
            byte[] pack = Pack("new");
            pack[AssetPackFormat.HeaderSize + 7] = 0x7F;
            TestPack.Sum(pack);
            Refused(Put(peer, pack), "This asset pack is damaged.");
            Assert.AreEqual("old", peer.Get("/").BodyText);
            Holds(drive, "old");
        }

        [TestMethod]
        public void Without_power_at_any_moment_old_or_new_pages_are_there_at_the_next_start()
        {
            bool done = false;
            for (int operations = 0; !done; operations++)
            {
                MemoryDrive drive = new MemoryDrive();
                RouterPeer peer = Connect(drive);
                drive.Power = operations;
                Put(peer, Pack("new"));
                done = drive.Power > 0;
                drive.Restart();
                PackFile file = new PackFile(drive, "www.pack");
                AssetPack pack = file.Open();
                Assert.IsNotNull(pack, "power for " + operations + ": " + file.Fault);
                peer = new RouterPeer(Application(file, pack));
                string page = peer.Get("/").BodyText;
                Assert.IsTrue(page == "new" || (page == "old" && !done), page);
                Assert.AreEqual("www.pack ", drive.Names);
            }
        }

        [TestMethod]
        public void A_full_drive_leaves_the_old_pages()
        {
            MemoryDrive drive = new MemoryDrive();
            RouterPeer peer = Connect(drive);
            drive.Capacity = drive.Get("www.pack").Length + 40;
            Assert.AreEqual(507, Put(peer, Pack("new")).Status);
            Assert.AreEqual("old", peer.Get("/").BodyText);
            Holds(drive, "old");
        }

        // The file is closed under it, so it must not look complete.
        [TestMethod]
        public void A_response_that_is_being_sent_from_the_old_pack_is_aborted()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("www.pack", Pack(new string('x', 1800)));
            PackFile file = new PackFile(drive, "www.pack");
            Router router = Application(file, file.Open());
            RouterPeer peer = new RouterPeer(router);
            peer.ReadLimit = 300;
            peer.Send("GET / HTTP/1.1\r\nHost: device\r\n\r\n");
            RouterPeer other = new RouterPeer(router);
            Assert.AreEqual(204, Put(other, Pack("new")).Status);
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            Assert.IsTrue(peer.Closed && peer.ReceivedCount < 1800);
            Assert.AreEqual("new", other.Get("/").BodyText);
        }

        [TestMethod]
        public void At_start_damage_is_found()
        {
            MemoryDrive drive = new MemoryDrive();
            byte[] pack = Pack("old");
            PackFile file = new PackFile(drive, "www.pack");
            drive.Put("www.pack", pack);
            Assert.IsNotNull(file.Open());
            pack[pack.Length - 6] ^= 1;
            Assert.IsNull(file.Open());
            Assert.AreEqual("is damaged: its checksum is wrong.", file.Fault);
            pack[0] = 0;
            Assert.IsNull(file.Open());
            Assert.AreEqual("cannot be read: This is no asset pack.", file.Fault);
            Assert.AreEqual(0, drive.OpenFiles);
        }

        [TestMethod]
        public void The_check_takes_any_pieces()
        {
            byte[] pack = Pack("some text");
            AssetPackCheck check = new AssetPackCheck();
            for (int first = 0; first <= pack.Length; first++)
            {
                for (int piece = 1; piece <= 9; piece += 4)
                {
                    check.Begin();
                    Assert.IsTrue(check.Take(pack, 0, first));
                    for (int at = first; at < pack.Length; at += piece)
                    {
                        Assert.IsTrue(check.Take(pack, at, pack.Length - at < piece ? pack.Length - at : piece));
                    }

                    Assert.IsTrue(check.IsWhole, check.Fault);
                }
            }
        }

        private static byte[] Pack(string content)
        {
            TestPack pack = new TestPack();
            pack.Add(string.Empty, "text/html", RouterPeer.Octets(content), null, AssetPackFormat.Page);
            return pack.Build();
        }

        private static Router Application(PackFile file, AssetPack pack)
        {
            Router router = new Router();
            StaticAssets pages = new StaticAssets(pack);
            router.MapStream(HttpMethod.Put, "/pages", new PageUpdate(file, pages, 10000).Handle);
            router.MapAssets("/", pages);
            return router;
        }

        private static RouterPeer Connect(MemoryDrive drive)
        {
            drive.Put("www.pack", Pack("old"));
            PackFile file = new PackFile(drive, "www.pack");
            return new RouterPeer(Application(file, file.Open()));
        }

        private static Http1Reply Put(RouterPeer peer, byte[] body)
        {
            if (peer.Closed)
            {
                peer.Connect(false);
            }

            peer.Forget();
            peer.Send("PUT /pages HTTP/1.1\r\nHost: device\r\nConnection: close\r\nContent-Length: " + body.Length + "\r\n\r\n");
            peer.Send(body);
            return Http1Reply.Parse(peer.Received, 0, peer.ReceivedCount, false, peer.Closed);
        }

        private static void Refused(Http1Reply reply, string detail)
        {
            Assert.AreEqual(422, reply.Status);
            Assert.IsTrue(reply.BodyText.IndexOf("\"detail\":\"" + detail + "\"") > 0, reply.BodyText);
        }

        private static void Holds(MemoryDrive drive, string content)
        {
            Assert.AreEqual("www.pack ", drive.Names);
            Assert.AreEqual(1, drive.OpenFiles);

            // The content is what the pack ends with, before its checksum.
            byte[] pack = drive.Get("www.pack");
            int start = pack.Length - AssetPackFormat.ChecksumSize - content.Length;
            Assert.AreEqual(content, Encoding.UTF8.GetString(pack, start, content.Length));
        }
    }
}
