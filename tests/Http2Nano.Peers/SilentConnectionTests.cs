using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Http2Nano.Peers.Raw;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>Connections that are opened before they are needed, as browsers do, or whose first request is late.</summary>
[TestClass]
[TestCategory("Timing")]
public sealed class SilentConnectionTests : HostTests
{
    private const string Request = "GET /api/bytes/3 HTTP/1.1\r\nhost: peer\r\n\r\n";

    [TestMethod]
    public async Task Six_of_a_browser_are_kept_while_others_are_served_and_answered_when_they_speak()
    {
        List<RawConnection> early = await OpenAsync(Host, 6);
        for (int i = 0; i < 20; i++)
        {
            await Host.GetStatusAsync();
            await Task.Delay(50);
        }

        await AreAnsweredAsync(early);
    }

    [TestMethod]
    public async Task A_board_with_room_for_one_gives_each_a_quarter_of_a_second_all_the_same()
    {
        await using HostProcess board = await HostProcess.StartAsync("--board", "ESP32-WROOM");
        await board.GetStatusAsync();
        List<RawConnection> early = await OpenAsync(board, 3);
        Task another = board.GetStatusAsync();
        await Task.Delay(150);
        await AreAnsweredAsync(early);
        await another;
    }

    private static async Task<List<RawConnection>> OpenAsync(HostProcess host, int count)
    {
        List<RawConnection> all = [];
        for (int i = 0; i < count; i++)
        {
            all.Add(await RawConnection.OpenAsync(host.HttpPort));
        }

        return all;
    }

    private static async Task AreAnsweredAsync(List<RawConnection> all)
    {
        await Task.WhenAll(all.Select(async (connection, i) =>
        {
            await connection.SendAsync(Request);
            string answer = Encoding.Latin1.GetString(await connection.ReadAsync(15));
            Assert.AreEqual("HTTP/1.1 200 OK", answer, $"Connection {i} of {all.Count}");
        }));
        all.ForEach(connection => connection.Dispose());
    }
}
