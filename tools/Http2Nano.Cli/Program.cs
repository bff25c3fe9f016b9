using System.CommandLine;
using Http2Nano.Cli;

RootCommand root = new("Tools for firmware with an Http2Nano server.")
{
    PackCommand.Create(),
};
return root.Parse(args).Invoke();
