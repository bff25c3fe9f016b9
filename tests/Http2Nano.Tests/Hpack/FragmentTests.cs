using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>A block decodes to the same however it is split, and nothing beyond a fragment is read.</summary>
    [TestClass]
    public class FragmentTests
    {
        // All representations, raw and coded, known and unknown names, indices of one and of two octets.
        private const string Block =
            "3fe11f 82 41 8cf1e3c2e5f23a6ba0ab90f4ff 5808 6e6f2d6361636865 408825a849e95ba97d7f8925a849e95bb8e8b4bf"
            + "400a 637573746f6d2d6b6579 0d 637573746f6d2d686561646572 04 0c 2f73616d706c652f70617468 0f10 0474657874"
            + "1008 70617373776f7264 06736563726574 be bf c0 c1 408a 4148b4a549275a93c85f 86a87dcd30d25f 1f2b 03616263 7e 0178"
            + "04 876109f541572211 7f00 0179";

        private const string Fields =
            ":method: GET\n:authority: www.example.com\ncache-control: no-cache\ncustom-key: custom-value\n"
            + "custom-key: custom-header\n:path: /sample/path\ncontent-type: text\npassword: secret\n"
            + "custom-key: custom-header\ncustom-key: custom-value\ncache-control: no-cache\n:authority: www.example.com\n"
            + "sec-fetch-mode: navigate\nuser-agent: abc\nsec-fetch-mode: x\n:path: /style.css\nsec-fetch-mode: y\n";

        [TestMethod]
        public void Every_split_gives_the_same()
        {
            byte[] block = FieldText.Octets(Block);
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(decoder, list, Block));
            Assert.AreEqual(Fields, FieldText.Lines(list));
            int size = list.Size;
            int table = decoder.TableSize;
            for (int split = 0; split <= block.Length; split++)
            {
                decoder.Reset();
                list.Reset(0, list.Limit);
                decoder.Begin(list);
                Assert.IsTrue(decoder.Decode(block, 0, split));
                Assert.IsTrue(decoder.Decode(block, split, block.Length - split));
                Assert.IsTrue(decoder.End());
                Assert.AreEqual(Fields, FieldText.Lines(list));
                Assert.AreEqual(size, list.Size);
                Assert.AreEqual(table, decoder.TableSize);
            }
        }

        [TestMethod]
        public void The_tables_meet_at_61()
        {
            // The newest field of the dynamic table, and the last of the static one, which is one less.
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "400161 0131 400162 0132");
            Assert.AreEqual("a: 1\nb: 2\nwww-authenticate: \nvia: \n", FieldText.Decode(decoder, "bfbebdbc"));
        }

        [TestMethod]
        public void Single_octets_give_the_same()
        {
            byte[] block = FieldText.Octets(Block);
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            decoder.Begin(list);
            byte[] octet = new byte[1];
            for (int i = 0; i < block.Length; i++)
            {
                octet[0] = block[i];
                Assert.IsTrue(decoder.Decode(octet, 0, 1));
                Assert.IsTrue(decoder.Decode(octet, 1, 0));
            }

            Assert.IsTrue(decoder.End());
            Assert.AreEqual(Fields, FieldText.Lines(list));
        }
    }
}
