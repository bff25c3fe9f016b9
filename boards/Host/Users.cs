using System;
using System.Net;
using System.Security.Cryptography;
using Http2Nano.Access;

namespace Http2Nano.Host;

/// <summary>Who may change something on the simulated device.</summary>
internal sealed class Users
{
    // Other machines must not get in with a word that stands in a public repository.
    private const string Name = "admin";
    private const string LocalPassword = "nano";
    private const int RandomBytes = 6;

    private Users(HashedSecrets secrets, string? development)
    {
        Secrets = secrets;
        Development = development;
    }

    public HashedSecrets Secrets { get; }

    /// <summary>Name and password of the user that exists because nobody named one, for people to read; null if somebody did.</summary>
    public string? Development { get; }

    public static Users From(HostSettings settings)
    {
        var secrets = new HashedSecrets(Convert.ToHexString(RandomNumberGenerator.GetBytes(8)));
        foreach (string user in settings.Users)
        {
            secrets.Add(user);
        }

        if (settings.Users.Length != 0)
        {
            return new Users(secrets, null);
        }

        string password = IPAddress.IsLoopback(settings.Address)
            ? LocalPassword
            : Convert.ToHexString(RandomNumberGenerator.GetBytes(RandomBytes)).ToLowerInvariant();
        secrets.Add($"{Name}:{password}");
        return new Users(secrets, $"{Name} with the password {password}");
    }
}
