using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Http2Nano.Development;

/// <summary>Runs a command line. Every error becomes one sentence and an exit code.</summary>
internal static class Commands
{
    /// <summary>The exit code that shells use for a program ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    // A server that is told to stop finishes its responses first.
    private static readonly TimeSpan s_timeToEnd = TimeSpan.FromSeconds(20);

    private const string TraceVariable = "HTTP2NANO_TRACE";

    public static int Run(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);

        // Help is printed even when arguments are missing.
        if (parsed.Errors.Count != 0 && parsed.Action is null or ParseErrorAction)
        {
            return Terminal.Fail(Sentence(parsed.Errors[0]));
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = s_timeToEnd });
        }
        catch (UserException exception)
        {
            return Terminal.Fail(exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception exception) when (exception is System.IO.IOException or UnauthorizedAccessException)
        {
            return Terminal.Fail(exception.Message);
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable(TraceVariable) is not { Length: > 0 })
        {
            return Terminal.Fail($"Something failed that should not ({exception.GetType().Name}: {exception.Message.TrimEnd('.')}). Set {TraceVariable}=1 to see where, and report it.");
        }
    }

    // One sentence is easier to read than a sentence and the whole help.
    private static string Sentence(ParseError error)
    {
        if (error.SymbolResult is ArgumentResult { Tokens.Count: 0 } missing)
        {
            return $"{missing.Argument.Name} is missing; --help lists what there is.";
        }

        string sentence = error.Message.TrimEnd('.');
        return sentence + (sentence.StartsWith("--", StringComparison.Ordinal) ? "." : "; --help lists what there is.");
    }
}
