using System;
using Http2Nano.Fields;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Drives
{
    /// <summary>The names in a folder as a page, made line by line while it is sent.</summary>
    internal sealed class FolderList
    {
        // More names than these are not sorted.
        private const int MostSorted = 256;

        private const string Start = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>Files</title><h1>Files</h1><ul>";
        private const string Up = "<li><a href=\"../\">../</a>";
        private const string End = "</ul>";

        private readonly string[] _folders;
        private readonly string[] _files;

        // The line that is being sent, how much of it has been, and the number of the next one.
        private byte[] _line;
        private int _sent;
        private int _next;

        internal FolderList(FileDrive drive, string folder, bool isRoot)
        {
            _folders = Sort(drive.List(folder, true));
            _files = Sort(drive.List(folder, false));
            _line = Encoding.UTF8.GetBytes(isRoot ? Start : Start + Up);
        }

        /// <summary>Writes the next octets.</summary>
        /// <returns>Their number; 0 behind the last.</returns>
        internal int Read(byte[] buffer, int offset, int count)
        {
            int written = 0;
            while (written < count && (_sent < _line.Length || NextLine()))
            {
                int run = _line.Length - _sent < count - written ? _line.Length - _sent : count - written;
                Array.Copy(_line, _sent, buffer, offset + written, run);
                _sent += run;
                written += run;
            }

            return written;
        }

        // Makes the line of the next name that may be seen. False behind the last.
        private bool NextLine()
        {
            int all = _folders.Length + _files.Length;
            while (_next < all)
            {
                bool folder = _next < _folders.Length;
                string name = folder ? _folders[_next] : _files[_next - _folders.Length];
                _next++;
                byte[] octets = Encoding.UTF8.GetBytes(name);
                if (FileName.IsSafe(octets, 0, octets.Length) && !FileReplacement.IsLeftover(name))
                {
                    _line = Line(octets, folder);
                    _sent = 0;
                    return true;
                }
            }

            if (_next == all)
            {
                _next++;
                _line = Encoding.UTF8.GetBytes(End);
                _sent = 0;
                return true;
            }

            return false;
        }

        private static byte[] Line(byte[] name, bool folder)
        {
            // An octet takes at most three in the reference and five in the text.
            byte[] line = new byte[24 + (8 * name.Length)];
            int at = Put("<li><a href=\"./", line, 0);
            for (int i = 0; i < name.Length; i++)
            {
                int octet = name[i];
                int letter = octet | 0x20;
                if ((letter >= 'a' && letter <= 'z') || (octet >= '0' && octet <= '9') || octet == '-' || octet == '.' || octet == '_')
                {
                    line[at++] = (byte)octet;
                    continue;
                }

                line[at++] = (byte)'%';
                line[at++] = Hex.Character(octet >> 4);
                line[at++] = Hex.Character(octet & 0xF);
            }

            at = Put(folder ? "/\">" : "\">", line, at);
            for (int i = 0; i < name.Length; i++)
            {
                // A name that may be seen has no less-than sign and no quote.
                if (name[i] == '&')
                {
                    at = Put("&amp;", line, at);
                }
                else
                {
                    line[at++] = name[i];
                }
            }

            at = Put(folder ? "/</a>" : "</a>", line, at);
            byte[] exact = new byte[at];
            Array.Copy(line, exact, at);
            return exact;
        }

        private static int Put(string text, byte[] line, int at)
        {
            return at + FlashText.Utf8.GetBytes(text, 0, text.Length, line, at);
        }

        private static string[] Sort(string[] names)
        {
            if (names.Length > MostSorted)
            {
                return names;
            }

            for (int i = 1; i < names.Length; i++)
            {
                string name = names[i];
                int at = i;
                while (at > 0 && string.Compare(names[at - 1], name) > 0)
                {
                    names[at] = names[at - 1];
                    at--;
                }

                names[at] = name;
            }

            return names;
        }
    }
}
