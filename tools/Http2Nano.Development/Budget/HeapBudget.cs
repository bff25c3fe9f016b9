using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Http2Nano.Assets;
using Http2Nano.Hosting;

namespace Http2Nano.Development.Budget;

/// <summary>The owner of a part of the heap.</summary>
internal enum BudgetOwner
{
    /// <summary>The server: computed from its options.</summary>
    Server,

    /// <summary>The application: counted in its objects.</summary>
    Application,

    /// <summary>The runtime and the platform's assemblies, which all programs have: measured.</summary>
    Platform,
}

/// <summary>A part of the heap.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Options">The options that reduce it, or null.</param>
internal sealed record BudgetPart(string Name, BudgetOwner Owner, int Bytes, string? Options);

/// <summary>The heap that a program takes on a device.</summary>
/// <param name="Board">The board.</param>
/// <param name="Profile">The name of its limits.</param>
/// <param name="Changed">The limits that differ from those of the board.</param>
/// <param name="Heap">Bytes of its heap.</param>
/// <param name="HeapIsAssumed">Whether the heap is an estimate.</param>
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

    // The runtime keeps 2 to 8 bytes for each type, method and field of an assembly, and 12 for each static one.
    private const int Member = 8;

    /// <summary>The sum of all parts in bytes.</summary>
    public int Total => Parts.Sum(part => part.Bytes);

    /// <summary>The rest of the heap in bytes; negative if the program does not fit.</summary>
    public int Left => Heap - Total;

    /// <summary>Whether the program fits.</summary>
    public bool Fits => Left >= 0;

    /// <summary>Computes the budget.</summary>
    /// <param name="board">The board.</param>
    /// <param name="server">The options of its server.</param>
    /// <param name="changed">Limits that were changed, for people.</param>
    /// <param name="application">The application, made with the board's options.</param>
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

    // On a board the pages are on its drive; on a PC they are in memory.
    private static bool IsOnDrive(object item) => item is MemoryAssetStore;

    // All assemblies that use the library, except those of this package.
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

    // The PC's program counts only if the application has no assembly of its own.
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
