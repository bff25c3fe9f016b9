using System.Collections;

namespace Samples
{
    internal class Key
    {
        public override bool Equals(object obj) => obj is Key;

        public override int GetHashCode() => 1;
    }

    internal struct Point
    {
        internal int X;
    }

    internal enum Colour
    {
        Red,
    }

    internal static class Tables
    {
        internal static object Refused(Hashtable table, Key key)
        {
            table.Add(key, "value"); // NANO012
            table[new Key()] = "value"; // NANO012
            table[new Point()] = 1; // NANO012
            table.Remove(new byte[4]); // NANO012
            return table[key]; // NANO012
        }

        internal static object Accepted(Hashtable table, string name, object unknown, IDictionary dictionary)
        {
            table.Add(name, new Key());
            table["fixed"] = new Point();
            table[name + "." + name] = 1;
            table[404] = "Not Found";
            table[(byte)1] = null;
            table[Colour.Red] = "red";
            dictionary["x"] = new Key();
            return table.Contains(unknown) ? table[unknown] : table[name.ToLower()];
        }
    }
}
