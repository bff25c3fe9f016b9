using System.Collections.Generic;
using System.Linq;
using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Hpack.Conformance;

/// <summary>Moves fields between the library's packed lists and lists of strings, octet for octet.</summary>
internal static class HeaderLists
{
    /// <summary>The fields of a list.</summary>
    public static List<Field> Read(HeaderList list)
    {
        var fields = ReadWithoutSize(list);
        Assert(fields.Sum(field => field.Name.Length + field.Value.Length + 32) == list.Size);
        return fields;
    }

    /// <summary>The fields of a list in whose size values count that are not kept.</summary>
    public static List<Field> ReadWithoutSize(HeaderList list)
    {
        var fields = new List<Field>(list.Count);
        for (int position = list.First(); position >= 0; position = list.Next(position))
        {
            byte[] name = new byte[list.NameLength(position)];
            byte[] value = new byte[list.ValueLength(position)];
            Assert(list.CopyName(position, name, 0) == name.Length);
            Assert(list.CopyValue(position, value, 0) == value.Length);
            Assert(list.ValueEquals(position, value) && list.NameEquals(position, name));
            fields.Add(new Field(Encoding.Latin1.GetString(name), Encoding.Latin1.GetString(value)));
        }

        Assert(fields.Count == list.Count);
        return fields;
    }

    /// <summary>Empties a list and puts fields into it.</summary>
    public static void Write(HeaderList list, IEnumerable<Field> fields)
    {
        list.Reset(0, list.Limit);
        foreach (var field in fields)
        {
            list.Add(Encoding.Latin1.GetBytes(field.Name), Encoding.Latin1.GetBytes(field.Value));
        }

        Assert(!list.TooLarge);
    }

    /// <summary>A list with room for whatever a corpus holds.</summary>
    public static HeaderList Roomy()
    {
        return new HeaderList(new byte[60000]) { MaximumCount = int.MaxValue, MaximumSize = int.MaxValue };
    }

    private static void Assert(bool condition)
    {
        Microsoft.VisualStudio.TestTools.UnitTesting.Assert.IsTrue(condition);
    }
}
