using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>The examples of RFC 7541 appendix C.</summary>
    [TestClass]
    public class Rfc7541ExamplesTests
    {
        private const string FirstRequest = ":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\n";
        private const string SecondRequest = FirstRequest + "cache-control: no-cache\n";
        private const string ThirdRequest =
            ":method: GET\n:scheme: https\n:path: /index.html\n:authority: www.example.com\ncustom-key: custom-value\n";

        private const string FirstResponse =
            ":status: 302\ncache-control: private\ndate: Mon, 21 Oct 2013 20:13:21 GMT\nlocation: https://www.example.com\n";

        private const string SecondResponse =
            ":status: 307\ncache-control: private\ndate: Mon, 21 Oct 2013 20:13:21 GMT\nlocation: https://www.example.com\n";

        private const string ThirdResponse =
            ":status: 200\ncache-control: private\ndate: Mon, 21 Oct 2013 20:13:22 GMT\nlocation: https://www.example.com\n"
            + "content-encoding: gzip\nset-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1\n";

        // A table size update to 256, as the examples C.5 and C.6 take for granted.
        private const string TableOf256 = "3fe101";

        [TestMethod]
        public void C_1_integers_are_read()
        {
            // 10 and 1337 with a prefix of five bits (C.1.1, C.1.2): as table sizes.
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "400161 0162");
            Assert.AreEqual("", FieldText.Decode(decoder, "2a"));
            Assert.AreEqual(0, decoder.TableCount);
            FieldText.Decode(decoder, "3f9a0a 400161 0162");
            Assert.AreEqual(1, decoder.TableCount);

            // 42 with a prefix of eight bits starts at an octet's boundary (C.1.3); nothing in HPACK has that prefix.
        }

        [TestMethod]
        public void C_2_1_literal_with_indexing()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            string fields = FieldText.Decode(decoder, "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572");
            Assert.AreEqual("custom-key: custom-header\n", fields);
            Assert.AreEqual(55, decoder.TableSize);
        }

        [TestMethod]
        public void C_2_2_literal_without_indexing()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.AreEqual(":path: /sample/path\n", FieldText.Decode(decoder, "040c 2f73 616d 706c 652f 7061 7468"));
            Assert.AreEqual(0, decoder.TableSize);
        }

        [TestMethod]
        public void C_2_3_literal_never_indexed()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.AreEqual("password: secret\n", FieldText.Decode(decoder, "1008 7061 7373 776f 7264 0673 6563 7265 74"));
            Assert.AreEqual(0, decoder.TableSize);
        }

        [TestMethod]
        public void C_2_4_indexed()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.AreEqual(":method: GET\n", FieldText.Decode(decoder, "82"));
            Assert.AreEqual(0, decoder.TableSize);
        }

        [TestMethod]
        public void C_3_requests_without_huffman_coding()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.AreEqual(FirstRequest, FieldText.Decode(decoder, "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"));
            Assert.AreEqual(57, decoder.TableSize);
            Assert.AreEqual(SecondRequest, FieldText.Decode(decoder, "8286 84be 5808 6e6f 2d63 6163 6865"));
            Assert.AreEqual(110, decoder.TableSize);
            string block = "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65";
            Assert.AreEqual(ThirdRequest, FieldText.Decode(decoder, block));
            Assert.AreEqual(164, decoder.TableSize);
        }

        [TestMethod]
        public void C_4_requests_with_huffman_coding()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.AreEqual(FirstRequest, FieldText.Decode(decoder, "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"));
            Assert.AreEqual(57, decoder.TableSize);
            Assert.AreEqual(SecondRequest, FieldText.Decode(decoder, "8286 84be 5886 a8eb 1064 9cbf"));
            Assert.AreEqual(110, decoder.TableSize);
            string block = "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf";
            Assert.AreEqual(ThirdRequest, FieldText.Decode(decoder, block));
            Assert.AreEqual(164, decoder.TableSize);
        }

        [TestMethod]
        public void C_5_responses_without_huffman_coding()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, TableOf256);
            Assert.AreEqual(FirstResponse, FieldText.Decode(
                decoder,
                "4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d"
                + "546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"));
            Assert.AreEqual(222, decoder.TableSize);
            Assert.AreEqual(SecondResponse, FieldText.Decode(decoder, "4803 3330 37c1 c0bf"));
            Assert.AreEqual(222, decoder.TableSize);
            Assert.AreEqual(4, decoder.TableCount);
            Assert.AreEqual(ThirdResponse, FieldText.Decode(
                decoder,
                "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f"
                + "6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b"
                + "2076 6572 7369 6f6e 3d31"));
            Assert.AreEqual(215, decoder.TableSize);
            Assert.AreEqual(3, decoder.TableCount);
        }

        [TestMethod]
        public void C_6_responses_with_huffman_coding()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, TableOf256);
            Assert.AreEqual(FirstResponse, FieldText.Decode(
                decoder,
                "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7"
                + "8f0b 97c8 e9ae 82ae 43d3"));
            Assert.AreEqual(222, decoder.TableSize);
            Assert.AreEqual(SecondResponse, FieldText.Decode(decoder, "4883 640e ffc1 c0bf"));
            Assert.AreEqual(222, decoder.TableSize);
            Assert.AreEqual(ThirdResponse, FieldText.Decode(
                decoder,
                "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335"
                + "dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07"));
            Assert.AreEqual(215, decoder.TableSize);
        }

        [TestMethod]
        public void C_4_requests_are_encoded_as_there()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, ":method", "GET");
            FieldText.Add(list, ":scheme", "http");
            FieldText.Add(list, ":path", "/");
            FieldText.Add(list, ":authority", "www.example.com");
            Assert.AreEqual("828684418cf1e3c2e5f23a6ba0ab90f4ff", FieldText.Encode(encoder, list));
            FieldText.Add(list, "cache-control", "no-cache");
            Assert.AreEqual("828684be5886a8eb10649cbf", FieldText.Encode(encoder, list));
            list.Reset(0, list.Limit);
            FieldText.Add(list, ":method", "GET");
            FieldText.Add(list, ":scheme", "https");
            FieldText.Add(list, ":path", "/index.html");
            FieldText.Add(list, ":authority", "www.example.com");
            FieldText.Add(list, "custom-key", "custom-value");
            Assert.AreEqual("828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf", FieldText.Encode(encoder, list));
            Assert.AreEqual(164, encoder.TableSize);
        }
    }
}
