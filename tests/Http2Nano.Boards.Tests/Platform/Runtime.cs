using System;
using Http2Nano.Boards.Tests;

namespace nanoFramework.Runtime.Native
{
    /// <summary>A heap of the size that the test gives it.</summary>
    public static class GC
    {
        public static uint Run(bool compactHeap)
        {
            return FakeBoard.Present.CountHeap();
        }
    }

    /// <summary>A restart ends the board's main thread.</summary>
    public class Power
    {
        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
        {
            FakeBoard.Present.Restart();
        }
    }

    public static class SystemInfo
    {
        public static Version Version
        {
            get { return new Version(1, 12, 4, 0); }
        }

        public static string TargetName
        {
            get { return "FAKE_BOARD"; }
        }
    }
}
