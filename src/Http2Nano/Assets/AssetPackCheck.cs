using System;

namespace Http2Nano.Assets
{
    /// <summary>Checks an asset pack while it arrives: that it is one, that it is complete, and its checksum.</summary>
    /// <remarks>One object checks one pack after the other. Allocates nothing after construction; about 150 bytes of heap.</remarks>
    public sealed class AssetPackCheck
    {
        private readonly byte[] _header = new byte[AssetPackFormat.HeaderSize];

        // Octets that do not make up four yet; at the end, the checksum that the pack has.
        private readonly byte[] _held = new byte[4];
        private int _heldCount;
        private int _position;
        private int _length;
        private int _sum;

        /// <summary>Makes a check, which has begun.</summary>
        public AssetPackCheck()
        {
            Begin();
        }

        /// <summary>Why the pack is refused, in one sentence; null as long as it is not.</summary>
        public string Fault { get; private set; }

        /// <summary>Whether the pack has arrived completely, and as it was made. Otherwise <see cref="Fault"/> says why not.</summary>
        public bool IsWhole
        {
            get
            {
                if (Fault == null && (_position < AssetPackFormat.HeaderSize || _position != _length))
                {
                    Fault = _position == 0 ? "The file is empty." : "The asset pack is cut.";
                }

                if (Fault == null && BitConverter.ToInt32(_held, 0) != _sum)
                {
                    Fault = "The asset pack is damaged: its checksum is wrong.";
                }

                return Fault == null;
            }
        }

        /// <summary>Begins with another pack.</summary>
        public void Begin()
        {
            _heldCount = 0;
            _position = 0;
            _length = int.MaxValue;
            _sum = AssetPackFormat.NoChecksum;
            Fault = null;
        }

        /// <summary>Takes the next octets.</summary>
        /// <param name="bytes">Array that holds them.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">Their number.</param>
        /// <returns>False when this is no asset pack that the library reads; <see cref="Fault"/> says why.</returns>
        public bool Take(byte[] bytes, int offset, int count)
        {
            if (_position < AssetPackFormat.HeaderSize && Fault == null)
            {
                TakeHeader(bytes, offset, count);
            }

            if (Fault == null && count > _length - _position)
            {
                Fault = "The file is longer than the asset pack in it.";
            }

            if (Fault != null)
            {
                return false;
            }

            int end = offset + count;
            int summed = _length - AssetPackFormat.ChecksumSize;
            while (offset < end)
            {
                int run = end - offset < summed - _position ? end - offset : summed - _position;
                if (_heldCount == 0 && run >= 4)
                {
                    run &= ~3;
                    _sum = AssetPackFormat.Checksum(_sum, bytes, offset, run);
                    offset += run;
                    _position += run;
                    continue;
                }

                _held[_heldCount++] = bytes[offset++];
                _position++;
                if (_heldCount == 4 && _position < _length)
                {
                    _sum = AssetPackFormat.Checksum(_sum, _held, 0, 4);
                    _heldCount = 0;
                }
                else if (_position == summed)
                {
                    _sum = AssetPackFormat.Checksum(_sum, _held, 0, _heldCount);
                    _heldCount = 0;
                }
            }

            return true;
        }

        private void TakeHeader(byte[] bytes, int offset, int count)
        {
            int room = AssetPackFormat.HeaderSize - _position;
            Array.Copy(bytes, offset, _header, _position, count < room ? count : room);
            if (count < room)
            {
                return;
            }

            int length = BitConverter.ToInt32(_header, 12);
            if (BitConverter.ToInt32(_header, 0) != AssetPackFormat.Magic)
            {
                Fault = "The file is no asset pack: http2nano pack makes one.";
            }
            else if (_header[4] != AssetPackFormat.Version)
            {
                Fault = "The asset pack is of another version: make it with the tool of this server's version.";
            }
            else if (length < AssetPackFormat.HeaderSize + AssetPackFormat.ChecksumSize)
            {
                Fault = "The asset pack is damaged.";
            }
            else
            {
                _length = length;
            }
        }
    }
}
