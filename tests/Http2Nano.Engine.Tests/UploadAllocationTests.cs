using System;
using System.Text;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Forms;
using Http2Nano.Hosting;
using Http2Nano.Hpack;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests;

/// <summary>A form with a file of a megabyte allocates nothing on its way over HTTP/2, its windows included.</summary>
[TestClass]
public sealed class UploadAllocationTests
{
    private const int Megabyte = 1 << 20;
    private const int HeaderLength = 9;
    private const int FrameLength = 400;
    private const int DefaultWindow = 65535;
    private const byte DataType = 0;
    private const byte HeadersType = 1;
    private const byte WindowUpdateType = 8;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    private static readonly byte[] s_preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0];
    private static readonly byte[] s_begin = "--xyz\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n"u8.ToArray();
    private static readonly byte[] s_content = new byte[FrameLength];
    private static readonly byte[] s_end = "\r\n--xyz--\r\n"u8.ToArray();

    private readonly HttpLimits _limits = new();
    private readonly HttpSession _session;
    private readonly CountingReceiver _receiver = new();
    private readonly byte[] _header = new byte[HeaderLength];
    private readonly byte[] _fields = Fields();
    private int _connectionWindow = DefaultWindow;
    private int _window;
    private int _responses;

    /// <summary>Makes a server with a form.</summary>
    public UploadAllocationTests()
    {
        Router router = new();
        router.MapStream(HttpMethod.Post, "/", new MultipartForm(_receiver, 256, 4).Handle);
        _session = new HttpSession(_limits, router, new ServerCounters());
        _session.Begin(0, false);
    }

    [TestMethod]
    public void A_form_of_a_megabyte_over_HTTP_2()
    {
        Put(s_preface, s_preface.Length);
        Turn();
        Upload(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Upload(3);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before, "Octets allocated.");
        Assert.AreEqual(2, _responses);
        Assert.AreEqual(2L * Megabyte, _receiver.Octets);
    }

    private static byte[] Fields()
    {
        HeaderList list = new(new byte[512]);
        foreach ((string name, string value) in new[] { (":method", "POST"), (":scheme", "http"), (":authority", "device"), (":path", "/"), ("content-type", "multipart/form-data; boundary=xyz") })
        {
            list.Add(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
        }

        byte[] block = new byte[512];
        HpackEncoder encoder = new(0);
        encoder.Begin(block, 0);
        encoder.Encode(list);
        return block[..encoder.End()];
    }

    private void Upload(int stream)
    {
        _window = _limits.InitialWindowSize;
        Send(HeadersType, EndHeaders, stream, _fields, _fields.Length);
        Send(DataType, 0, stream, s_begin, s_begin.Length);
        for (int left = Megabyte; left > 0; left -= FrameLength)
        {
            Send(DataType, 0, stream, s_content, Math.Min(left, FrameLength));
        }

        Send(DataType, EndStream, stream, s_end, s_end.Length);
    }

    private void Send(byte type, byte flags, int stream, byte[] payload, int count)
    {
        if (type == DataType)
        {
            _window -= count;
            _connectionWindow -= count;
            Assert.IsTrue(_window >= 0 && _connectionWindow >= 0, "The window is not opened again.");
        }

        _header[1] = (byte)(count >> 8);
        _header[2] = (byte)count;
        _header[3] = type;
        _header[4] = flags;
        _header[8] = (byte)stream;
        Put(_header, HeaderLength);
        Put(payload, count);
        Turn();
    }

    private void Put(byte[] octets, int count)
    {
        ReceiveBuffer receive = _session.Receive;
        receive.MakeRoom();
        Array.Copy(octets, 0, receive.Bytes, receive.End, count);
        receive.End += count;
    }

    // Frames come whole out of a session that does not wait for room.
    private void Turn()
    {
        _session.Advance(0);
        TransmitBuffer transmit = _session.Transmit;
        byte[] bytes = transmit.Bytes;
        for (int at = transmit.Start; at < transmit.End; at += HeaderLength + ((bytes[at + 1] << 8) | bytes[at + 2]))
        {
            if (bytes[at + 3] == WindowUpdateType)
            {
                int increment = (bytes[at + 9] << 24) | (bytes[at + 10] << 16) | (bytes[at + 11] << 8) | bytes[at + 12];
                if (bytes[at + 8] == 0)
                {
                    _connectionWindow += increment;
                }
                else
                {
                    _window += increment;
                }
            }
            else if (bytes[at + 3] == HeadersType)
            {
                _responses++;
            }
        }

        transmit.Sent(transmit.Length);
    }

    private sealed class CountingReceiver : FormReceiver
    {
        private readonly CountingSink _sink = new();

        internal long Octets => _sink.Octets;

        public override BodySink BeginPart(MultipartForm form) => _sink;

        public override void Complete(MultipartForm form, HttpResponse response)
        {
        }
    }

    private sealed class CountingSink : BodySink
    {
        internal long Octets { get; private set; }

        public override int Room(int key) => int.MaxValue;

        public override void Write(int key, byte[] buffer, int offset, int count) => Octets += count;

        public override void Close(int key, bool complete)
        {
        }
    }
}
