using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Http2Nano.Cli.Shared;

/// <summary>Delays Ctrl-C while files are written, so that unfinished ones can be deleted.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption()
    {
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            _source.Cancel();
        }

        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    /// <summary>To be called between two files.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C was pressed.</exception>
    public void ThrowIfRequested() => _source.Token.ThrowIfCancellationRequested();

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }
}
