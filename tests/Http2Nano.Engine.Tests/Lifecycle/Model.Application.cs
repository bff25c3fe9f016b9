using System;
using System.Threading;
using Http2Nano.Messages;

namespace Http2Nano.Engine.Tests.Lifecycle;

// What the application does with the responses that it has deferred, on threads of its own.
internal sealed partial class Model
{
    private void Complete(int which, bool withSource)
    {
        if (_ledger.Held.Count == 0)
        {
            return;
        }

        Held held = _ledger.Held[which % _ledger.Held.Count];
        _ledger.Held.Remove(held);
        OnThread(() =>
        {
            try
            {
                if (withSource)
                {
                    _application.SetSource(held.Response, new ModelSource(_ledger, held.Id, 250) { ThrowsInClose = which % 2 == 0 }, 250);
                }
                else
                {
                    ModelApplication.Fill(held.Response, held.Id, 20);
                }
            }
            catch (InvalidOperationException)
            {
                // It has a body already.
            }

            held.Response.Complete();
        });
    }

    private void WriteLate(int which)
    {
        if (_ledger.Held.Count == 0)
        {
            return;
        }

        Held held = _ledger.Held[which % _ledger.Held.Count];
        OnThread(() =>
        {
            try
            {
                Require(held.Request.PeerAddress.Length == 0 && !held.Request.IsSecure, "late", "The client is another.");
                held.Response.Push("/"u8.ToArray());
                held.Response.EarlyHints("</late>"u8.ToArray());
                ModelApplication.Fill(held.Response, held.Id, 9);
            }
            catch (InvalidOperationException)
            {
                // It has a body already.
            }
        });
    }

    private void OnThread(Action work)
    {
        var thread = new Thread(() =>
        {
            using var watch = new ExceptionWatch(_ledger);
            try
            {
                work();
            }
            catch (Exception exception)
            {
                _ledger.Report("A thread of the application is told: " + exception);
            }
        });
        thread.Start();
        thread.Join();
    }
}
