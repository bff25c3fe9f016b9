using System;
using System.Text;

namespace Http2Nano.Tests.Http1
{
    /// <summary>One HTTP/1.1 response out of the octets that a peer received, parsed strictly.</summary>
    public class Http1Reply
    {
        private Http1Reply()
        {
            Body = new byte[0];
            End = -1;
        }

        /// <summary>The status code.</summary>
        public int Status { get; private set; }

        /// <summary>Status line and fields, each line with its CR LF.</summary>
        public string Head { get; private set; }

        /// <summary>The body, with the transfer coding removed.</summary>
        public byte[] Body { get; private set; }

        /// <summary>Number of chunks with data.</summary>
        public int Chunks { get; private set; }

        /// <summary>The trailer section, each line with its CR LF.</summary>
        public string Trailers { get; private set; }

        /// <summary>Offset behind the response, or -1 when it is not complete.</summary>
        public int End { get; private set; }

        /// <summary>The body as text.</summary>
        public string BodyText
        {
            get { return Encoding.UTF8.GetString(Body, 0, Body.Length); }
        }

        /// <summary>Parses a response.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="start">Where it begins.</param>
        /// <param name="end">End of what was received.</param>
        /// <param name="toHead">The request was HEAD: no body follows.</param>
        /// <param name="closed">The connection is closed, which ends a body of unknown length.</param>
        /// <returns>The response; null when not even its head is complete.</returns>
        public static Http1Reply Parse(byte[] bytes, int start, int end, bool toHead, bool closed)
        {
            int head = FindEmptyLine(bytes, start, end);
            if (head < 0)
            {
                return null;
            }

            Http1Reply reply = new Http1Reply();
            reply.Head = Encoding.UTF8.GetString(bytes, start, head - start);
            if (!reply.Head.StartsWith("HTTP/1.1 "))
            {
                throw new Exception("No status line: " + reply.Head);
            }

            reply.Status = int.Parse(reply.Head.Substring(9, 3));
            int body = head + 2;
            string length = reply.Field("content-length");
            if (toHead || reply.Status < 200 || reply.Status == 204 || reply.Status == 304)
            {
                reply.End = body;
            }
            else if (reply.Field("transfer-encoding") == "chunked")
            {
                reply.ReadChunks(bytes, body, end);
            }
            else if (length != null)
            {
                int count = int.Parse(length);
                reply.Body = Part(bytes, body, count < end - body ? count : end - body);
                reply.End = count <= end - body ? body + count : -1;
            }
            else
            {
                reply.Body = Part(bytes, body, end - body);
                reply.End = closed ? end : -1;
            }

            return reply;
        }

        /// <summary>The value of a field, or null. The name is in lower case, as this server writes names.</summary>
        public string Field(string name)
        {
            int at = Head.IndexOf("\r\n" + name + ": ");
            if (at < 0)
            {
                return null;
            }

            at += name.Length + 4;
            return Head.Substring(at, Head.IndexOf("\r\n", at) - at);
        }

        private void ReadChunks(byte[] bytes, int at, int end)
        {
            while (true)
            {
                int size = 0;
                int digits = 0;
                while (at < end && bytes[at] != '\r')
                {
                    size = (size * 16) + Digit(bytes[at++]);
                    digits++;
                }

                if (end - at < 2)
                {
                    return;
                }

                if (digits == 0 || bytes[at + 1] != '\n')
                {
                    throw new Exception("No chunk size.");
                }

                at += 2;
                if (size == 0)
                {
                    // The line before is an end too: the section may be empty.
                    int empty = FindEmptyLine(bytes, at - 2, end);
                    if (empty >= 0)
                    {
                        Trailers = Encoding.UTF8.GetString(bytes, at, empty - at);
                        End = empty + 2;
                    }

                    return;
                }

                if (size > end - at - 2)
                {
                    return;
                }

                Body = Join(Body, Part(bytes, at, size));
                at += size;
                if (bytes[at] != '\r' || bytes[at + 1] != '\n')
                {
                    throw new Exception("No end of chunk.");
                }

                at += 2;
                Chunks++;
            }
        }

        private static int Digit(int octet)
        {
            if (octet >= '0' && octet <= '9')
            {
                return octet - '0';
            }

            if (octet >= 'a' && octet <= 'f')
            {
                return octet - 'a' + 10;
            }

            throw new Exception("No hexadecimal digit.");
        }

        private static int FindEmptyLine(byte[] bytes, int start, int end)
        {
            for (int i = start; i + 3 < end; i++)
            {
                if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n')
                {
                    return i + 2;
                }
            }

            return -1;
        }

        private static byte[] Part(byte[] bytes, int offset, int count)
        {
            byte[] part = new byte[count];
            Array.Copy(bytes, offset, part, 0, count);
            return part;
        }

        private static byte[] Join(byte[] first, byte[] second)
        {
            byte[] joined = new byte[first.Length + second.Length];
            Array.Copy(first, 0, joined, 0, first.Length);
            Array.Copy(second, 0, joined, first.Length, second.Length);
            return joined;
        }
    }
}
