using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;

namespace Http2Nano.Cli.Shared;

/// <summary>Help that ends with examples.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<Command, string[]> s_examples = [];

    /// <summary>Adds examples to a command.</summary>
    public static Command With(Command command, params string[] examples)
    {
        s_examples[command] = examples;
        return command;
    }

    /// <summary>Makes a command and its subcommands print their examples.</summary>
    public static void Install(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        if (s_examples.TryGetValue(parseResult.CommandResult.Command, out string[]? examples))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
            foreach (string example in examples)
            {
                output.WriteLine("  http2nano " + example);
            }

            output.WriteLine();
        }

        return code;
    }
}
