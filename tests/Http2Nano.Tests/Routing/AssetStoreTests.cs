using System;
using System.IO;
using Http2Nano.Assets;
using Http2Nano.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    /// <summary>Where packs are kept, and packs that are damaged.</summary>
    [TestClass]
    public class AssetStoreTests
    {
        private static byte[] s_chunks;

        [TestMethod]
        public void A_store_that_gives_chunks()
        {
            s_chunks = TestSite.Build();
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(new AssetPack(new ChunkAssetStore(Chunk))));
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(TestSite.Page, peer.Get("/").BodyText);

            // One that gives less than it was asked for has failed.
            s_chunks = null;
            Assert.AreEqual(404, new RouterPeer(router).Get("/").Status);
        }

        [TestMethod]
        public void A_stream_that_gives_little_at_a_time()
        {
            MemoryStream stream = new MemoryStream();
            byte[] bytes = TestSite.Build();
            stream.Write(bytes, 0, bytes.Length);
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(new AssetPack(new ReluctantStore(new StreamAssetStore(stream)))));
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(TestSite.Page, peer.Get("/").BodyText);
            Assert.AreEqual("uncoded script", peer.Get("/app.js").BodyText);
        }

        [TestMethod]
        public void Damaged_packs_are_refused()
        {
            byte[] pack = TestSite.Build();
            Refused(new byte[0]);
            Refused(new byte[3]);
            Refused(Change(pack, 0, 'x'));
            Refused(Change(pack, 4, 1));
            Refused(Change(pack, 4, 2));
            Refused(Change(pack, 6, 0xFF));
            Refused(Change(pack, 8, 1));
            Refused(Change(pack, 9, 0xFF));
            Refused(Change(pack, AssetPackFormat.HeaderSize + 7, 0xFF));

            // Contents outside the pack: the offset and the length of the first record's plain form, and of the coded one.
            int record = BitConverter.ToInt32(pack, AssetPackFormat.HeaderSize + 4);
            Refused(Change(pack, record + 7, 0x7F));
            Refused(Change(pack, record + 10, 1));
            Refused(Change(pack, record + 15, 0x80));
            Refused(Change(pack, record + 19, 0x7F));
            for (int length = 0; length < AssetPackFormat.HeaderSize + 20; length++)
            {
                byte[] cut = new byte[length];
                Array.Copy(pack, 0, cut, 0, length);
                Refused(cut);
            }
        }

        [TestMethod]
        public void A_file_cut_short_breaks_off_the_response()
        {
            byte[] pack = TestSite.Build();
            byte[] cut = new byte[pack.Length];
            Array.Copy(pack, 0, cut, 0, pack.Length);
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(new AssetPack(new CutStore(cut, pack.Length - AssetPackFormat.ChecksumSize - 3))));
            RouterPeer peer = new RouterPeer(router);
            peer.Send("GET /last.txt HTTP/1.1\r\nHost: device\r\n\r\n");
            Assert.IsTrue(peer.Closed, "closed");
        }

        private static byte[] Chunk(int position, int count)
        {
            Assert.IsTrue(count > 0 && count <= 1024, "count");
            byte[] chunk = new byte[s_chunks == null ? 1 : count];
            if (s_chunks != null)
            {
                Array.Copy(s_chunks, position, chunk, 0, count);
            }

            return chunk;
        }

        private static byte[] Change(byte[] pack, int offset, int value)
        {
            byte[] changed = new byte[pack.Length];
            Array.Copy(pack, 0, changed, 0, pack.Length);
            changed[offset] = (byte)value;
            return changed;
        }

        private static void Refused(byte[] pack)
        {
            bool thrown = false;
            try
            {
                new AssetPack(new MemoryAssetStore(pack));
            }
            catch (ArgumentException)
            {
                thrown = true;
            }

            Assert.IsTrue(thrown, "A damaged pack was taken.");
        }

        private class ReluctantStore : AssetStore
        {
            private readonly AssetStore _store;

            internal ReluctantStore(AssetStore store)
            {
                _store = store;
            }

            public override int Read(int position, byte[] buffer, int offset, int count)
            {
                return _store.Read(position, buffer, offset, count < 3 ? count : 3);
            }
        }

        private class CutStore : AssetStore
        {
            private readonly byte[] _bytes;
            private readonly int _end;

            internal CutStore(byte[] bytes, int end)
            {
                _bytes = bytes;
                _end = end;
            }

            public override int Read(int position, byte[] buffer, int offset, int count)
            {
                count = count < _end - position ? count : _end - position;
                if (count > 0)
                {
                    Array.Copy(_bytes, position, buffer, offset, count);
                }

                return count;
            }
        }
    }
}
