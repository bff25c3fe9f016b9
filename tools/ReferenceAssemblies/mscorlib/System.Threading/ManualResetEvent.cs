namespace System.Threading;

public sealed class ManualResetEvent : WaitHandle
{
    public extern ManualResetEvent(bool initialState);

    public extern bool Reset();
    public extern bool Set();
}
