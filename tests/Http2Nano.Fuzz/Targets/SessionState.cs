using Http2Nano.Buffers;
using Http2Nano.Hosting;
using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Fuzz.Targets;

/// <summary>What must hold inside a session at any time.</summary>
internal sealed class SessionState(HttpSession session, HttpLimits limits)
{
    /// <summary>Between two calls.</summary>
    public void Check()
    {
        ReceiveBuffer receive = session.Receive;
        TransmitBuffer transmit = session.Transmit;
        SessionHarness.Check(receive.Start >= 0 && receive.Start <= receive.End && receive.End <= receive.Bytes.Length, "The receive buffer is out of bounds.");
        SessionHarness.Check(transmit.Start >= 0 && transmit.Start <= transmit.End && transmit.End <= transmit.Bytes.Length, "The transmit buffer is out of bounds.");
        SessionHarness.Check(session.Exchanges.InUse <= limits.Exchanges, "More exchanges are in use than there are.");
        if (session.Connection is Http2Connection connection)
        {
            CheckStreams(connection);
        }
    }

    /// <summary>After the end of a connection.</summary>
    public void CheckReleased()
    {
        SessionHarness.Check(session.Finished, "The session has not ended.");
        SessionHarness.Check(session.Exchanges.InUse == 0, "An exchange stayed taken.");
        SessionHarness.Check(session.Connection == null, "The connection stayed.");
    }

    private void CheckStreams(Http2Connection connection)
    {
        StreamTable streams = connection.Streams;
        int used = 0;
        for (int slot = 0; slot < streams.Id.Length; slot++)
        {
            if (streams.Id[slot] == 0)
            {
                SessionHarness.Check(streams.Exchange[slot] == null && streams.Bodies[slot << 1] == null && streams.SinkOf(slot) == null, "A free slot holds something.");
                continue;
            }

            used++;
            SessionHarness.Check(streams.Windows.ReceiveOf(slot) <= limits.MaximumWindowSize || streams.Windows.ReceiveOf(slot) <= FlowControl.DefaultWindow, "A receive window is larger than allowed.");

            // An octet that was read before there was a window for it stands there as -2 to -257.
            SessionHarness.Check(streams.Remaining[slot] >= -257 && streams.Position[slot] >= 0, "A body is out of bounds.");
        }

        SessionHarness.Check(used == streams.Count, "Slots in use and slots counted differ.");
        SessionHarness.Check(streams.Requests >= 0 && streams.Requests <= limits.MaximumStreams, "Requests are out of bounds.");
        SessionHarness.Check(streams.Pushes >= 0 && streams.Pushes <= limits.MaximumPushes, "Pushes are out of bounds.");
    }
}
