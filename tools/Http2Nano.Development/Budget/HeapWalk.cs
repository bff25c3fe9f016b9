using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Http2Nano.Hosting;

namespace Http2Nano.Development.Budget;

/// <summary>
/// Computes the heap that an object, and all objects that it refers to, would take on the device. The platform's objects
/// are skipped, because their sizes differ.
/// </summary>
internal sealed class HeapWalk
{
    private static readonly Assembly s_library = typeof(HttpServer).Assembly;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, (int Count, int Bytes)> _byType = [];
    private readonly Assembly[] _assemblies;

    /// <summary>Makes a walk.</summary>
    /// <param name="more">Assemblies whose objects count beside the library's.</param>
    public HeapWalk(params Assembly[] more) => _assemblies = [s_library, .. more];

    /// <summary>Selects the objects that count; all unless set.</summary>
    public Predicate<object> Enter { get; init; } = _ => true;

    public int Bytes { get; private set; }

    /// <summary>The objects found, the largest first.</summary>
    public IEnumerable<string> Lines =>
        from entry in _byType orderby entry.Value.Bytes descending select $"{entry.Value.Bytes,6} {entry.Value.Count,3} x {entry.Key.Name}";

    /// <summary>Counts an object, unless it was counted before, with all objects that it refers to.</summary>
    public HeapWalk Add(object? root)
    {
        var open = new Stack<object>();
        Push(open, root);
        while (open.TryPop(out object? item))
        {
            switch (item)
            {
                case string text:
                    Note(typeof(string), DeviceCosts.Text(text));
                    break;

                case Array array:
                    Note(array.GetType(), DeviceCosts.Array(array));
                    if (!array.GetType().GetElementType()!.IsPrimitive)
                    {
                        foreach (object? element in array)
                        {
                            Push(open, element);
                        }
                    }

                    break;

                case Delegate handler:
                    Note(handler.GetType(), DeviceCosts.Delegate);
                    Push(open, handler.Target);
                    break;

                default:
                    FieldInfo[] fields = [.. FieldsOf(item.GetType())];
                    Note(item.GetType(), DeviceCosts.Object(fields.Length));
                    foreach (FieldInfo field in fields.Where(field => !field.FieldType.IsPrimitive && !field.FieldType.IsEnum))
                    {
                        Push(open, field.GetValue(item));
                    }

                    break;
            }
        }

        return this;
    }

    /// <summary>Counts the constants of the library: its static fields and what they refer to.</summary>
    public HeapWalk AddConstants()
    {
        foreach (FieldInfo field in s_library.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)))
        {
            // The compiler's own, and classes that the device does not get.
            if (field.IsLiteral || field.DeclaringType!.Name.Contains('<') || IsOfTheHost(field.DeclaringType))
            {
                continue;
            }

            Note(typeof(FieldInfo), DeviceCosts.StaticField);
            object? value = field.GetValue(null);
            if (value is Encoding)
            {
                // The platform's own, without fields there.
                Note(typeof(Encoding), DeviceCosts.Object(0));
            }

            Add(value);
        }

        return this;
    }

    /// <summary>
    /// The fields of a class and of those that it derives from, without what the host's variant of a class adds.
    /// </summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type? type)
    {
        for (; type != null; type = type.BaseType)
        {
            if (IsOfTheHost(type))
            {
                continue;
            }

            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }

    private static bool IsOfTheHost(Type type) => type.Assembly == s_library && type.Namespace!.EndsWith(".Host", StringComparison.Ordinal);

    private void Push(Stack<object> open, object? item)
    {
        if (item != null && IsOurs(item.GetType()) && Enter(item) && _seen.Add(item))
        {
            open.Push(item);
        }
    }

    private void Note(Type type, int bytes)
    {
        (int count, int sum) = _byType.GetValueOrDefault(type);
        _byType[type] = (count + 1, sum + bytes);
        Bytes += bytes;
    }

    private bool IsOurs(Type type)
    {
        while (type.IsArray)
        {
            type = type.GetElementType()!;
        }

        return type.IsPrimitive || type == typeof(string) || type == typeof(object) || _assemblies.Contains(type.Assembly);
    }
}
