#if !NANOFRAMEWORK_1_0
using System;
using System.IO;
using System.Text;
using System.Text.Json;
using Http2Nano.Buffers;
using Http2Nano.Framing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Host
{
    /// <summary>
    /// The frames of http2-frame-test-case, from ../shared/corpora beside the repository or HTTP2NANO_CORPORA: all parse to
    /// the fields that are listed, or fail with an error that is listed. On the host only, because files are read.
    /// </summary>
    [TestClass]
    public class FrameCorpusTests
    {
        private const int Files = 34;

        [TestMethod]
        public void Every_frame_parses_to_the_listed_fields_or_fails_with_the_listed_error()
        {
            string folder = Find();
            if (folder == null)
            {
                Assert.SkipTest("No http2-frame-test-case. Set HTTP2NANO_CORPORA to the folder that holds it.");
                return;
            }

            int count = 0;
            foreach (string file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories))
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
                JsonElement test = document.RootElement;
                byte[] wire = Convert.FromHexString(test.GetProperty("wire").GetString());
                string name = Path.GetFileName(Path.GetDirectoryName(file)) + "/" + Path.GetFileName(file);
                if (test.GetProperty("error").ValueKind == JsonValueKind.Null)
                {
                    CheckFields(name, test.GetProperty("frame"), wire);
                }
                else
                {
                    CheckError(name, test.GetProperty("error"), wire);
                }

                count++;
            }

            Assert.AreEqual(Files, count, "files");
        }

        // The reader gets the octets one at a time and takes the payload as the engine does.
        private static void CheckFields(string name, JsonElement frame, byte[] wire)
        {
            ReceiveBuffer receive = new ReceiveBuffer(256);
            FrameReader reader = new FrameReader(receive);
            int sent = 0;
            while (!reader.ReadHeader())
            {
                receive.Bytes[receive.End++] = wire[sent++];
            }

            Assert.AreEqual(FrameReader.HeaderLength, sent, name);
            Assert.AreEqual(frame.GetProperty("length").GetInt32(), reader.Length, name);
            Assert.AreEqual(frame.GetProperty("type").GetInt32(), reader.Type, name);
            Assert.AreEqual(frame.GetProperty("flags").GetInt32(), reader.Flags, name);
            Assert.AreEqual(frame.GetProperty("stream_identifier").GetInt32(), reader.Stream, name);
            Array.Copy(wire, sent, receive.Bytes, receive.End, wire.Length - sent);
            receive.End += wire.Length - sent;

            JsonElement payload = frame.GetProperty("frame_payload");
            bool padded = reader.Type <= FrameType.Headers || reader.Type == FrameType.PushPromise;
            int padding = padded && (reader.Flags & FrameFlags.Padded) != 0 ? reader.TakeByte() : 0;
            Number(name, payload, "padding_length", padding);
            CheckPayload(name, payload, reader, receive, padding);
            Text(name, payload, "padding", Take(reader, receive, padding));
            Assert.AreEqual(0, reader.Remaining, name);
            Assert.AreEqual(0, receive.Length, name);
        }

        private static void CheckPayload(string name, JsonElement payload, FrameReader reader, ReceiveBuffer receive, int padding)
        {
            switch (reader.Type)
            {
                case FrameType.Data:
                    Text(name, payload, "data", Take(reader, receive, reader.Remaining - padding));
                    break;
                case FrameType.Headers:
                case FrameType.Continuation:
                    if (reader.Type == FrameType.Headers && (reader.Flags & FrameFlags.Priority) != 0)
                    {
                        CheckPriority(name, payload, reader);
                    }

                    Text(name, payload, "header_block_fragment", Take(reader, receive, reader.Remaining - padding));
                    break;
                case FrameType.Priority:
                    CheckPriority(name, payload, reader);
                    break;
                case FrameType.RstStream:
                    Number(name, payload, "error_code", reader.TakeInt32());
                    break;
                case FrameType.Settings:
                    foreach (JsonElement setting in payload.GetProperty("settings").EnumerateArray())
                    {
                        Assert.AreEqual(setting[0].GetInt32(), reader.TakeUInt16(), name);
                        Assert.AreEqual(setting[1].GetInt32(), reader.TakeInt32(), name);
                    }

                    break;
                case FrameType.PushPromise:
                    Number(name, payload, "promised_stream_id", reader.TakeInt32() & int.MaxValue);
                    Text(name, payload, "header_block_fragment", Take(reader, receive, reader.Remaining - padding));
                    break;
                case FrameType.Ping:
                    Text(name, payload, "opaque_data", Take(reader, receive, 8));
                    break;
                case FrameType.GoAway:
                    Number(name, payload, "last_stream_id", reader.TakeInt32() & int.MaxValue);
                    Number(name, payload, "error_code", reader.TakeInt32());
                    Text(name, payload, "additional_debug_data", Take(reader, receive, reader.Remaining));
                    break;
                case FrameType.WindowUpdate:
                    Number(name, payload, "window_size_increment", reader.TakeInt32() & int.MaxValue);
                    break;
                default:
                    Assert.IsTrue(false, name);
                    break;
            }
        }

        private static void CheckPriority(string name, JsonElement payload, FrameReader reader)
        {
            int dependency = reader.TakeInt32();
            Number(name, payload, "stream_dependency", dependency & int.MaxValue);
            Assert.AreEqual(payload.GetProperty("exclusive").GetBoolean(), dependency < 0, name);
            Number(name, payload, "weight", reader.TakeByte() + 1);
        }

        // The server's answer is what counts: an error of the connection or of the stream with a code that is listed.
        private static void CheckError(string name, JsonElement errors, byte[] wire)
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Post(1, "/gather");
            peer.Raw(Convert.ToHexString(wire));
            PeerFrame frame = peer.Next();
            Assert.IsNotNull(frame, name);
            int code = frame.Type == FrameType.GoAway ? frame.Int32(4) : -1;
            code = frame.Type == FrameType.RstStream ? frame.Int32(0) : code;
            bool listed = false;
            foreach (JsonElement error in errors.EnumerateArray())
            {
                listed |= error.GetInt32() == code;
            }

            Assert.IsTrue(listed, name + ": " + frame.ToString());
        }

        private static void Number(string name, JsonElement payload, string field, int value)
        {
            if (payload.TryGetProperty(field, out JsonElement expected) && expected.ValueKind == JsonValueKind.Number)
            {
                Assert.AreEqual(expected.GetInt32(), value, name + " " + field);
            }
        }

        private static void Text(string name, JsonElement payload, string field, string value)
        {
            if (payload.TryGetProperty(field, out JsonElement expected) && expected.ValueKind == JsonValueKind.String)
            {
                Assert.AreEqual(expected.GetString(), value, name + " " + field);
            }
        }

        private static string Take(FrameReader reader, ReceiveBuffer receive, int count)
        {
            string text = Encoding.UTF8.GetString(receive.Bytes, receive.Start, count);
            reader.Take(count);
            return text;
        }

        private static string Find()
        {
            string root = Environment.GetEnvironmentVariable("HTTP2NANO_CORPORA");
            for (string folder = AppContext.BaseDirectory; root == null && folder != null; folder = Path.GetDirectoryName(folder))
            {
                string candidate = Path.Combine(folder, "shared", "corpora");
                root = Directory.Exists(candidate) ? candidate : null;
            }

            string frames = root == null ? null : Path.Combine(root, "http2-frame-test-case");
            return frames != null && Directory.Exists(frames) ? frames : null;
        }
    }
}
#endif
