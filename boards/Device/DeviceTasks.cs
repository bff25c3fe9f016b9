namespace Http2Nano.Devices
{
    /// <summary>
    /// What a board does between two looks at its network, on its main thread: things that take time, which people have asked for
    /// on the page. Not every board has it.
    /// </summary>
    public abstract class DeviceTasks
    {
        /// <summary>Takes what it works with, before the network is joined.</summary>
        public abstract void Start(DeviceProfile profile, DeviceNetwork network, DeviceFiles files, DeviceLog log);

        /// <summary>Does what is due.</summary>
        /// <returns>Whether the network may be another one, so that the server has to begin anew.</returns>
        public abstract bool Advance();
    }
}
