using Http2Nano.Buffers;
using Http2Nano.Framing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Framing
{
    /// <summary>RFC 9113 4.1: frame headers and payloads, read in pieces and written.</summary>
    [TestClass]
    public class FrameReaderTests
    {
        [TestMethod]
        public void A_header_is_read_when_all_of_it_is_there()
        {
            byte[] header = { 0x12, 0x34, 0x56, 0x09, 0xFF, 0x81, 0x23, 0x45, 0x67 };
            ReceiveBuffer receive = new ReceiveBuffer(16);
            FrameReader reader = new FrameReader(receive);
            for (int i = 0; i < header.Length; i++)
            {
                Assert.IsFalse(reader.ReadHeader());
                Assert.AreEqual(0, receive.Start);
                receive.Bytes[receive.End++] = header[i];
            }

            Assert.IsTrue(reader.ReadHeader());
            Assert.AreEqual(0x123456, reader.Length);
            Assert.AreEqual(0x123456, reader.Remaining);
            Assert.AreEqual(9, reader.Type);
            Assert.AreEqual(0xFF, reader.Flags);
            Assert.AreEqual(0x01234567, reader.Stream);
            Assert.AreEqual(0, reader.Available);
            reader.Reset();
            Assert.AreEqual(0, reader.Remaining);
        }

        [TestMethod]
        public void A_payload_is_taken_as_it_comes_and_no_further()
        {
            ReceiveBuffer receive = new ReceiveBuffer(64);
            FrameReader reader = new FrameReader(receive);
            byte[] octets = { 0, 0, 8, 0, 0, 0, 0, 0, 1, 0xFF, 0x80, 0x01, 0xFF, 0xFF, 0xFF, 0xFE, 0x7F, 1, 2, 3 };
            System.Array.Copy(octets, 0, receive.Bytes, 0, octets.Length);
            receive.End = octets.Length;
            Assert.IsTrue(reader.ReadHeader());
            Assert.AreEqual(8, reader.Available);
            Assert.AreEqual(255, reader.TakeByte());
            Assert.AreEqual(0x8001, reader.TakeUInt16());
            Assert.AreEqual(-2, reader.TakeInt32());
            Assert.AreEqual(1, reader.Available);
            reader.Take(1);
            Assert.AreEqual(0, reader.Available);
            Assert.AreEqual(0, reader.Remaining);
            Assert.AreEqual(3, receive.Length);
        }

        [TestMethod]
        public void What_the_writer_writes_the_reader_reads()
        {
            TransmitBuffer transmit = new TransmitBuffer(128);
            FrameWriter writer = new FrameWriter(transmit);
            byte[] opaque = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
            writer.SettingsAck();
            writer.PingAck(opaque, 1);
            writer.RstStream(int.MaxValue, ErrorCode.Cancel);
            writer.GoAway(0x01020304, -1);
            writer.WindowUpdate(5, int.MaxValue);
            writer.Header(6, FrameType.Settings, 0, 0);
            writer.Setting(Setting.MaxHeaderListSize, 0x0A0B0C0D);

            ReceiveBuffer receive = new ReceiveBuffer(128);
            System.Array.Copy(transmit.Bytes, 0, receive.Bytes, 0, transmit.Length);
            receive.End = transmit.Length;
            FrameReader reader = new FrameReader(receive);
            Expect(reader, FrameType.Settings, FrameFlags.Ack, 0, 0);
            Expect(reader, FrameType.Ping, FrameFlags.Ack, 0, 8);
            Assert.AreEqual(0x01020304, reader.TakeInt32());
            Assert.AreEqual(0x05060708, reader.TakeInt32());
            Expect(reader, FrameType.RstStream, 0, int.MaxValue, 4);
            Assert.AreEqual(ErrorCode.Cancel, reader.TakeInt32());
            Expect(reader, FrameType.GoAway, 0, 0, 8);
            Assert.AreEqual(0x01020304, reader.TakeInt32());
            Assert.AreEqual(-1, reader.TakeInt32());
            Expect(reader, FrameType.WindowUpdate, 0, 5, 4);
            Assert.AreEqual(int.MaxValue, reader.TakeInt32());
            Expect(reader, FrameType.Settings, 0, 0, 6);
            Assert.AreEqual(Setting.MaxHeaderListSize, reader.TakeUInt16());
            Assert.AreEqual(0x0A0B0C0D, reader.TakeInt32());
            Assert.AreEqual(0, receive.Length);
        }

        [TestMethod]
        public void The_room_for_replies_holds_all_that_one_frame_can_cause()
        {
            TransmitBuffer transmit = new TransmitBuffer(256);
            FrameWriter writer = new FrameWriter(transmit);
            writer.RstStream(1, 0);
            Assert.AreEqual(FrameWriter.RstStreamLength, transmit.Length);
            int before = transmit.Length;
            writer.GoAway(1, 0);
            Assert.AreEqual(FrameWriter.GoAwayLength, transmit.Length - before);
            writer.WindowUpdate(0, 1);
            Assert.IsTrue(transmit.Length <= FrameWriter.ControlFrameRoom);
        }

        private static void Expect(FrameReader reader, int type, int flags, int stream, int length)
        {
            Assert.IsTrue(reader.ReadHeader());
            Assert.AreEqual(type, reader.Type);
            Assert.AreEqual(flags, reader.Flags);
            Assert.AreEqual(stream, reader.Stream);
            Assert.AreEqual(length, reader.Length);
        }
    }
}
