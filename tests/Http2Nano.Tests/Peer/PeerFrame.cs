using System;
using System.Text;

namespace Http2Nano.Tests.Peer
{
    /// <summary>A frame from the server.</summary>
    public class PeerFrame
    {
        /// <summary>A type of <see cref="Http2Nano.Framing.FrameType"/>.</summary>
        public int Type;

        /// <summary>Its flags.</summary>
        public int Flags;

        /// <summary>Its stream identifier.</summary>
        public int Stream;

        /// <summary>Its payload; null of DATA and HEADERS.</summary>
        public byte[] Payload;

        /// <summary>Of DATA: what it holds, and what the DATA of its stream behind it held that was not taken before.</summary>
        public PeerOctets Octets;

        /// <summary>Of HEADERS and PUSH_PROMISE: the fields, a line for each, as <c>name: value\n</c>.</summary>
        public string Fields;

        /// <summary>Whether END_STREAM is set, on a type that has it.</summary>
        public bool EndStream
        {
            get { return Type <= 1 && (Flags & 1) != 0; }
        }

        /// <summary>Four octets of the payload as a number.</summary>
        public int Int32(int offset)
        {
            return Payload[offset] << 24 | Payload[offset + 1] << 16 | Payload[offset + 2] << 8 | Payload[offset + 3];
        }

        /// <summary>The value of a field, or null.</summary>
        public string Field(string name)
        {
            return Find(Fields, name);
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            string text = "type " + Type.ToString() + " flags " + Flags.ToString() + " stream " + Stream.ToString();
            if (Octets != null || Payload != null)
            {
                text += " length " + (Octets == null ? Payload.Length : Octets.Length).ToString();
            }

            if (Type == 3)
            {
                return text + " code " + Int32(0).ToString();
            }

            if (Type == 7)
            {
                return text + " last " + Int32(0).ToString() + " code " + Int32(4).ToString();
            }

            return Fields == null ? text : text + " " + Fields;
        }

        internal static string Find(string fields, string name)
        {
            string line = "\n" + name + ": ";
            string all = "\n" + fields;
            int at = all.IndexOf(line);
            if (at < 0)
            {
                return null;
            }

            at += line.Length;
            return all.Substring(at, all.IndexOf("\n", at) - at);
        }
    }

    /// <summary>A response put together from its frames.</summary>
    public class PeerResponse
    {
        /// <summary>The final status code.</summary>
        public int Status;

        /// <summary>Fields of the final response as <c>name: value\n</c>.</summary>
        public string Fields;

        /// <summary>Fields of all informational responses before it.</summary>
        public string Informational = string.Empty;

        /// <summary>Fields of the trailer section, or null.</summary>
        public string Trailers;

        /// <summary>Its stream identifier.</summary>
        public int Stream;

        /// <summary>The body; null while no DATA has come.</summary>
        public PeerOctets Body;

        /// <summary>Whether END_STREAM came.</summary>
        public bool Ended;

        /// <summary>Length of the body in octets.</summary>
        public int Length
        {
            get { return Body == null ? 0 : Body.Length; }
        }

        /// <summary>The body as text.</summary>
        public string Text
        {
            get { return Body == null ? string.Empty : Body.Text; }
        }

        /// <summary>The value of a field, or null.</summary>
        public string Field(string name)
        {
            return PeerFrame.Find(Fields, name);
        }

        internal void Add(PeerFrame frame)
        {
            if (Ended)
            {
                throw new Exception("A frame behind END_STREAM: " + frame.ToString());
            }

            Ended = frame.EndStream;
            if (frame.Type == 0)
            {
                if (Status == 0 || Trailers != null)
                {
                    throw new Exception("DATA out of place: " + frame.ToString());
                }

                if (Body == null)
                {
                    Body = frame.Octets;
                }
                else
                {
                    Body.Add(frame.Octets);
                }
            }
            else if (Status != 0)
            {
                if (!Ended || frame.Field(":status") != null)
                {
                    throw new Exception("Not a trailer section: " + frame.ToString());
                }

                Trailers = frame.Fields;
            }
            else
            {
                if (!frame.Fields.StartsWith(":status: "))
                {
                    throw new Exception("No status: " + frame.Fields);
                }

                int status = int.Parse(frame.Field(":status"));
                if (status < 200)
                {
                    Informational += frame.Fields;
                }
                else
                {
                    Status = status;
                    Fields = frame.Fields;
                }
            }
        }
    }
}
