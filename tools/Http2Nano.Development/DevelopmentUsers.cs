using System;
using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography;
using Http2Nano.Access;

namespace Http2Nano.Development;

/// <summary>The users that may sign in.</summary>
internal sealed class DevelopmentUsers
{
    // A password in a public repository must not let other machines in.
    private const string Name = "admin";
    private const string LocalPassword = "nano";
    private const int RandomBytes = 6;

    private DevelopmentUsers(HashedSecrets secrets, string? development)
    {
        Secrets = secrets;
        Development = development;
    }

    public HashedSecrets Secrets { get; }

    /// <summary>Name and password of the development user, to be printed; null when users were named.</summary>
    public string? Development { get; }

    /// <summary>Makes the users.</summary>
    /// <param name="named">The named users, each as name, colon and password.</param>
    /// <param name="address">The server's address.</param>
    public static DevelopmentUsers From(IReadOnlyCollection<string> named, IPAddress address)
    {
        var secrets = new HashedSecrets(Convert.ToHexString(RandomNumberGenerator.GetBytes(8)));
        foreach (string user in named)
        {
            secrets.Add(user);
        }

        if (named.Count != 0)
        {
            return new DevelopmentUsers(secrets, null);
        }

        string password = IPAddress.IsLoopback(address)
            ? LocalPassword
            : Convert.ToHexString(RandomNumberGenerator.GetBytes(RandomBytes)).ToLowerInvariant();
        secrets.Add($"{Name}:{password}");
        return new DevelopmentUsers(secrets, $"{Name} with the password {password}");
    }
}
