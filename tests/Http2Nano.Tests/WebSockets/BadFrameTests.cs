using System.Text;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>RFC 6455 5, 7.1.7 and 8.1: what no client may send, and what it is told.</summary>
    [TestClass]
    public class BadFrameTests
    {
        // 5.1: the server closes a connection whose client does not mask.
        [TestMethod]
        public void Not_masked()
        {
            Fails(1002, 0x81, 0x01, 0x41);
            Fails(1002, 0x81, 0x00);
            Fails(1002, 0x88, 0x00);
        }

        // 5.2
        [TestMethod]
        public void Reserved_bits()
        {
            Fails(1002, 0xC1, 0x80, 0, 0, 0, 0);
            Fails(1002, 0xA1, 0x80, 0, 0, 0, 0);
            Fails(1002, 0x91, 0x80, 0, 0, 0, 0);
            Fails(1002, 0xC9, 0x80, 0, 0, 0, 0);
        }

        [TestMethod]
        public void Reserved_opcodes()
        {
            for (int opcode = 3; opcode < 16; opcode++)
            {
                if (opcode < 8 || opcode > 10)
                {
                    Fails(1002, (byte)(0x80 | opcode), 0x80, 0, 0, 0, 0);
                }
            }
        }

        // 5.5
        [TestMethod]
        public void Control_frames_in_fragments_or_too_long()
        {
            Fails(1002, 0x09, 0x80, 0, 0, 0, 0);
            Fails(1002, 0x08, 0x80, 0, 0, 0, 0);
            Fails(1002, 0x89, 0xFE, 0, 126, 0, 0, 0, 0);
            Fails(1002, 0x8A, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
        }

        // 5.4
        [TestMethod]
        public void Fragments_out_of_order()
        {
            Fails(1002, 0x80, 0x80, 0, 0, 0, 0);
            Fails(1002, 0x00, 0x80, 0, 0, 0, 0);
            Fails(1002, 0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80, 0, 0, 0, 0);
            Fails(1002, 0x02, 0x80, 0, 0, 0, 0, 0x01, 0x80, 0, 0, 0, 0);
        }

        // 5.2: as few octets as possible, and the highest bit 0.
        [TestMethod]
        public void Lengths_that_are_none()
        {
            Fails(1002, 0x82, 0xFE, 0, 125, 0, 0, 0, 0);
            Fails(1002, 0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0);
            Fails(1002, 0x82, 0xFF, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
        }

        [TestMethod]
        public void Lengths_that_nobody_takes()
        {
            Fails(1009, 0x82, 0xFF, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0);
            Fails(1009, 0x82, 0xFF, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
            Fails(1009, 0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0);
        }

        // 8.1, RFC 3629: as soon as it is seen.
        [TestMethod]
        public void Text_that_is_none()
        {
            Fails(1007, 0x01, 0x84, 0, 0, 0, 0, 0x41, 0xC0, 0x80, 0x41);
            Fails(1007, 0x01, 0x83, 0, 0, 0, 0, 0xED, 0xA0, 0x80);
            Fails(1007, 0x01, 0x84, 0, 0, 0, 0, 0xF4, 0x90, 0x80, 0x80);
            Fails(1007, 0x81, 0x81, 0, 0, 0, 0, 0xC3);
            Fails(1007, 0x01, 0x81, 0, 0, 0, 0, 0xC3, 0x80, 0x80, 0, 0, 0, 0);
            Fails(1007, 0x01, 0x81, 0, 0, 0, 0, 0xC3, 0x80, 0x81, 0, 0, 0, 0, 0x41);

            // Behind sixteen octets that are looked at eight by eight.
            Fails(1007, 0x01, 0x91, 0, 0, 0, 0, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 0x80);
        }

        // Octets are looked at in blocks.
        [TestMethod]
        public void A_wrong_octet_is_found_wherever_it_stands()
        {
            byte[] text = new byte[75];
            for (int at = 0; at < text.Length; at++)
            {
                for (int i = 0; i < text.Length; i++)
                {
                    text[i] = (byte)(i == at ? 0x80 : 'A');
                }

                SocketPeer.Open().Frame(0x81, text).GetsClose(1007);
            }
        }

        [TestMethod]
        public void Characters_may_be_cut_anywhere()
        {
            byte[] text = Encoding.UTF8.GetBytes("\u03BA\u1F79\u03C3\u03BC\u03B5 and \uD83D\uDE00, 20 octets at least");
            SocketPeer peer = SocketPeer.Open();
            peer.Endpoint.Echoes = false;
            for (int cut = 0; cut <= text.Length; cut++)
            {
                byte[] first = new byte[cut];
                byte[] second = new byte[text.Length - cut];
                System.Array.Copy(text, first, cut);
                System.Array.Copy(text, cut, second, 0, second.Length);
                peer.Endpoint.Notes = string.Empty;
                peer.Frame(0x01, first).Frame(0x80, second);
                Assert.AreEqual("text " + text.Length.ToString(), peer.Endpoint.Notes);
            }
        }

        [TestMethod]
        public void Binary_data_is_not_text()
        {
            SocketPeer.Play(peer => peer.Frame(0x82, 0xC0, 0xFF, 0x80).GetsMessage(2, new byte[] { 0xC0, 0xFF, 0x80 }));
        }

        // Nothing of the client is read any more, and a client that goes on does not lose what it was told.
        private static void Fails(int code, params byte[] octets)
        {
            SocketPeer.Play(peer =>
            {
                peer.Endpoint.Echoes = false;
                peer.Raw(octets).GetsClose(code);
                peer.Say("more").GetsNothing();
                peer.Wait(300).Wait(300).IsOver("open, closed " + code.ToString());
            });
        }
    }
}
