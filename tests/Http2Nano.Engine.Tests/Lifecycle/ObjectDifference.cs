using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>Finds the fields in which two graphs of objects differ.</summary>
internal sealed class ObjectDifference(Func<FieldInfo, bool> ignores)
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The fields, each with the way to it.</summary>
    public List<string> Found { get; } = [];

    public void Compare(object? one, object? other, string path)
    {
        if (one == null || other == null)
        {
            if (one != other)
            {
                Found.Add($"{path}: {one ?? "null"}, {other ?? "null"}");
            }

            return;
        }

        Type type = one.GetType();
        if (type != other.GetType())
        {
            Found.Add($"{path}: {type.Name}, {other.GetType().Name}");
        }
        else if (type.IsPrimitive || type.IsEnum || type == typeof(string))
        {
            if (!one.Equals(other))
            {
                Found.Add($"{path}: {one}, {other}");
            }
        }
        else if (type.Namespace?.StartsWith("Http2Nano", StringComparison.Ordinal) != true && !type.IsArray)
        {
            // The platform's own.
        }
        else if (_seen.Add(one))
        {
            CompareParts(one, other, type, path);
        }
    }

    private void CompareParts(object one, object other, Type type, string path)
    {
        if (type.IsArray)
        {
            object?[] items = [.. ((IEnumerable)one).Cast<object?>()];
            object?[] others = [.. ((IEnumerable)other).Cast<object?>()];
            for (int i = 0; i < items.Length; i++)
            {
                Compare(items[i], others[i], $"{path}[{i}]");
            }

            return;
        }

        for (Type? part = type; part != null && part != typeof(object); part = part.BaseType)
        {
            foreach (FieldInfo field in part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!ignores(field))
                {
                    Compare(field.GetValue(one), field.GetValue(other), $"{path}.{field.Name}");
                }
            }
        }
    }
}
