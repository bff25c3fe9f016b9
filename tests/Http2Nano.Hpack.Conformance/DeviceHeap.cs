using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Http2Nano.Hpack.Conformance;

/// <summary>
/// What objects take of the heap of a device with 12-byte blocks: 12 for an object and for each of its fields, 12 for a static
/// field, 20 and the elements for an array, all rounded up to 12.
/// </summary>
internal static class DeviceHeap
{
    private const int Block = 12;

    /// <summary>Bytes of everything that can be reached from an object, itself included.</summary>
    public static int Of(object root)
    {
        return Of(root, new HashSet<object>(ReferenceEqualityComparer.Instance));
    }

    /// <summary>Bytes of the static fields of types and of everything that can be reached from them.</summary>
    public static int OfStatics(IEnumerable<Type> types)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        return types.SelectMany(StaticFields).Sum(field => Block + Of(field.GetValue(null), seen));
    }

    private static IEnumerable<FieldInfo> StaticFields(Type type)
    {
        RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        return type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(field => !field.IsLiteral);
    }

    private static int Of(object? item, HashSet<object> seen)
    {
        if (item is null || item is string || !seen.Add(item))
        {
            return 0;
        }

        if (item is Array array)
        {
            int element = array switch
            {
                byte[] => 1,
                ushort[] or short[] or char[] => 2,
                int[] or uint[] => 4,
                long[] or ulong[] => 8,
                _ => throw new NotSupportedException(array.GetType().Name),
            };
            return (20 + array.Length * element + Block - 1) / Block * Block;
        }

        int bytes = Block;
        for (var type = item.GetType(); type is not null; type = type.BaseType)
        {
            var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            bytes += fields.Sum(field => Block + (field.FieldType.IsValueType ? 0 : Of(field.GetValue(item), seen)));
        }

        return bytes;
    }
}
