using System;
using System.Text;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>What scripted clients say over HTTP/2.</summary>
    internal static class Http2Octets
    {
        private const int GetLength = 15;

        /// <summary>The same with one request, for a path.</summary>
        internal static byte[] Get(string path)
        {
            byte[] begin = Get(0);
            byte[] frame = new byte[9 + 7 + path.Length];
            byte[] header = { 0, 0, (byte)(7 + path.Length), 1, 5, 0, 0, 0, 1, 0x82, 0x86, 1, 1, (byte)'d', 4, (byte)path.Length };
            Array.Copy(header, frame, header.Length);
            Encoding.UTF8.GetBytes(path, 0, path.Length, frame, header.Length);
            return Join(begin, frame);
        }

        /// <summary>The payload of all DATA frames (RFC 9113 6.1) that are whole.</summary>
        internal static byte[] Data(byte[] octets)
        {
            byte[] data = new byte[0];
            int length;
            for (int at = 0; at + Resting.FrameHeader <= octets.Length; at += Resting.FrameHeader + length)
            {
                length = (octets[at + 1] << 8) + octets[at + 2];
                if (octets[at + 3] == 0 && at + Resting.FrameHeader + length <= octets.Length)
                {
                    byte[] payload = new byte[length];
                    Array.Copy(octets, at + Resting.FrameHeader, payload, 0, length);
                    data = Join(data, payload);
                }
            }

            return data;
        }

        /// <summary>The same with SETTINGS_INITIAL_WINDOW_SIZE (RFC 9113 6.5.2) in the first frame.</summary>
        internal static byte[] WithWindow(byte size, byte[] octets)
        {
            const int Begin = 24 + 9;
            byte[] all = new byte[octets.Length + 6];
            Array.Copy(octets, all, Begin);
            Array.Copy(octets, Begin, all, Begin + 6, octets.Length - Begin);
            all[24 + 2] = 6;
            all[Begin + 1] = 4;
            all[Begin + 5] = size;
            return all;
        }

        /// <summary>Octets and others behind them.</summary>
        internal static byte[] Join(byte[] first, byte[] second)
        {
            byte[] octets = new byte[first.Length + second.Length];
            Array.Copy(first, octets, first.Length);
            Array.Copy(second, 0, octets, first.Length, second.Length);
            return octets;
        }

        /// <summary>The preface, SETTINGS, its acknowledgement, and requests for <c>/</c>.</summary>
        /// <param name="requests">How many, on streams 1, 3 and so on.</param>
        internal static byte[] Get(int requests)
        {
            byte[] preface = Encoding.UTF8.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            byte[] settings = { 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0 };
            byte[] octets = new byte[preface.Length + settings.Length + (requests * GetLength)];
            Array.Copy(preface, octets, preface.Length);
            Array.Copy(settings, 0, octets, preface.Length, settings.Length);
            int position = preface.Length + settings.Length;
            for (int i = 0; i < requests; i++)
            {
                // HEADERS with END_STREAM and END_HEADERS: GET, http, /, and the authority d without indexing.
                byte[] frame = { 0, 0, 6, 1, 5, 0, 0, 0, (byte)(1 + (2 * i)), 0x82, 0x86, 0x84, 0x01, 1, (byte)'d' };
                Array.Copy(frame, 0, octets, position, frame.Length);
                position += frame.Length;
            }

            return octets;
        }
    }
}
