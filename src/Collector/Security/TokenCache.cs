namespace NocMonitor.Collector.Security;

/// <summary>
/// The valid tokens in memory. The set is read anew when its source says that it changed: looked at every two seconds by
/// <see cref="TokenRefresh"/> (so a revoked token ends soon), and at once for a token nobody knows (so a new one works), but not more often
/// than once a second, lest guesses become reads. Safe for concurrent use: requests read one reference; reloading is under the lock.
/// </summary>
internal sealed class TokenCache(TokenStore store, TimeProvider time)
{
    private static readonly TimeSpan SoonestReload = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private volatile TokenSet _current = TokenSet.None;

    // Guarded by _lock.
    private string _version = "";
    private long _lastLook = time.GetTimestamp();

    public TokenSet Current => _current;

    public TokenRecord? Find(string credential)
    {
        if (_current.Find(credential) is { } known)
        {
            return known;
        }

        return TryRefresh(SoonestReload) ? _current.Find(credential) : null;
    }

    /// <summary>Reads the tokens, or reads them anew if they changed since the last look.</summary>
    public void Refresh() => TryRefresh(TimeSpan.Zero);

    private bool TryRefresh(TimeSpan soonest)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_lastLook) < soonest)
            {
                return false;
            }

            _lastLook = time.GetTimestamp();

            // Before the list: a change between the two is then noticed at the next look.
            var version = store.Version();
            if (version == _version)
            {
                return false;
            }

            _version = version;
            _current = new TokenSet(store.List());
            return true;
        }
    }
}
