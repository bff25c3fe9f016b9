namespace Samples
{
    internal interface IRefused
    {
        int Count { get; }

        int Twice() // NANO007
        {
            return Count * 2;
        }

        static int Zero() => 0; // NANO007
    }

    internal interface IAccepted
    {
        int Count { get; }

        int Twice();
    }

    internal abstract class Accepted : IAccepted
    {
        public abstract int Count { get; }

        public virtual int Twice()
        {
            return Count * 2;
        }
    }
}
