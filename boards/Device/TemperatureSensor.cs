namespace Http2Nano.Devices
{
    /// <summary>Measures a temperature. What is wrong with it is told by an exception.</summary>
    public abstract class TemperatureSensor
    {
        /// <summary>Measures.</summary>
        /// <returns>Hundredths of a degree Celsius.</returns>
        public abstract int Read();
    }
}
