using System;
using System.IO;
using Http2Nano.Assets;

namespace Http2Nano.Drives
{
    /// <summary>The asset pack in a file of a drive: opened when it is whole, closed before it is replaced.</summary>
    public sealed class PackFile
    {
        // Bytes read at a time when the checksum is compared.
        private const int Piece = 512;

        private readonly string _name;
        private Stream _stream;

        /// <summary>Names the file.</summary>
        /// <param name="drive">The drive.</param>
        /// <param name="name">Its name, such as <c>www.pack</c>.</param>
        public PackFile(FileDrive drive, string name)
        {
            Drive = drive;
            _name = name;
        }

        /// <summary>The drive.</summary>
        public FileDrive Drive { get; }

        /// <summary>The file's name.</summary>
        public string Name
        {
            get { return _name; }
        }

        /// <summary>
        /// Why <see cref="Open"/> has opened nothing, to be put behind the file's name, such as "is missing"; null when it has.
        /// </summary>
        public string Fault { get; private set; }

        /// <summary>Whether <see cref="Open"/> has found no file.</summary>
        public bool IsMissing { get; private set; }

        /// <summary>
        /// Finishes an update that was interrupted, opens the file and checks its checksum. The file stays open. For a moment takes
        /// half a kilobyte more than the pack.
        /// </summary>
        /// <returns>The pack; null when there is none that is whole.</returns>
        public AssetPack Open()
        {
            Close();
            Fault = null;
            IsMissing = false;
            try
            {
                FileReplacement.Recover(Drive, _name);
                _stream = Drive.Open(_name);
                if (_stream == null)
                {
                    Fault = "is missing";
                    IsMissing = true;
                    return null;
                }

                AssetPack pack = new AssetPack(new StreamAssetStore(_stream));
                if (pack.IsWhole(new byte[Piece]))
                {
                    return pack;
                }

                Fault = "is damaged: its checksum is wrong.";
            }
            catch (Exception exception)
            {
                Fault = "cannot be read: " + exception.Message;
            }

            Close();
            return null;
        }

        /// <summary>Closes the file. A pack that was opened gives nothing any more.</summary>
        public void Close()
        {
            Stream stream = _stream;
            _stream = null;
            if (stream != null)
            {
                stream.Close();
            }
        }
    }
}
