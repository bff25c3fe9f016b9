namespace Http2Nano.Hosting
{
    /// <summary>A place for one connection, from the moment it is accepted until it is closed.</summary>
    internal sealed class ConnectionPlace
    {
        /// <summary>Nobody's.</summary>
        internal const int Free = 0;

        /// <summary>Taken up: whoever serves it says what becomes of it.</summary>
        internal const int Taken = 1;

        /// <summary>The peer has said something, and nobody has listened yet.</summary>
        internal const int Spoken = 2;

        /// <summary>The peer has said nothing since it was accepted.</summary>
        internal const int Silent = 3;

        /// <summary>The peer has been answered, over HTTP/1.1, and has said nothing since.</summary>
        internal const int Idle = 4;

        /// <summary>The peer has begun a TLS handshake; this and so many octets of it must have come before it can be done.</summary>
        internal const int Greeting = 16;

        /// <summary>The connection as it was accepted.</summary>
        internal readonly AcceptedTransport Accepted;

        /// <summary>What it became by its TLS handshake, or null.</summary>
        internal Transport Secured;

        /// <summary>Whether it came to the TLS port.</summary>
        internal bool IsSecure;

        /// <summary>One of the constants above.</summary>
        internal int State;

        /// <summary>Since when it waits for its peer, or its peer for being served; in milliseconds.</summary>
        internal long Since;

        internal ConnectionPlace(AcceptedTransport accepted)
        {
            Accepted = accepted;
        }

        /// <summary>Looks whether the peer has said what the connection waits for. One that the peer has ended is closed.</summary>
        /// <param name="now">Milliseconds.</param>
        internal void Look(long now)
        {
            if (State >= Greeting)
            {
                // The time of a greeting counts from its first octet on.
                if (Accepted.Available >= State - Greeting)
                {
                    State = Spoken;
                }

                return;
            }

            int look = Secured == null ? Accepted.Look() : Secured.WaitForData(0) ? AcceptedTransport.Spoken : AcceptedTransport.Silent;
            if (look == AcceptedTransport.Spoken)
            {
                State = Spoken;
                Since = now;
            }
            else if (look == AcceptedTransport.Ended)
            {
                Close(0);
            }
        }

        /// <summary>Waits for the peer, not longer than asked.</summary>
        internal void Wait(int milliseconds)
        {
            if (Secured != null)
            {
                Secured.WaitForData(milliseconds);
            }
            else
            {
                Accepted.WaitForData(milliseconds);
            }
        }

        /// <summary>Closes the connection.</summary>
        /// <param name="milliseconds">Longest wait for what was sent last to be on its way.</param>
        internal void Close(int milliseconds)
        {
            Transport secured = Secured;
            Secured = null;
            State = Free;
            if (secured != null)
            {
                secured.Close(milliseconds);
            }
            else
            {
                Accepted.Close(milliseconds);
            }
        }
    }
}
