using System;
using Http2Nano.Assets;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Development;

/// <summary>An application for the host to run.</summary>
/// <param name="router">Answers requests.</param>
public sealed class DevelopmentApplication(Router router)
{
    /// <summary>Answers requests.</summary>
    public Router Router { get; } = router ?? throw new ArgumentNullException(nameof(router));

    /// <summary>The application's root object, so that the budget counts its objects beside the router's; null for none.</summary>
    public object? Root { get; init; }

    /// <summary>The pages that get each new pack, if they are not <see cref="DevelopmentContext.Pages"/>.</summary>
    public StaticAssets? Pages { get; init; }

    /// <summary>Maps routes that only the PC has, when it serves: the budget of a board does not count them. Null for none.</summary>
    public Action<Router>? HostRoutes { get; init; }

    /// <summary>Takes the server's counters before it starts; null for none.</summary>
    public Action<ServerCounters>? Attach { get; init; }

    /// <summary>Called when the server has started.</summary>
    public Action? Started { get; init; }

    /// <summary>Called just before the server stops, to end endless responses such as event streams.</summary>
    public Action? Stopping { get; init; }
}
