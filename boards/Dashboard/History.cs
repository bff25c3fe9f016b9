using System;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// The recorded measurements, one line for each time, the oldest first:
    /// <c>[uptime in s, temperature in °C or null, free heap in bytes, signal in dBm or null, requests since the start]</c>,
    /// padded to lines of equal length, so that the octets at any position can be computed independently.
    /// </summary>
    /// <remarks>Allocates nothing. One sample takes 13 bytes. May be used on any thread.</remarks>
    internal sealed class History : BodySource
    {
        /// <summary>Octets of a line.</summary>
        internal const int LineLength = 44;

        /// <summary>Bytes of a sample: uptime of 4, free heap and requests of 3 each, temperature of 2, signal of 1.</summary>
        internal const int SampleSize = 13;

        // Widths of the five columns. A bracket or a comma precedes each; a bracket and a line feed follow the last.
        private const int UptimeWidth = 10;
        private const int TemperatureWidth = 7;
        private const int HeapWidth = 8;
        private const int SignalWidth = 4;
        private const int RequestsWidth = 8;

        // Temperature and signal of a sample without a value.
        private const int NoTemperature = short.MinValue;
        private const int NoSignal = sbyte.MinValue;
        private const int Most = 0xFFFFFF;

        private readonly byte[] _samples;
        private readonly FixedLine _line = new FixedLine(LineLength);
        private readonly int _places;
        private readonly int _interval;

        // Number of samples taken since the start, and the time of the next one.
        private int _taken;
        private int _next;

        /// <summary>Makes an empty history.</summary>
        /// <param name="samples">Number of samples to keep.</param>
        /// <param name="interval">Seconds between two samples.</param>
        internal History(int samples, int interval)
        {
            _places = samples;
            _interval = interval;
            _samples = new byte[samples * SampleSize];
            _next = int.MinValue;
        }

        /// <summary>Whether it is time for the next sample.</summary>
        /// <param name="uptime">Seconds since the start.</param>
        internal bool IsDue(int uptime)
        {
            return uptime >= _next;
        }

        /// <summary>Takes a sample.</summary>
        /// <param name="uptime">Seconds since the start.</param>
        /// <param name="temperature">Hundredths of a degree, or a constant of <see cref="Board"/>.</param>
        /// <param name="heap">Free bytes.</param>
        /// <param name="signal">The signal in dBm, or a constant of <see cref="Board"/>.</param>
        /// <param name="requests">Requests since the start.</param>
        internal void Add(int uptime, int temperature, int heap, int signal, int requests)
        {
            lock (_samples)
            {
                // The interval stays constant, whenever the caller calls.
                _next = _next < uptime - _interval ? uptime + _interval : _next + _interval;
                int at = (_taken % _places) * SampleSize;
                at = Put(at, uptime, 4);
                at = Put(at, temperature <= Board.Failed || temperature > short.MaxValue || temperature <= NoTemperature ? NoTemperature : temperature, 2);
                at = Put(at, heap > Most ? Most : heap, 3);
                at = Put(at, signal <= Board.Failed || signal > sbyte.MaxValue || signal <= NoSignal ? NoSignal : signal, 1);
                Put(at, requests, 3);
                _taken++;
            }
        }

        /// <summary>Sets the samples as the body of a response. The key is the number of the first sample.</summary>
        internal void Send(HttpResponse response)
        {
            lock (_samples)
            {
                int count = _taken < _places ? _taken : _places;
                response.SetBody(this, _taken - count, count * LineLength);
            }
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            lock (_samples)
            {
                int written = 0;
                while (written < count)
                {
                    int sample = key + (position / LineLength);
                    if (sample >= _taken)
                    {
                        return written == 0 ? EndOfBody : written;
                    }

                    if (sample < _taken - _places)
                    {
                        // A newer sample has overwritten it because the client was slow.
                        return Failed;
                    }

                    Write((sample % _places) * SampleSize);
                    int from = position % LineLength;
                    int part = LineLength - from < count - written ? LineLength - from : count - written;
                    Array.Copy(_line.Octets, from, buffer, offset + written, part);
                    written += part;
                    position += part;
                }

                return written;
            }
        }

        private void Write(int sample)
        {
            _line.Begin();
            _line.Number(UptimeWidth, Get(sample, 4));
            int temperature = (short)Get(sample + 4, 2);
            if (temperature == NoTemperature)
            {
                _line.Null(TemperatureWidth);
            }
            else
            {
                _line.Number(TemperatureWidth, temperature, 2);
            }

            _line.Number(HeapWidth, Get(sample + 6, 3));
            int signal = (sbyte)Get(sample + 9, 1);
            if (signal == NoSignal)
            {
                _line.Null(SignalWidth);
            }
            else
            {
                _line.Number(SignalWidth, signal);
            }

            _line.Number(RequestsWidth, Get(sample + 10, 3));
            _line.End();
        }

        private int Put(int at, int value, int octets)
        {
            for (int i = 0; i < octets; i++)
            {
                _samples[at + i] = (byte)value;
                value >>= 8;
            }

            return at + octets;
        }

        private int Get(int at, int octets)
        {
            int value = 0;
            for (int i = octets - 1; i >= 0; i--)
            {
                value = (value << 8) | _samples[at + i];
            }

            return value;
        }
    }
}
