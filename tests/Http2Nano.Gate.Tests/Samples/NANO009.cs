using System;

namespace Samples
{
    internal class Refused
    {
        private double _temperature; // NANO009

        internal int Half(int n)
        {
            return (int)(n * 0.5f); // NANO009
        }

        internal long Seconds(TimeSpan span)
        {
            return (long)span.TotalSeconds; // NANO009
        }

        internal float Convert(int n) // NANO009
        {
            return n; // NANO009
        }

        internal void Set(double value) // NANO009
        {
            _temperature = value; // NANO009
        }
    }

    internal class Accepted
    {
        private int _thousandths;

        internal int Half(int n)
        {
            _thousandths += n * 500;
            return n / 2;
        }

        internal long Seconds(TimeSpan span)
        {
            return span.Ticks / TimeSpan.TicksPerSecond;
        }
    }
}
