using System;

namespace Samples
{
    internal class Refused
    {
        private Func<object> _make; // NANO002

        internal object Run()
        {
            return _make(); // NANO002
        }

        internal int Set(Func<object> make) // NANO002
        {
            _make = make; // NANO002
            return 1;
        }
    }

    internal delegate object Maker();

    internal class Accepted
    {
        private Maker _make;
        private Action _act;

        internal object Run()
        {
            _act();
            return _make();
        }

        internal void Set(Maker make, Action act)
        {
            _make = make;
            _act = act;
        }
    }
}
