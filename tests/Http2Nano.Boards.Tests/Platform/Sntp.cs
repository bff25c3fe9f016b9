using Http2Nano.Boards.Tests;

namespace nanoFramework.Networking
{
    /// <summary>Asks no time server.</summary>
    public class Sntp
    {
        public static bool IsStarted
        {
            get { return FakeBoard.Present.SntpIsStarted; }
        }

        public static string Server1
        {
            get { return FakeBoard.Present.TimeServer; }
            set { FakeBoard.Present.TimeServer = value; }
        }

        public static void Start()
        {
            FakeBoard.Present.SntpIsStarted = true;
        }

        public static void UpdateNow()
        {
            FakeBoard.Present.AskTimeServer();
        }
    }
}
