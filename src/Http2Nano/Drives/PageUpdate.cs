using System;
using System.IO;
using Http2Nano.Assets;

namespace Http2Nano.Drives
{
    /// <summary>
    /// A route that takes a new asset pack, checks the whole of it, and serves it from then on. Like <see cref="FileUpload"/>;
    /// 422 says why a file is no pack.
    /// </summary>
    /// <remarks>
    /// The pack is checked as it arrives (format, version, length, checksum) and once more on the drive (the index). Then the old
    /// file is closed, so that responses which are still being sent from it are aborted, and the new one is opened in its place.
    /// Nothing is restarted.
    /// </remarks>
    public class PageUpdate : FileUpload
    {
        private readonly PackFile _file;
        private readonly StaticAssets _pages;
        private readonly AssetPackCheck _check = new AssetPackCheck();

        /// <summary>Takes updates of the pages.</summary>
        /// <param name="file">The file of the pack. The application has opened it at start.</param>
        /// <param name="pages">Gets each new pack.</param>
        /// <param name="longestFile">The longest pack in bytes.</param>
        public PageUpdate(PackFile file, StaticAssets pages, int longestFile)
            : base(file.Drive, file.Name, longestFile)
        {
            _file = file;
            _pages = pages;
        }

        /// <inheritdoc/>
        protected override void Begin()
        {
            _check.Begin();
        }

        /// <inheritdoc/>
        protected override bool Take(byte[] bytes, int offset, int count)
        {
            bool good = _check.Take(bytes, offset, count);
            Fault = _check.Fault;
            return good;
        }

        /// <inheritdoc/>
        protected override bool Accept(Stream written)
        {
            if (!_check.IsWhole)
            {
                Fault = _check.Fault;
                return false;
            }

            try
            {
                // Reads the index, and throws when it is none.
                return new AssetPack(new StreamAssetStore(written)).Length == written.Length;
            }
            catch (ArgumentException exception)
            {
                Fault = exception.Message;
                return false;
            }
        }

        /// <inheritdoc/>
        protected override void Replacing()
        {
            _file.Close();
        }

        /// <inheritdoc/>
        protected override void Replaced()
        {
            AssetPack pack = _file.Open();
            if (pack != null)
            {
                _pages.Pack = pack;
            }
        }
    }
}
