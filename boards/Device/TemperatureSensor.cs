namespace Http2Nano.Devices
{
    /// <summary>Measures a temperature. A sensor that fails throws an exception.</summary>
    public abstract class TemperatureSensor
    {
        /// <summary>Takes a measurement.</summary>
        /// <returns>Hundredths of a degree Celsius.</returns>
        public abstract int Read();
    }
}
