using System;
using System.IO;
using System.Threading;
using Http2Nano.Assets;

namespace Http2Nano.Packing;

/// <summary>
/// Packs a folder in memory, and again whenever its files change. For hosts, while pages are being written.
/// </summary>
public sealed class LiveFolder : IDisposable
{
    // An editor makes several changes when it saves a file.
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(150);

    private readonly string _folder;
    private readonly Action<Exception>? _failed;
    private readonly FileSystemWatcher _watcher;
    private readonly Timer _timer;
    private StaticAssets? _assets;

    /// <summary>Packs the folder and starts to watch it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="failed">Called when the folder cannot be packed again; the old pack stays.</param>
    /// <exception cref="PackingException">A file cannot be packed.</exception>
    public LiveFolder(string folder, Action<Exception>? failed = null)
    {
        _folder = folder;
        _failed = failed;
        Pack = Open();
        _timer = new Timer(_ => Reload());
        _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        _watcher.Changed += OnChange;
        _watcher.Created += OnChange;
        _watcher.Deleted += OnChange;
        _watcher.Renamed += OnChange;
        _watcher.Error += (_, _) => _timer.Change(s_settle, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The latest pack of the folder.</summary>
    public AssetPack Pack { get; private set; }

    /// <summary>Assigns each new pack to the given assets, from the next change on.</summary>
    /// <param name="assets">Their <see cref="StaticAssets.Pack"/> is set on another thread than the server's.</param>
    public void Feed(StaticAssets assets)
    {
        _assets = assets;
        _watcher.EnableRaisingEvents = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher.Dispose();
        _timer.Dispose();
    }

    private void OnChange(object sender, FileSystemEventArgs e) => _timer.Change(s_settle, Timeout.InfiniteTimeSpan);

    private AssetPack Open() => new(new MemoryAssetStore(AssetPackBuilder.FromFolder(_folder).Build()));

    private void Reload()
    {
        try
        {
            Pack = Open();
            _assets?.Pack = Pack;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PackingException)
        {
            _failed?.Invoke(e);
        }
    }
}
