using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Http2Nano.Assets;
using Http2Nano.Hosting;

namespace Http2Nano.Development.Budget;

/// <summary>Whose a part of the heap is.</summary>
internal enum BudgetOwner
{
    /// <summary>The server: computed from its options.</summary>
    Server,

    /// <summary>The application: counted in its objects.</summary>
    Application,

    /// <summary>The runtime, the platform's assemblies, what all programs have: measured.</summary>
    Platform,
}

/// <summary>A part of the heap.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Bytes">How much.</param>
/// <param name="Options">The options that make it smaller, or null.</param>
internal sealed record BudgetPart(string Name, BudgetOwner Owner, int Bytes, string? Options);

/// <summary>What a program takes of a device's heap.</summary>
/// <param name="Board">The board.</param>
/// <param name="Profile">The name of the limits that it has.</param>
/// <param name="Changed">Limits that are other than those of the board.</param>
/// <param name="Heap">Bytes of its heap.</param>
/// <param name="HeapIsAssumed">Whether nobody has measured the heap.</param>
/// <param name="Parts">The parts.</param>
internal sealed record HeapBudget(string Board, string Profile, IReadOnlyList<string> Changed, int Heap, bool HeapIsAssumed, IReadOnlyList<BudgetPart> Parts)
{
    // Measured in the platform's interpreter with the dashboard (boards/README.md, "What it takes of a small heap").
    private const int Runtime = 5808;
    private const int PlatformAssemblies = 6420;
    private const int LibraryAndConstants = 7824;
    private const int RoutingAssembly = 2200;
    private const int MainThread = 2348;
    private const int FileSystem = 1968;
    private const int Wifi = 1500;

    // What the runtime keeps for each type, method and field of an assembly: 2 to 8 bytes, and a dozen for what is static.
    private const int Member = 8;

    /// <summary>All parts together, in bytes.</summary>
    public int Total => Parts.Sum(part => part.Bytes);

    /// <summary>What is left of the heap; negative if the program does not fit.</summary>
    public int Left => Heap - Total;

    /// <summary>Whether the program fits.</summary>
    public bool Fits => Left >= 0;

    /// <summary>Counts.</summary>
    /// <param name="board">The board.</param>
    /// <param name="server">The options of its server.</param>
    /// <param name="changed">Limits that were changed, for people.</param>
    /// <param name="application">The application, made as for the board.</param>
    public static HeapBudget Of(BoardProfile board, HttpServerOptions server, IReadOnlyList<string> changed, DevelopmentApplication application)
    {
        var budget = new MemoryBudget(server);
        List<BudgetPart> parts = [.. Enumerable.Range(0, budget.Count).Select(i => new BudgetPart(budget.NameOf(i), BudgetOwner.Server, budget.BytesOf(i), budget.OptionsOf(i)))];
        int constants = parts.Single(part => part.Name == "constants").Bytes;
        parts.Add(new("stack for moments", BudgetOwner.Server, budget.MomentaryStack, null));

        Assembly[] assemblies = ApplicationAssemblies();
        var walk = new HeapWalk(assemblies) { Enter = item => !IsOnDrive(item) };
        walk.Add(application.Router).Add(application.Root);
        parts.Add(new("routes and objects", BudgetOwner.Application, walk.Bytes, null));
        parts.Add(new("types, methods, constants", BudgetOwner.Application, Metadata(assemblies), null));

        parts.Add(new("runtime and mscorlib", BudgetOwner.Platform, Runtime, null));
        parts.Add(new("platform's assemblies", BudgetOwner.Platform, PlatformAssemblies, null));
        parts.Add(new("Http2Nano's types and methods", BudgetOwner.Platform, LibraryAndConstants - constants + RoutingAssembly, null));
        parts.Add(new("main thread, not collected yet", BudgetOwner.Platform, MainThread, null));
        parts.Add(new(board.HasWifi ? "file system, Wi-Fi" : "file system", BudgetOwner.Platform, FileSystem + (board.HasWifi ? Wifi : 0), null));
        return new HeapBudget(board.Name, board.ProfileName, changed, board.Heap, board.IsHeapAssumed, parts);
    }

    // The pages lie on the board's drive; on a PC they are in memory.
    private static bool IsOnDrive(object item) => item is MemoryAssetStore;

    // Whatever uses the library and is not of this package.
    private static Assembly[] ApplicationAssemblies()
    {
        string library = typeof(HttpServer).Assembly.GetName().Name!;
        return
        [
            .. AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic
                && assembly != typeof(HeapBudget).Assembly
                && assembly != typeof(Packing.LiveFolder).Assembly
                && assembly.GetReferencedAssemblies().Any(name => name.Name == library)),
        ];
    }

    // The program of the PC is counted only where the application has no assembly of its own.
    private static int Metadata(Assembly[] assemblies)
    {
        Assembly? entry = Assembly.GetEntryAssembly();
        Assembly[] others = [.. assemblies.Where(assembly => assembly != entry)];
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        int bytes = 0;
        foreach (Type type in (others.Length == 0 ? assemblies : others).SelectMany(assembly => assembly.GetTypes()).Where(type => type.Namespace != null))
        {
            FieldInfo[] fields = [.. type.GetFields(Declared).Where(field => !field.IsLiteral)];
            bytes += Member * (1 + fields.Length + type.GetMethods(Declared).Length + type.GetConstructors(Declared).Length);
            bytes += fields.Count(field => field.IsStatic) * DeviceCosts.StaticField;
        }

        return bytes;
    }
}
