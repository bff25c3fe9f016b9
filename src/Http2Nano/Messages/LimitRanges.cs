using System;

namespace Http2Nano.Messages
{
    /// <summary>The ranges of the limits.</summary>
    public static class LimitRanges
    {
        private const int LeastTime = 100;
        private const int MostTime = 3600000;

        /// <summary>Refuses invalid limits.</summary>
        /// <param name="limits">The limits.</param>
        /// <exception cref="ArgumentException">A limit is out of its range; the message names it.</exception>
        public static void Validate(this HttpLimits limits)
        {
            CheckRange(limits.ReceiveBufferSize, 256, 65536, "ReceiveBufferSize");
            CheckRange(limits.TransmitBufferSize, 512, 65536, "TransmitBufferSize");
            CheckRange(limits.Exchanges, 1, 64, "Exchanges");
            CheckRange(limits.ExchangeSize, 512, 32767, "ExchangeSize");
            CheckRange(limits.MaximumFields, 8, 255, "MaximumFields");
            CheckRange(limits.MaximumFieldSectionSize, 256, 65536, "MaximumFieldSectionSize");
            CheckRange(limits.MaximumStreams, 1, 100, "MaximumStreams");
            CheckRange(limits.MaximumPushes, 0, 100, "MaximumPushes");
            CheckRange(limits.DecoderTableSize, 0, 4096, "DecoderTableSize");
            CheckRange(limits.DecoderMemory, 256, 4096, "DecoderMemory");
            CheckRange(limits.EncoderTableSize, 0, 4096, "EncoderTableSize");
            CheckRange(limits.InitialWindowSize, 256, 65535, "InitialWindowSize");
            CheckRange(limits.MaximumWindowSize, 256, int.MaxValue, "MaximumWindowSize");
            CheckRange(limits.MaximumDrain, 0, int.MaxValue, "MaximumDrain");
            CheckRange(limits.FirstByteTimeout, LeastTime, MostTime, "FirstByteTimeout");
            CheckRange(limits.FieldsTimeout, LeastTime, MostTime, "FieldsTimeout");
            CheckRange(limits.BodyTimeout, LeastTime, MostTime, "BodyTimeout");
            CheckRange(limits.MinimumBody, 1, 1000000, "MinimumBody");
            CheckRange(limits.WriteTimeout, LeastTime, MostTime, "WriteTimeout");
            CheckRange(limits.IdleTimeout, LeastTime, MostTime, "IdleTimeout");
            CheckRange(limits.SettingsTimeout, LeastTime, MostTime, "SettingsTimeout");
            CheckRange(limits.DrainTimeout, LeastTime, MostTime, "DrainTimeout");
            CheckRange(limits.GlitchBudget, 10, 1000000, "GlitchBudget");
            CheckRange(limits.GlitchRefill, 1, 1000000, "GlitchRefill");
        }

        internal static void CheckRange(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentException(name + " is " + value.ToString() + ": it must be " + least.ToString() + " to " + most.ToString() + ".");
            }
        }
    }
}
