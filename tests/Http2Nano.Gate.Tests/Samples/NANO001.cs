namespace Samples
{
    internal class Box<T> // NANO001
    {
        internal T Value;

        internal class Inner
        {
        }
    }

    internal interface IPair<TFirst, TSecond> // NANO001
    {
    }

    internal delegate void Handler<T>(T value); // NANO001

    internal static class Refused
    {
        internal static T Identity<T>(T value) // NANO001
        {
            return value;
        }
    }

    internal class ObjectBox
    {
        internal object Value;

        internal static object Identity(object value)
        {
            return value;
        }
    }
}
