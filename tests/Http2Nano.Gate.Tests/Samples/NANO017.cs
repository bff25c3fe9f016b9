using System;

namespace Samples
{
    internal class Lambdas
    {
        private int _count;

        internal Action Refused(int n) => () => _count += n; // NANO017

        internal Action Accepted()
        {
            return () => _count++;
        }

        internal Action AcceptedToo()
        {
            return Add;
        }

        private void Add()
        {
            _count++;
        }
    }
}
