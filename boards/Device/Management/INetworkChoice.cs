namespace Http2Nano.Devices
{
    /// <summary>A network that people can choose: found, tried, and kept only when it works.</summary>
    public interface INetworkChoice
    {
        /// <summary>The name of the network that is stored.</summary>
        string Name { get; }

        /// <summary>Number of networks that the last scan has found.</summary>
        int FoundCount { get; }

        /// <summary>The name of a network that was found, the strongest first.</summary>
        string FoundName(int index);

        /// <summary>The strength of a network that was found, in dBm.</summary>
        int FoundSignal(int index);

        /// <summary>Listens for networks. Takes a few seconds.</summary>
        void Scan();

        /// <summary>
        /// Joins another network, and stores it when it gives an address; else goes back to the one that is stored. Takes up to a
        /// minute. A power loss meanwhile leads back, too: <see cref="RestoreAfterTest"/>.
        /// </summary>
        /// <returns>Null when it is joined, else why not, in a sentence.</returns>
        string Try(string name, string password, DeviceFiles files, DeviceLog log);

        /// <summary>Stores the network from before a test that was interrupted.</summary>
        void RestoreAfterTest(DeviceFiles files, DeviceLog log);

        /// <summary>Forgets the network that is stored.</summary>
        void Forget();
    }
}
