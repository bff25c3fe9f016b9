using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using Http2Nano.Attacks.Loopback;

namespace Http2Nano.Soak;

/// <summary>How a server stands at one moment.</summary>
/// <param name="Requests">Requests that it has begun to answer.</param>
/// <param name="Connections">Connections that it has accepted.</param>
/// <param name="Held">Bytes that it holds, by the device's rules.</param>
/// <param name="Heap">Bytes of the process's managed heap after a collection.</param>
/// <param name="Resident">Bytes of memory that the process occupies.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Handles">Files and sockets that the process has open; 0 where that cannot be told.</param>
internal sealed record Sample(long Requests, long Connections, int Held, long Heap, long Resident, int Threads, int Handles)
{
    public static Sample Of(AttackedServer server)
    {
        using Process process = Process.GetCurrentProcess();
        return new Sample(
            server.Counters.RequestsBegun,
            server.Counters.Connections,
            server.Measure(),
            GC.GetTotalMemory(true),
            process.WorkingSet64,
            process.Threads.Count,
            Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0);
    }

    public static Sample Parse(string line) => JsonSerializer.Deserialize<Sample>(line)!;

    public string Format() => JsonSerializer.Serialize(this);
}
