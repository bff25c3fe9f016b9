namespace System.Net.Sockets;

public class Socket : IDisposable
{
    public extern Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType);

    public extern int Available { get; }
    public extern EndPoint LocalEndPoint { get; }
    public extern EndPoint RemoteEndPoint { get; }
    public extern bool Connected { get; }
    public extern int ReceiveTimeout { get; set; }
    public extern int SendTimeout { get; set; }
    public extern SocketType SocketType { get; }

    public extern void Bind(EndPoint localEP);
    public extern void Connect(EndPoint remoteEP);
    public extern void Close();
    public extern void Listen(int backlog);
    public extern Socket Accept();
    public extern int Send(byte[] buffer);
    public extern int Send(byte[] buffer, SocketFlags socketFlags);
    public extern int Send(byte[] buffer, int size, SocketFlags socketFlags);
    public extern int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags);
    public extern int Receive(byte[] buffer);
    public extern int Receive(byte[] buffer, SocketFlags socketFlags);
    public extern int Receive(byte[] buffer, int size, SocketFlags socketFlags);
    public extern int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags);
    public extern void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, int optionValue);
    public extern void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, bool optionValue);
    public extern void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, byte[] optionValue);
    public extern object GetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName);
    public extern void GetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, byte[] val);
    public extern bool Poll(int microSeconds, SelectMode mode);
    protected virtual extern void Dispose(bool disposing);

    extern void IDisposable.Dispose();
    public extern int ReceiveFrom(byte[] buffer, ref EndPoint remoteEP);
    public extern int ReceiveFrom(byte[] buffer, int offset, int size, SocketFlags socketFlags, ref EndPoint remoteEP);
    public extern int SendTo(byte[] buffer, EndPoint remoteEP);
    public extern int SendTo(byte[] buffer, int offset, int size, SocketFlags socketFlags, EndPoint remoteEP);
}
