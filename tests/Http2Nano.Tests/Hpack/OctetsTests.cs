using Http2Nano.Fields;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Ranges of octets are compared several at a time, whatever their lengths and places are.</summary>
    [TestClass]
    public class OctetsTests
    {
        private const int Longest = 100;

        [TestMethod]
        public void Ranges_are_equal_when_all_their_octets_are_and_nothing_else_counts()
        {
            byte[] a = new byte[Longest + 5];
            byte[] b = new byte[Longest + 5];
            for (int count = 0; count <= Longest; count++)
            {
                for (int i = 0; i < a.Length; i++)
                {
                    a[i] = 1;
                    b[i] = 2;
                }

                for (int i = 0; i < count; i++)
                {
                    a[3 + i] = (byte)(i * 7);
                    b[5 + i] = (byte)(i * 7);
                }

                Assert.IsTrue(Octets.Equal(a, 3, b, 5, count), count.ToString());
                for (int i = 0; i < count; i++)
                {
                    b[5 + i] ^= 0x80;
                    Assert.IsFalse(Octets.Equal(a, 3, b, 5, count), count.ToString() + " " + i.ToString());
                    b[5 + i] ^= 0x80;
                }
            }
        }
    }
}
