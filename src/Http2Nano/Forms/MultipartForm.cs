using System;
using System.Collections;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Forms
{
    /// <summary>
    /// Reads <c>multipart/form-data</c> (RFC 7578) as it arrives, part by part, for files of any length: plain fields are gathered,
    /// and files go to sinks of the application's choice.
    /// </summary>
    /// <remarks>
    /// <para>One object reads one form at a time: a request that comes meanwhile gets 503. Make one object for each upload
    /// that is to run at the same time. Everything runs on the server's thread, and nothing is allocated after
    /// construction.</para>
    /// <para>A part's sink must have room for the rest of the receive buffer when the part begins; otherwise the form ends
    /// with 503. A sink that accepts any number of octets always works.</para>
    /// <para>Statuses: 400 when the body is malformed or ends too early, 413 for too many parts, a part that is too long,
    /// or names and plain fields that do not fit, 415 for another media type, 500 when a sink or the receiver
    /// throws.</para>
    /// <para>Heap on the device: about 530 bytes and the storage.</para>
    /// </remarks>
    public sealed partial class MultipartForm : BodySink
    {
        /// <summary>The least storage, in bytes.</summary>
        public const int MinimumStorage = 128;

        /// <summary>The most storage, in bytes.</summary>
        public const int MaximumStorage = 65535;

        // RFC 2046 5.1.1: a boundary has 1 to 70 octets; before it stand CR LF and two hyphens.
        private const int LongestBoundary = 70;
        private const int BeforeBoundary = 4;

        // States: the part of the form that the next octet belongs to.
        private const int Idle = 0;
        private const int Preamble = 1;
        private const int Content = 2;
        private const int BehindDelimiter = 3;
        private const int PartFields = 4;
        private const int Epilogue = 5;
        private const int Failed = 6;
        private const int Completing = 7;

        // What has been read after a delimiter: nothing, a hyphen, blanks, CR.
        private const int Nothing = 0;
        private const int Hyphen = 1;
        private const int Blanks = 2;
        private const int CarriageReturn = 3;

        private readonly FormReceiver _receiver;
        private readonly int _maximumParts;
        private readonly byte[] _delimiter = new byte[BeforeBoundary + LongestBoundary];
        private readonly object _carriageReturn;

        private HttpResponse _response;
        private int _delimiterLength;
        private int _state;

        // Depends on the state: octets of the delimiter matched so far, what has been read after it, or whether CR has
        // ended a line.
        private int _matched;
        private BodySink _sink;

        // Octets of the part's content so far; while the receiver completes the form, the status that it is to end with,
        // or 0.
        private int _length;

        // The sentence of that response, or null.
        private byte[] _detail;

        /// <summary>Makes a reader.</summary>
        /// <param name="receiver">Decides where the content of parts goes, and answers.</param>
        /// <param name="storage">
        /// Bytes for all plain fields (four more for each) and the fields of one other part: 128 to 65,535.
        /// </param>
        /// <param name="maximumParts">The most parts that a form may have, at least 1.</param>
        /// <exception cref="ArgumentException">There is no receiver, or a number is out of its range.</exception>
        public MultipartForm(FormReceiver receiver, int storage, int maximumParts)
        {
            if (receiver == null)
            {
                throw new ArgumentException("A form needs a receiver.");
            }

            if (storage < MinimumStorage || storage > MaximumStorage)
            {
                throw new ArgumentException("The storage of a form must have 128 to 65,535 bytes.");
            }

            if (maximumParts < 1)
            {
                throw new ArgumentException("A form must be allowed 1 part at least.");
            }

            _receiver = receiver;
            _maximumParts = maximumParts;
            _storage = new byte[storage];
            _delimiter[0] = (byte)'\r';

            // Array.IndexOf takes an object, so the octet is boxed once.
            _carriageReturn = ((IList)_delimiter)[0];
            MaximumPartLength = int.MaxValue;
        }

        /// <summary>The most octets of content that one part may have. 2,147,483,647 unless set.</summary>
        public int MaximumPartLength { get; set; }

        /// <summary>A sink that drops the content of a part; for <see cref="FormReceiver.BeginPart"/> to return.</summary>
        public BodySink Nowhere
        {
            get { return this; }
        }

        /// <summary>Whether a form is being read.</summary>
        public bool IsBusy
        {
            get { return _state != Idle; }
        }

        /// <summary>
        /// Takes the body of a request: the handler of a route mapped with <c>MapStream</c>. The response is deferred until
        /// the form is complete.
        /// </summary>
        /// <param name="request">The request, its body not read.</param>
        /// <param name="response">Its response.</param>
        public void Handle(HttpRequest request, HttpResponse response)
        {
            if (_state != Idle)
            {
                Problem.Write(response, 503);
                return;
            }

            int status = TakeBoundary(request, response);
            if (status != 0)
            {
                Problem.Write(response, status);
                return;
            }

            // First, because it throws when the body goes elsewhere.
            request.ReadBody(this, 0);
            Begin();
            _response = response;
            response.Defer();
        }

        /// <summary>
        /// Ends the form with a status, for a receiver or a sink that cannot go on: with 507 when a drive is full, for
        /// instance. Ignored when the form has already ended.
        /// </summary>
        /// <param name="status">400 to 599.</param>
        public void End(int status)
        {
            End(status, null);
        }

        /// <summary>Ends the form with a status and a sentence. Like <see cref="End(int)"/>.</summary>
        /// <param name="status">400 to 599.</param>
        /// <param name="detail">Tells the client what to correct, as for <see cref="Problem"/>; null for nothing.</param>
        public void End(int status, byte[] detail)
        {
            if (_state == Completing)
            {
                // The receiver may still write to its response, which is replaced when it returns.
                if (_length == 0)
                {
                    _length = status;
                    _detail = detail;
                }

                return;
            }

            if (_state == Idle || _state == Failed)
            {
                return;
            }

            _state = Failed;
            CloseSink(false);
            Problem.Write(_response, status, detail);
            Conclude(status);
        }

        /// <inheritdoc/>
        public override int Room(int key)
        {
            if (_state != Content || _sink == null || _sink == this)
            {
                return int.MaxValue;
            }

            try
            {
                return _sink.Room(Part);
            }
            catch (Exception)
            {
                End(500);
                return int.MaxValue;
            }
        }

        /// <inheritdoc/>
        public override void Write(int key, byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            while (offset < end)
            {
                switch (_state)
                {
                    case Preamble:
                    case Content:
                        offset = ReadContent(buffer, offset, end);
                        break;

                    case BehindDelimiter:
                        ReadBehindDelimiter(buffer[offset++]);
                        break;

                    case PartFields:
                        ReadPartField(buffer[offset++]);
                        break;

                    default:
                        // RFC 2046 5.1.1: octets after the last delimiter are ignored.
                        return;
                }
            }
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            if (_state == Epilogue && complete)
            {
                Succeed();
            }
            else if (complete)
            {
                // The last delimiter has not come.
                End(400);
            }
            else if (_state != Failed)
            {
                CloseSink(false);
                Conclude(0);
            }

            _state = Idle;
        }

        private void Begin()
        {
            // The first delimiter may begin the body, without a line break before it.
            _state = Preamble;
            _matched = 2;
            _sink = null;
            _end = 0;
            Part = -1;
        }

        private void Succeed()
        {
            HttpResponse response = _response;
            HeaderList fields = response.Headers;
            int used = fields.Used;
            int count = fields.Fields;
            int total = fields.Total;
            _state = Completing;
            _length = 0;
            _detail = null;
            try
            {
                _receiver.Complete(this, response);
            }
            catch (Exception)
            {
                End(500);
            }

            if (_length != 0)
            {
                // Without the body, and without the fields that the receiver has added.
                response.CloseSource(false);
                int start = fields.Start;
                int limit = fields.Limit;
                response.Reset();
                fields.Reset(start, limit);
                fields.Used = used;
                fields.Fields = count;
                fields.Total = total;
                Problem.Write(response, _length, _detail);
                Conclude(_length);
                return;
            }

            _response = null;
            response.Complete();
        }

        // Tells the receiver that the form has failed, and completes the response.
        private void Conclude(int status)
        {
            HttpResponse response = _response;
            _response = null;
            try
            {
                _receiver.Fail(this, status);
            }
            catch (Exception)
            {
                // The response is already made, so the exception changes nothing.
            }

            response.Complete();
        }
    }
}
