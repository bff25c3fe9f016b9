using System;

namespace nanoFramework.Runtime.Native;

public static class Rtc
{
    public static extern bool SetSystemTime(DateTime time);
}
