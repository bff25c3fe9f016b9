using System;
using System.IO;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Drives
{
    /// <summary>
    /// Serves the files of a folder as they lie there, for GET and HEAD: a route whose pattern ends with <c>{*path}</c>, such as
    /// <c>/files/{*path}</c>.
    /// </summary>
    /// <remarks>
    /// <para>Single ranges (RFC 9110 14.2) are answered, and conditional requests (13.1) where the drive tells when a file was
    /// written: its tag is made of length and time, and is weak until the file is two seconds old. Where the drive does not tell,
    /// files have no tag, so that nobody keeps an old content for the new one. The media type follows from the end of the
    /// name.</para>
    /// <para>The path is decoded once, by the router. Hidden files (a dot at the beginning), leftovers of uploads and names that
    /// a file system could take for another file are not there (404), at any depth. A folder is its <c>index.html</c>, or a list if
    /// <see cref="Lists"/> is set. A file that becomes shorter, or that was written or deleted while it was sent, ends the response
    /// before its end. Files of 2 GiB or more get 501.</para>
    /// <para>Files are open while they are sent, so their number is limited: one more gets 503. Allocates the name of the file and
    /// what the platform needs for an open one. Heap on the device: 0.7 KB, and 132 bytes for each reader.</para>
    /// </remarks>
    public sealed partial class FolderRoute : BodySource
    {
        private const int LongestName = 200;
        private const int MostReaders = 16;
        private const string IndexPage = "index.html";

        private readonly FileDrive _drive;
        private readonly string _folder;
        private readonly FileReader[] _readers;

        /// <summary>Serves a folder.</summary>
        /// <param name="drive">The drive.</param>
        /// <param name="folder">The folder's name; empty for the whole drive.</param>
        /// <param name="readers">Files that may be open at a time, 1 to 16.</param>
        /// <exception cref="ArgumentException">There is no drive or no folder, or the number is out of range.</exception>
        public FolderRoute(FileDrive drive, string folder, int readers)
        {
            if (drive == null || folder == null)
            {
                throw new ArgumentException("A folder needs a drive and a name, which is empty for the whole drive.");
            }

            if (readers < 1 || readers > MostReaders)
            {
                throw new ArgumentException("readers is " + readers.ToString() + ": it must be 1 to 16.");
            }

            _drive = drive;
            _folder = folder.Length == 0 ? folder : folder + "/";
            _readers = new FileReader[readers];
            for (int i = 0; i < readers; i++)
            {
                _readers[i] = new FileReader();
            }
        }

        /// <summary>
        /// Whether a folder without an <c>index.html</c> is answered with a list of its files. The names are sorted unless they are
        /// more than 256; the platform gives all of them at once.
        /// </summary>
        public bool Lists { get; set; }

        /// <summary>
        /// Whether pages among the files may run scripts and send forms. False unless set: somebody who may only upload could
        /// else act as whoever opens the file. The files are then sent with <c>content-security-policy: sandbox</c>.
        /// </summary>
        public bool AllowScripts { get; set; }

        /// <summary>Number of files that are being sent.</summary>
        public int OpenFiles
        {
            get
            {
                int open = 0;
                for (int i = 0; i < _readers.Length; i++)
                {
                    open += _readers[i].IsTaken ? 1 : 0;
                }

                return open;
            }
        }

        /// <summary>Handles a request.</summary>
        /// <param name="request">The request. The last of its route's values is the path below the folder.</param>
        /// <param name="response">Its response.</param>
        public void Handle(HttpRequest request, HttpResponse response)
        {
            int value = request.RouteValues[HttpRequest.ValueCount] - 1;
            int at = value < 0 ? 0 : request.RouteValueStart(value);
            int count = value < 0 ? 0 : request.RouteValueLength(value);
            bool isFolder = count == 0 || request.Bytes[at + count - 1] == '/';
            string name = NameOf(request.Bytes, at, isFolder && count != 0 ? count - 1 : count);
            if (name == null)
            {
                Problem.Write(response, 404);
                return;
            }

            int key = 0;
            while (key < _readers.Length && _readers[key].IsTaken)
            {
                key++;
            }

            if (key == _readers.Length)
            {
                response.Headers.AddNumber(FieldName.RetryAfter, 1);
                Problem.Write(response, 503);
                return;
            }

            if (isFolder)
            {
                AnswerFolder(request, response, name, key);
            }
            else if (!Send(request, response, _folder + name, key))
            {
                if (HasPage(name))
                {
                    StaticAssets.RedirectToFolder(request, response);
                }
                else
                {
                    Problem.Write(response, 404);
                }
            }
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            FileReader reader = _readers[key];
            if (reader.List != null)
            {
                int written = reader.List.Read(buffer, offset, count);
                return written == 0 ? EndOfBody : written;
            }

            int read = reader.Read(_drive, position, buffer, offset, count);
            return read < 1 ? Failed : read;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _readers[key].Close();
        }

        private void AnswerFolder(HttpRequest request, HttpResponse response, string name, int key)
        {
            string folder = _folder + name;
            if (Send(request, response, name.Length == 0 ? folder + IndexPage : folder + "/" + IndexPage, key))
            {
                return;
            }

            // The folder's own name has no solidus at its end.
            if (name.Length == 0 && folder.Length != 0)
            {
                folder = folder.Substring(0, folder.Length - 1);
            }

            if (!Lists || !_drive.HasFolder(folder))
            {
                Problem.Write(response, 404);
                return;
            }

            _readers[key].List = new FolderList(_drive, folder, name.Length == 0);
            response.Headers.Put(FieldName.CacheControl, KnownText.Octets, KnownText.NoCache, KnownText.NoCacheLength, FieldPolicy.Indexed);
            AddText(response.Headers, FieldName.ContentType, "text/html; charset=utf-8");
            AddText(response.Headers, FieldName.ContentSecurityPolicy, "default-src 'none'");
            response.SetBody(this, key, HttpResponse.UnknownLength);
        }

        // Whether a folder has something to show, so that its name without the solidus leads to it.
        private bool HasPage(string name)
        {
            string folder = _folder + name;
            return _drive.Exists(folder + "/" + IndexPage) || (Lists && _drive.HasFolder(folder));
        }

        // The name below the folder; null where nothing may be seen.
        private static string NameOf(byte[] bytes, int at, int count)
        {
            if (count > LongestName)
            {
                return null;
            }

            int end = at + count;
            for (int segment = at; count != 0 && segment <= end;)
            {
                int behind = segment;
                while (behind < end && bytes[behind] != '/')
                {
                    behind++;
                }

                if (!FileName.IsSafe(bytes, segment, behind - segment))
                {
                    return null;
                }

                segment = behind + 1;
            }

            string name = count == 0 ? string.Empty : Encoding.UTF8.GetString(bytes, at, count);
            return FileReplacement.IsLeftover(name) ? null : name;
        }

        private static void AddText(HeaderList fields, int name, string value)
        {
            fields.Add(name, value, value.Length, FieldPolicy.Indexed);
        }
    }
}
