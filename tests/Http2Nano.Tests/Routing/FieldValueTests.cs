using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class FieldValueTests
    {
        // "a: Keep-Alive" as it is, and "b: Keep-Alive" Huffman-coded; GET from the static table.
        private static readonly byte[] s_block =
        {
            0, 1, (byte)'a', 10, 0x4B, 0x65, 0x65, 0x70, 0x2D, 0x41, 0x6C, 0x69, 0x76, 0x65,
            0, 1, (byte)'b', 0x88, 0xCC, 0x52, 0xD6, 0xB4, 0x34, 0x1B, 0xB9, 0x7F,
            0x82,
        };

        [TestMethod]
        public void Values_are_compared_without_regard_to_case()
        {
            HeaderList list = new HeaderList(new byte[256]);
            HpackDecoder decoder = new HpackDecoder(4096);
            decoder.Begin(list);
            Assert.IsTrue(decoder.Decode(s_block, 0, s_block.Length) && decoder.End());
            int position = list.First();
            for (int i = 0; i < 2; i++)
            {
                Assert.IsTrue(list.ValueEqualsIgnoreCase(position, RouterPeer.Octets("keep-alive")));
                Assert.IsFalse(list.ValueEqualsIgnoreCase(position, RouterPeer.Octets("keep-alivf")));
                Assert.IsFalse(list.ValueEqualsIgnoreCase(position, RouterPeer.Octets("keep")));
                Assert.IsFalse(list.ValueEquals(position, RouterPeer.Octets("keep-alive")));
                Assert.IsTrue(list.ValueEquals(position, RouterPeer.Octets("Keep-Alive")));
                position = list.Next(position);
            }

            position = list.Find(FieldName.Method);
            Assert.IsTrue(list.ValueEqualsIgnoreCase(position, RouterPeer.Octets("get")));
            Assert.IsFalse(list.ValueEqualsIgnoreCase(position, RouterPeer.Octets("gut")));
        }
    }
}
