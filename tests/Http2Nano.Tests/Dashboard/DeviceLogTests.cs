using Http2Nano.Devices;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>What a device reports is on its log page, whenever the page is made.</summary>
    [TestClass]
    public class DeviceLogTests
    {
        // On the device an element of an array of strings that nobody has set must not be compared: it ends the program.
        [TestMethod]
        public void What_is_wrong_before_anything_was_done_is_on_the_page_once()
        {
            DeviceLog log = new DeviceLog();
            log.Complain("The clock is not set.");
            log.Complain("The clock is not set.");
            DashboardPeer peer = DashboardPeer.Open();
            log.Page = peer.Application.Log;
            Assert.AreEqual("{\"n\":1,\"at\":60,\"level\":\"info\",\"text\":\"The clock is not set.\"}\n", peer.Lines());
        }

        [TestMethod]
        public void What_is_wrong_again_after_something_was_done_is_said_again()
        {
            DashboardPeer peer = DashboardPeer.Open();
            DeviceLog log = new DeviceLog();
            log.Page = peer.Application.Log;
            log.Complain("one");
            log.Complain("two");
            log.Complain("one");
            log.Say("done");
            log.Complain("one");
            Assert.AreEqual(
                "{\"n\":1,\"at\":60,\"level\":\"error\",\"text\":\"one\"}\n"
                + "{\"n\":2,\"at\":60,\"level\":\"error\",\"text\":\"two\"}\n"
                + "{\"n\":3,\"at\":60,\"level\":\"info\",\"text\":\"done\"}\n"
                + "{\"n\":4,\"at\":60,\"level\":\"error\",\"text\":\"one\"}\n",
                peer.Lines());
        }
    }
}
