using System.Net;
using Http2Nano.Boards.Tests;

namespace Iot.Device.DhcpServer
{
    /// <summary>Gives no addresses.</summary>
    public class DhcpServer
    {
        public bool Start(IPAddress address, IPAddress mask, ushort timeToLeave = 1200)
        {
            FakeBoard.Present.DhcpStarts++;
            return FakeBoard.Present.DhcpServerStarts;
        }

        public void Stop()
        {
        }
    }
}
