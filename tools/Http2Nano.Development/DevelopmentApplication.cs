using System;
using Http2Nano.Assets;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Development;

/// <summary>An application as the host needs it.</summary>
/// <param name="router">What answers requests.</param>
public sealed class DevelopmentApplication(Router router)
{
    /// <summary>What answers requests.</summary>
    public Router Router { get; } = router ?? throw new ArgumentNullException(nameof(router));

    /// <summary>The application's own object, so that the budget counts what it holds besides the router; null for none.</summary>
    public object? Root { get; init; }

    /// <summary>The pages, where they are others than <see cref="DevelopmentContext.Pages"/>: given each new pack.</summary>
    public StaticAssets? Pages { get; init; }

    /// <summary>Maps routes that only the PC has, when it serves: the budget of a board does not count them. Null for none.</summary>
    public Action<Router>? HostRoutes { get; init; }

    /// <summary>Told the counters of the server before it starts; null where nobody wants them.</summary>
    public Action<ServerCounters>? Attach { get; init; }

    /// <summary>Called when the server serves.</summary>
    public Action? Started { get; init; }

    /// <summary>Called just before the server is stopped: ends what would go on for ever, for instance event streams.</summary>
    public Action? Stopping { get; init; }
}
