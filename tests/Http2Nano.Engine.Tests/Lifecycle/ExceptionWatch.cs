using System;
using System.Runtime.ExceptionServices;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>Sees exceptions that nobody meant, also those that are caught: on the thread that it was made on, until it is disposed of.</summary>
internal sealed class ExceptionWatch : IDisposable
{
    [ThreadStatic]
    private static Ledger? t_ledger;

    private readonly Ledger? _before;

    static ExceptionWatch() => AppDomain.CurrentDomain.FirstChanceException += See;

    public ExceptionWatch(Ledger ledger)
    {
        _before = t_ledger;
        t_ledger = ledger;
    }

    public void Dispose() => t_ledger = _before;

    private static void See(object? sender, FirstChanceExceptionEventArgs args)
    {
        if (args.Exception is NullReferenceException or IndexOutOfRangeException or InvalidCastException or ArgumentException)
        {
            t_ledger?.Report(args.Exception.GetType().Name + " in " + args.Exception.TargetSite?.DeclaringType?.Name + "." + args.Exception.TargetSite?.Name);
        }
    }
}
