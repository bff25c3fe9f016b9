using System.Net.Sockets;

namespace System.Net;

public class SocketAddress
{
    public extern SocketAddress(AddressFamily family, int size);

    public extern AddressFamily Family { get; }
    public extern int Size { get; }
    public extern byte this[int offset] { get; set; }

    public override extern bool Equals(object obj);
    public override extern int GetHashCode();
}
