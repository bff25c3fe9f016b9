using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Development;

/// <summary>Options and limits of the server by their names, for command lines: <c>exchanges=4</c>.</summary>
internal static class LimitNames
{
    private const string Usual = "Maximum";

    /// <summary>Splits values that may be given as several arguments, or as one with commas.</summary>
    public static string[] Split(IEnumerable<string> arguments) =>
        [.. arguments.SelectMany(argument => argument.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>Sets the named options.</summary>
    /// <returns>The options that were set, with their proper names.</returns>
    /// <exception cref="UserException">There is no such option, or its value is no number.</exception>
    public static string[] Apply(HttpServerOptions options, IEnumerable<string> assignments)
    {
        List<string> set = [];
        foreach (string assignment in assignments)
        {
            string[] parts = assignment.Split('=', 2, StringSplitOptions.TrimEntries);
            (string name, Action<int> apply) = Find(options, parts[0])
                ?? throw new UserException($"There is no limit '{parts[0]}'. There are: {string.Join(", ", All(options).Select(item => item.Name).Order(StringComparer.Ordinal))}.");
            if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            {
                throw new UserException($"The limit {name} needs a number: {name}=4.");
            }

            apply(value);
            set.Add($"{name}={value}");
        }

        return [.. set];
    }

    private static (string Name, Action<int> Apply)? Find(HttpServerOptions options, string name)
    {
        foreach (string wanted in new[] { name, Usual + name })
        {
            foreach ((string Name, Action<int> Apply) option in All(options))
            {
                if (string.Equals(option.Name, wanted, StringComparison.OrdinalIgnoreCase))
                {
                    return option;
                }
            }
        }

        return null;
    }

    // Ports have options of their own.
    private static IEnumerable<(string Name, Action<int> Apply)> All(HttpServerOptions options) =>
        (from owner in new object[] { options, options.Limits }
         from field in owner.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance)
         where field.FieldType == typeof(int) && field.Name is not (nameof(HttpServerOptions.Port) or nameof(HttpServerOptions.TlsPort))
         select (field.Name, (Action<int>)(value => field.SetValue(owner, value))))
        .Append((nameof(HttpServerOptions.Connections), value => options.Connections = value));
}
