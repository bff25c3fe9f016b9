using System;

namespace Samples
{
    internal class Refused // NANO021
    {
        private int _handle = 1;

        ~Refused()
        {
            _handle = 0;
        }
    }

    internal class Accepted : IDisposable
    {
        private int _handle = 1;

        public void Dispose()
        {
            _handle = 0;
        }
    }
}
