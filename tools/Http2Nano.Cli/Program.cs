using System.CommandLine;
using Http2Nano.Cli.Boards;
using Http2Nano.Cli.Certificates;
using Http2Nano.Cli.Checking;
using Http2Nano.Cli.Network.Finding;
using Http2Nano.Cli.Network.Loading;
using Http2Nano.Cli.Network.Probing;
using Http2Nano.Cli.Pages;
using Http2Nano.Cli.Projects;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;

RootCommand root = new("From nothing to a running device application with an Http2Nano server.")
{
    NewCommand.Create(),
    RunCommand.Create(),
    CheckCommand.Create(),
    BudgetCommand.Create(),
    PackCommand.Create(),
    UnpackCommand.Create(),
    ListCommand.Create(),
    CertCommand.Create(),
    ProbeCommand.Create(),
    LoadCommand.Create(),
    FindCommand.Create(),
    ProvisionCommand.Create(),
    DeployCommand.Create(),
    MonitorCommand.Create(),
};
root.SetAction(_ =>
{
    root.Parse("--help").Invoke();
    return 1;
});
ExampleHelp.With(root, "new Greenhouse", "run Greenhouse", "check Greenhouse", "probe https://localhost:8443");
ExampleHelp.Install(root);
return Commands.Run(root, args);
