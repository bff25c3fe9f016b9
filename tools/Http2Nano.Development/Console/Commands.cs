using System;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Http2Nano.Development;

/// <summary>Runs a command line: what is wrong gets one sentence and an exit code, whatever it is.</summary>
internal static class Commands
{
    /// <summary>What a shell says of a program that Ctrl-C ended.</summary>
    public const int Interrupted = 130;

    public static int Run(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count != 0)
        {
            return Terminal.Fail(Sentence(parsed.Errors[0]));
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UserException exception)
        {
            return Terminal.Fail(exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    // One sentence says more than one and the whole help.
    private static string Sentence(ParseError error)
    {
        string sentence = error.Message.TrimEnd('.');
        return sentence + (sentence.StartsWith("--", StringComparison.Ordinal) ? "." : "; --help lists what there is.");
    }
}
