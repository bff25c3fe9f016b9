using System;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// Reads the sensors of the board for every status, and logs when one stops answering and when it answers again.
    /// </summary>
    internal sealed class Sensors
    {
        private readonly DashboardLog _log;

        internal Sensors(DashboardLog log)
        {
            _log = log;
            Temperature = Board.Unknown;
            Signal = Board.Unknown;
        }

        /// <summary>The latest <see cref="Board.Temperature"/>.</summary>
        internal int Temperature { get; private set; }

        /// <summary>The latest <see cref="Board.Signal"/>.</summary>
        internal int Signal { get; private set; }

        /// <summary>Whether a sensor does not answer.</summary>
        internal bool AnyFailed
        {
            get { return Temperature == Board.Failed || Signal == Board.Failed; }
        }

        /// <summary>Reads all sensors of the board.</summary>
        internal void Read(Board board)
        {
            int value;
            try
            {
                value = board.Temperature;
            }
            catch (Exception)
            {
                value = Board.Failed;
            }

            Tell(Temperature, value, "temperature sensor");
            Temperature = value;
            try
            {
                value = board.Signal;
            }
            catch (Exception)
            {
                value = Board.Failed;
            }

            Tell(Signal, value, "radio");
            Signal = value;
        }

        private void Tell(int before, int now, string name)
        {
            if (now == Board.Failed && before != Board.Failed)
            {
                _log.Fail("The " + name + " does not answer");
            }
            else if (before == Board.Failed && now != Board.Failed)
            {
                _log.Write("The " + name + " answers again");
            }
        }
    }
}
