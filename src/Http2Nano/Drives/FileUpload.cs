using System;
using System.IO;
using Http2Nano.Fields;
using Http2Nano.Forms;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Drives
{
    /// <summary>
    /// A route that writes a file to a drive, whole or not at all: the body of a PUT or POST, or the file of a form
    /// (<c>multipart/form-data</c>). Mapped with <c>MapStream</c> for PUT, POST or both.
    /// </summary>
    /// <remarks>
    /// <para>Statuses: 201 for a new file, 204 for one that was replaced; 303 to <see cref="Next"/> where a page sent its form. 400
    /// for a malformed form, a form without a file or with two, a part of a file (content-range), a wrong SHA-256 (RFC 9530), and a
    /// name that no file can have; 409 for the name of a folder; 412 where a condition of the request does not hold (RFC 9110 13.1:
    /// <c>if-none-match: *</c> makes a file and replaces none); 413 for a file that is longer than <see cref="LongestFile"/>; 422 for
    /// one that a derived class refuses; 503 while another upload is running; 507 when the drive is full or cannot be written. In all
    /// these cases, and when the client goes, the old file stays, and nothing of the new one.</para>
    /// <para>One object takes one upload at a time. The octets are written as they arrive, which blocks the server for as long
    /// as the drive takes. Heap on the device: 2 KB, half of it for forms, and what the platform takes for an open
    /// file.</para>
    /// </remarks>
    public partial class FileUpload
    {
        private const int LongestName = 64;
        private const int FormStorage = 256;
        private const int MostParts = 16;

        private readonly FileDrive _drive;
        private readonly string _name;
        private readonly FileReplacement _file;
        private readonly ContentDigest _digest = new ContentDigest();
        private readonly RawBody _raw;
        private readonly MultipartForm _form;
        private readonly byte[] _formType = Ascii.Pack("multipart/form-data");

        // Made for the first request that has conditions.
        private FileConditions _conditions;

        private HttpResponse _response;
        private string _target;
        private bool _open;

        // A raw body is arriving, although its response may have been given.
        private bool _reading;
        private bool _isNew;
        private bool _navigates;

        // The status with which the upload has failed; 0 while it has not.
        private int _failed;

        /// <summary>Takes uploads of one file.</summary>
        /// <param name="drive">The drive.</param>
        /// <param name="name">
        /// The file; null takes the name from the last value of the route, as of <c>/files/{name}</c>: a single segment of 1 to 64
        /// octets that does not begin with a dot.
        /// </param>
        /// <param name="longestFile">The longest file in bytes, at least 1.</param>
        /// <exception cref="ArgumentException">There is no drive, or the length is less than 1.</exception>
        public FileUpload(FileDrive drive, string name, int longestFile)
        {
            if (drive == null)
            {
                throw new ArgumentException("An upload needs a drive.");
            }

            if (longestFile < 1)
            {
                throw new ArgumentException("longestFile is " + longestFile.ToString() + ": it must be 1 byte or more.");
            }

            _drive = drive;
            _name = name;
            LongestFile = longestFile;
            _file = new FileReplacement(drive);
            _raw = new RawBody(this);
            _form = new MultipartForm(new Receiver(this), FormStorage, MostParts);
            _form.MaximumPartLength = longestFile;
        }

        /// <summary>The longest file in bytes.</summary>
        public int LongestFile { get; }

        /// <summary>
        /// The path that a browser is led to when the form of a page has been taken; null, the default, answers it like a script.
        /// Percent-encoded; kept, not copied.
        /// </summary>
        public byte[] Next { get; set; }

        /// <summary>Why <see cref="Take"/> or <see cref="Accept"/> refuses the file, in one sentence without quotes and backslashes.</summary>
        protected string Fault { get; set; }

        /// <summary>Handles a request: takes the body, and defers the response until the file is in its place.</summary>
        /// <param name="request">The request, its body not read.</param>
        /// <param name="response">Its response.</param>
        public void Handle(HttpRequest request, HttpResponse response)
        {
            if (_reading || _form.IsBusy)
            {
                response.Headers.AddNumber(FieldName.RetryAfter, 1);
                Problem.Write(response, 503);
                return;
            }

            string target = _name ?? NameOf(request);
            if (target == null)
            {
                Problem.Write(response, 400, Encoding.UTF8.GetBytes("No file can have this name."));
                return;
            }

            if (request.Headers.Find(FieldName.ContentRange) >= 0)
            {
                // RFC 9110 14.5: a client that goes on with an upload sends the rest alone.
                Problem.Write(response, 400, Encoding.UTF8.GetBytes("Only whole files are taken."));
                return;
            }

            if (IsConditional(request.Headers) && !HoldsConditions(request, response, target))
            {
                return;
            }

            _target = target;
            _open = false;
            _failed = 0;
            Fault = null;
            _navigates = Next != null && Navigation.Is(request, response);
            if (request.HasContentType(_formType))
            {
                _digest.IsThere = false;
                _form.Handle(request, response);
                return;
            }

            int length = request.Headers.Find(FieldName.ContentLength);
            int declared = length < 0 ? 0 : request.Headers.ParseNumber(length);
            if (declared < 0 || declared > LongestFile)
            {
                Problem.Write(response, 413);
                return;
            }

            _digest.Begin(request, response);

            // First, because it throws when the body goes elsewhere.
            request.ReadBody(_raw, 0);
            _reading = true;
            _response = response;
            response.Defer();
            Open();
        }

        /// <summary>A file begins to arrive.</summary>
        protected virtual void Begin()
        {
        }

        /// <summary>Looks at the octets of a file as they arrive. Must allocate nothing.</summary>
        /// <param name="bytes">Array that holds them; not to be changed.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">Their number.</param>
        /// <returns>False refuses the file, with <see cref="Fault"/>.</returns>
        protected virtual bool Take(byte[] bytes, int offset, int count)
        {
            return true;
        }

        /// <summary>Decides whether a file that has arrived takes the place of the old one.</summary>
        /// <param name="written">What the drive has stored; to be left open.</param>
        /// <returns>False refuses the file, with <see cref="Fault"/>.</returns>
        protected virtual bool Accept(Stream written)
        {
            return true;
        }

        /// <summary>The old file is about to be deleted: whoever has it open closes it.</summary>
        protected virtual void Replacing()
        {
        }

        /// <summary>The new file is in its place, or the drive has failed while it was put there.</summary>
        protected virtual void Replaced()
        {
        }

        // The name in the route, if it is that of a file which this route may write: a single segment, which hides nothing.
        private static string NameOf(HttpRequest request)
        {
            int value = request.RouteValues[HttpRequest.ValueCount] - 1;
            int at = value < 0 ? 0 : request.RouteValueStart(value);
            int count = value < 0 ? 0 : request.RouteValueLength(value);
            if (count > LongestName || !FileName.IsSafe(request.Bytes, at, count))
            {
                return null;
            }

            string name = Encoding.UTF8.GetString(request.Bytes, at, count);
            return FileReplacement.IsLeftover(name) ? null : name;
        }
    }
}
