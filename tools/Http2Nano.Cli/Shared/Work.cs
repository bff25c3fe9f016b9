using System;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Development;
using Spectre.Console;

namespace Http2Nano.Cli.Shared;

/// <summary>Long work: shows progress on a terminal, and prints one line to a file.</summary>
internal static class Work
{
    public static async Task<T> DoAsync<T>(string what, Func<Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(what);
            return await work();
        }

        return await Terminal.Error.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(what), _ => work());
    }

    public static Task DoAsync(string what, Func<Task> work) => DoAsync(what, async () =>
    {
        await work();
        return 0;
    });
}
