using System;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Http2;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Peer
{
    // What the server sent, and what was expected of it.
    public partial class Http2Peer
    {
        private const int LongestDelay = 350;

        /// <summary>Octets of credit that the server has granted (WINDOW_UPDATE) on a stream since the connection began, or on the connection with 0.</summary>
        public int Granted(int stream)
        {
            for (int i = 0; i < _grants.Length && _grants[i + 1] != 0; i += 2)
            {
                if (_grants[i] == stream)
                {
                    return _grants[i + 1];
                }
            }

            return 0;
        }

        /// <summary>The next frame from the server other than WINDOW_UPDATE, or null.</summary>
        public PeerFrame Next()
        {
            if (_frames.Count == 0)
            {
                return null;
            }

            PeerFrame frame = (PeerFrame)_frames[0];
            _frames.RemoveAt(0);
            return frame;
        }

        /// <summary>The next frame, which must be of a type.</summary>
        public PeerFrame Next(int type)
        {
            PeerFrame frame = Next();
            Assert.IsNotNull(frame, "A frame of type " + type.ToString() + " was expected, and none came.");
            Assert.AreEqual(type, frame.Type, frame.ToString());
            return frame;
        }

        /// <summary>The server has sent nothing more, and the connection is open.</summary>
        public Http2Peer Nothing()
        {
            PeerFrame frame = Next();
            Assert.IsTrue(frame == null, frame == null ? string.Empty : frame.ToString());
            Assert.IsFalse(Closed, "closed");
            return this;
        }

        /// <summary>The next frame is RST_STREAM.</summary>
        public Http2Peer ExpectReset(int stream, int errorCode)
        {
            if (errorCode == ErrorCode.NoError && _frames.Count == 0)
            {
                // It is held back for a moment.
                Elapse(LongestDelay);
            }

            PeerFrame frame = Next(FrameType.RstStream);
            Assert.AreEqual(stream, frame.Stream, "stream of RST_STREAM");
            Assert.AreEqual(errorCode, frame.Int32(0), "code of RST_STREAM");
            return this;
        }

        /// <summary>The next frame is SETTINGS that say how many streams there may be.</summary>
        public Http2Peer ExpectPlaces(int streams)
        {
            PeerFrame frame = Next(FrameType.Settings);
            Assert.AreEqual(0, frame.Flags, "flags of SETTINGS");
            Assert.AreEqual(6, frame.Payload.Length, "length of SETTINGS");
            Assert.AreEqual(Setting.MaxConcurrentStreams, (frame.Payload[0] << 8) | frame.Payload[1], "setting");
            Assert.AreEqual(streams, frame.Int32(2), "streams");
            Frame(FrameType.Settings, FrameFlags.Ack, 0);
            return this;
        }

        /// <summary>
        /// The next frame, but for resets of streams that are cut, is GOAWAY with an error and the last one; the connection is closed,
        /// nothing is held, and the next client is served. Afterwards a fresh connection is there.
        /// </summary>
        public Http2Peer ExpectGoAway(int errorCode, int lastStream)
        {
            PeerFrame frame = Next();
            while (frame != null && frame.Type == FrameType.RstStream && (frame.Int32(0) == ErrorCode.Cancel || frame.Int32(0) == ErrorCode.InternalError))
            {
                frame = Next();
            }

            Assert.IsNotNull(frame, "GOAWAY was expected, and nothing came.");
            Assert.AreEqual(FrameType.GoAway, frame.Type, frame.ToString());
            Assert.AreEqual(errorCode, frame.Int32(4), "code of GOAWAY");
            Assert.AreEqual(lastStream, frame.Int32(0), "last stream of GOAWAY");
            PeerFrame behind = Next();
            Assert.IsTrue(behind == null, behind == null ? string.Empty : "behind GOAWAY: " + behind.ToString());
            Assert.IsTrue(Closed, "closed");
            HoldsNothing();
            Reconnect().Greet().Get(1, "/").ExpectResponse(1, 200, "hello");
            return Reconnect().Greet();
        }

        /// <summary>The next frame is GOAWAY without an error.</summary>
        public Http2Peer ExpectGracefulGoAway(int lastStream)
        {
            PeerFrame frame = Next(FrameType.GoAway);
            Assert.AreEqual(ErrorCode.NoError, frame.Int32(4), "code of GOAWAY");
            Assert.AreEqual(lastStream, frame.Int32(0), "last stream of GOAWAY");
            return this;
        }

        /// <summary>The answer to an upgrade has come, and HTTP/2 begins behind it.</summary>
        public Http2Peer ExpectUpgrade()
        {
            int end = Text.IndexOf("\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 101 ", Text);
            StartFrames(end + 4);
            return this;
        }

        /// <summary>PING is answered. What else has come stays to be looked at.</summary>
        public Http2Peer ExpectAlive()
        {
            Ping();
            for (int i = 0; i < _frames.Count; i++)
            {
                PeerFrame frame = (PeerFrame)_frames[i];
                if (frame.Type == FrameType.Ping)
                {
                    _frames.RemoveAt(i);
                    Assert.AreEqual(FrameFlags.Ack, frame.Flags, "flags of PING");
                    Assert.AreEqual(8, frame.Payload.Length, "length of PING");
                    Assert.AreEqual(8, (int)frame.Payload[7], "last octet of PING");
                    return this;
                }
            }

            Assert.IsTrue(false, _frames.Count == 0 ? "PING was not answered." : "PING was not answered, but " + _frames[0].ToString());
            return this;
        }

        /// <summary>A response as far as it has come, whatever is between its frames.</summary>
        public PeerResponse Response(int stream)
        {
            PeerResponse response = null;
            for (int i = 0; i < _responses.Count && response == null; i++)
            {
                PeerResponse one = (PeerResponse)_responses[i];
                response = one.Stream == stream ? one : null;
            }

            if (response == null)
            {
                response = new PeerResponse();
                response.Stream = stream;
                _responses.Add(response);
            }

            for (int i = 0; i < _frames.Count && !response.Ended; i++)
            {
                PeerFrame frame = (PeerFrame)_frames[i];
                if (frame.Stream == stream && (frame.Type == FrameType.Headers || frame.Type == FrameType.Data))
                {
                    response.Add(frame);
                    _frames.RemoveAt(i--);
                }
            }

            if (response.Ended)
            {
                _responses.Remove(response);
            }

            return response;
        }

        /// <summary>A response has come and is complete.</summary>
        public PeerResponse ExpectResponse(int stream, int status)
        {
            PeerResponse response = Response(stream);
            if (response.Status == 0)
            {
                PeerFrame frame = Next();
                Assert.IsTrue(false, "no response on " + stream.ToString() + (frame == null ? string.Empty : " but " + frame.ToString()));
            }

            Assert.AreEqual(status, response.Status, "status");
            Assert.IsTrue(response.Ended, "END_STREAM");
            string length = response.Field("content-length");
            if (length != null && response.Length != 0)
            {
                Assert.AreEqual(int.Parse(length), response.Length, "content-length");
            }

            return response;
        }

        /// <summary>A response has come and is complete.</summary>
        public Http2Peer ExpectResponse(int stream, int status, string body)
        {
            Assert.AreEqual(body, ExpectResponse(stream, status).Text, "body");
            return this;
        }

        /// <summary>A response of octets that <see cref="ScriptedSource.At"/> gives has come and is complete.</summary>
        public PeerResponse ExpectBody(int stream, int length)
        {
            PeerResponse response = ExpectResponse(stream, 200);
            CheckBody(response, length);
            return response;
        }

        /// <summary>So much of a body has come, and it is not complete.</summary>
        public void ExpectPart(int stream, int length)
        {
            PeerResponse response = Response(stream);
            Assert.IsFalse(response.Ended, "END_STREAM");
            CheckBody(response, length);
        }

        /// <summary>The session keeps nothing of the streams that there were.</summary>
        public Http2Peer HoldsNothing()
        {
            Assert.AreEqual(0, Session.Exchanges.InUse, "exchanges in use");
            Assert.AreEqual(0, Server.Streams.Count, "streams open");
            Assert.AreEqual(0, Server.Streams.SendingStreams, "streams sending");
            Assert.AreEqual(0, Server.Streams.ReceivingStreams, "streams receiving");
            for (int i = 0; i < Server.Streams.Id.Length; i++)
            {
                Assert.IsTrue(Server.Streams.Bodies[i << 1] == null && Server.Streams.SinkOf(i) == null && Server.Streams.Exchange[i] == null, "slot");
            }

            if (Routes != null)
            {
                Assert.AreEqual(Routes.SourcesSet, Routes.SourcesClosed, "sources closed");
                Assert.AreEqual(Routes.SinksSet, Routes.SinksClosed, "sinks closed");
            }

            return this;
        }

        private static void CheckBody(PeerResponse response, int length)
        {
            Assert.AreEqual(length, response.Length, "length of body");
            int other = length == 0 ? -1 : response.Body.FindOther();
            if (other >= 0)
            {
                Assert.AreEqual(ScriptedSource.At(other), response.Body.At(other), "octet " + other.ToString());
            }
        }

        /// <inheritdoc/>
        protected override void Arrive(byte[] bytes, int offset, int count)
        {
            if (!_framing)
            {
                base.Arrive(bytes, offset, count);
                return;
            }

            // Frame by frame, so that there is never more than one of them whole; DATA is not even that.
            Server = (Http2Connection)Session.Connection;
            int end = offset + count;
            while (offset < end)
            {
                int part = Least(end - offset, _missing);
                if (_data != null)
                {
                    _data.Octets.Add(bytes, offset, part);
                }
                else
                {
                    base.Arrive(bytes, offset, part);
                }

                offset += part;
                _missing -= part;
                if (_missing == 0)
                {
                    Complete();
                }
            }
        }

        // The connection speaks HTTP/2 behind the first octets that have been received.
        private void StartFrames(int first)
        {
            byte[] early = Received;
            int count = ReceivedCount;
            Forget();
            _framing = true;
            _missing = HeaderLength;
            Arrive(early, first, count - first);
        }

        // What was missing has come: the header of a frame, or the rest of it.
        private void Complete()
        {
            if (_data != null)
            {
                PeerFrame data = _data;
                _data = null;
                _missing = HeaderLength;
                Queue(data);
                return;
            }

            byte[] bytes = Received;
            int length = bytes[0] << 16 | bytes[1] << 8 | bytes[2];
            if (ReceivedCount == HeaderLength && length > LongestPayload)
            {
                throw new Exception("A frame of " + length.ToString() + " octets.");
            }

            if (ReceivedCount == HeaderLength && length != 0 && bytes[3] != FrameType.Data)
            {
                _missing = length;
                return;
            }

            int stream = Int32(bytes, 5);
            Forget();
            _missing = HeaderLength;
            if (bytes[3] == FrameType.WindowUpdate && length == 4)
            {
                Grant(stream, Int32(bytes, HeaderLength));
                return;
            }

            PeerFrame frame = bytes[3] == FrameType.Data && _spare != null ? _spare : new PeerFrame();
            frame.Type = bytes[3];
            frame.Flags = bytes[4];
            frame.Stream = stream;
            if (frame.Type == FrameType.Data)
            {
                if (frame != _spare)
                {
                    frame.Octets = new PeerOctets();
                }

                _spare = null;
                if (length == 0)
                {
                    Queue(frame);
                }
                else
                {
                    _data = frame;
                    _missing = length;
                }

                return;
            }

            if (frame.Type == FrameType.Headers)
            {
                frame.Fields = Decode(frame.Flags, 0, length);
            }
            else
            {
                frame.Payload = new byte[length];
                Array.Copy(bytes, HeaderLength, frame.Payload, 0, length);
            }

            if (frame.Type == FrameType.PushPromise)
            {
                frame.Fields = Decode(frame.Flags, 4, length);
            }

            Queue(frame);
        }

        // DATA joins what its stream has in the queue, unless other frames than DATA came in between.
        private void Queue(PeerFrame frame)
        {
            for (int i = _frames.Count - 1; i >= 0 && frame.Type == FrameType.Data; i--)
            {
                PeerFrame other = (PeerFrame)_frames[i];
                if (other.Type != FrameType.Data)
                {
                    break;
                }

                if (other.Stream == frame.Stream)
                {
                    if (other.EndStream)
                    {
                        break;
                    }

                    other.Octets.Add(frame.Octets);
                    other.Flags = frame.Flags;
                    frame.Octets.Clear();
                    _spare = frame;
                    return;
                }
            }

            _frames.Add(frame);
        }

        private void Grant(int stream, int octets)
        {
            int i = 0;
            while (i < _grants.Length && _grants[i + 1] != 0 && _grants[i] != stream)
            {
                i += 2;
            }

            if (i == _grants.Length)
            {
                int[] more = new int[i + 8];
                Array.Copy(_grants, 0, more, 0, i);
                _grants = more;
            }

            _grants[i] = stream;
            _grants[i + 1] += octets;
        }

        private static int Int32(byte[] bytes, int offset)
        {
            return bytes[offset] << 24 | bytes[offset + 1] << 16 | bytes[offset + 2] << 8 | bytes[offset + 3];
        }

        private static int Least(int a, int b)
        {
            return a < b ? a : b;
        }

        // Decodes the payload of the frame that has been received.
        private string Decode(int flags, int offset, int length)
        {
            if ((flags & FrameFlags.EndHeaders) == 0)
            {
                throw new Exception("This server needs no CONTINUATION.");
            }

            _fields.Reset(0, _fields.Storage.Length);
            _decoder.Begin(_fields);
            if (!_decoder.Decode(Received, HeaderLength + offset, length - offset) || !_decoder.End() || _fields.Malformed)
            {
                throw new Exception("A field block that cannot be decoded.");
            }

            string text = string.Empty;
            for (int position = _fields.First(); position >= 0; position = _fields.Next(position))
            {
                text += _fields.GetName(position) + ": " + _fields.GetValue(position) + "\n";
            }

            return text;
        }
    }
}
