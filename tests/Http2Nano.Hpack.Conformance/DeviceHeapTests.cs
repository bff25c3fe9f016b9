using System;
using System.Linq;
using Http2Nano.Fields;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>What HPACK takes on the device is what its documentation says.</summary>
[TestClass]
public sealed class DeviceHeapTests
{
    private static readonly Type[] Types =
    [
        .. typeof(HpackDecoder).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(HpackDecoder).Namespace && !type.Name.StartsWith('<')),
    ];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Arrays_and_objects_cost_what_was_measured()
    {
        Assert.AreEqual(84, DeviceHeap.Of(new byte[64]));
        Assert.AreEqual(1044, DeviceHeap.Of(new byte[1024]));
        Assert.AreEqual(84, DeviceHeap.Of(new ushort[32]));
        Assert.AreEqual(156, DeviceHeap.Of(new int[32]));
        Assert.AreEqual(276, DeviceHeap.Of(new long[32]));
    }

    [TestMethod]
    public void Decoder_and_encoder_take_what_their_documentation_says()
    {
        var decoder = new HpackDecoder(4096);
        var encoder = new HpackEncoder(HpackEncoder.DefaultTableSize);
        int constants = DeviceHeap.OfStatics(Types);
        int all = constants + DeviceHeap.Of(decoder) + DeviceHeap.Of(encoder);
        TestContext.WriteLine($"decoder {DeviceHeap.Of(decoder)}, encoder {DeviceHeap.Of(encoder)}, constants {constants}, together {all}");
        foreach (var type in Types)
        {
            if (DeviceHeap.OfStatics([type]) is > 0 and int bytes)
            {
                TestContext.WriteLine($"  {type.Name} {bytes}");
            }
        }

        // As their documentation says.
        Assert.AreEqual(5148, DeviceHeap.Of(decoder));
        Assert.AreEqual(1272, DeviceHeap.Of(encoder));
        Assert.AreEqual(132 + DeviceHeap.Of(new byte[1]), DeviceHeap.Of(new HeaderList(new byte[1])));
        Assert.IsLessThanOrEqualTo(2400, constants);
        Assert.IsLessThanOrEqualTo(8600, all);
    }
}
