namespace System.Threading;

public struct CancellationTokenRegistration : IDisposable
{
    private readonly Action _callback;
    private readonly CancellationTokenSource _source;

    public extern void Dispose();
    public override extern bool Equals(object obj);
    public extern bool Equals(CancellationTokenRegistration other);
    public override extern int GetHashCode();

    public static extern bool operator ==(CancellationTokenRegistration left, CancellationTokenRegistration right);
    public static extern bool operator !=(CancellationTokenRegistration left, CancellationTokenRegistration right);
}
