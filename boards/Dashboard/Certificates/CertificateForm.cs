using System;
using System.Text;
using Http2Nano.Forms;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// The form with a certificate and its key: the parts <c>certificate</c> and <c>key</c>, or one of them with both in it. They are
    /// held in memory until they are checked, and for no longer.
    /// </summary>
    internal sealed class CertificateForm : FormReceiver
    {
        private const int Storage = 256;
        private const int MostParts = 8;

        private readonly CertificateRoutes _routes;
        private readonly MultipartForm _form;
        private readonly Sink _sink;
        private readonly int _longest;
        private readonly byte[] _certificate = Encoding.UTF8.GetBytes("certificate");
        private readonly byte[] _key = Encoding.UTF8.GetBytes("key");
        private readonly byte[] _bytes;
        private int _count;

        /// <summary>Makes the reader of one form.</summary>
        /// <param name="routes">Take what has arrived.</param>
        /// <param name="longest">The most octets that they take.</param>
        /// <param name="length">Octets of the form, which is longer than what is in it; -1 where they are not known.</param>
        internal CertificateForm(CertificateRoutes routes, int longest, int length)
        {
            _routes = routes;
            _longest = longest;
            _form = new MultipartForm(this, Storage, MostParts);
            _sink = new Sink(this);
            _bytes = new byte[length < 0 || length > longest ? longest : length];
        }

        /// <summary>Whether it is being read.</summary>
        internal bool IsBusy
        {
            get { return _form.IsBusy; }
        }

        /// <summary>Takes the body of a request.</summary>
        internal void Handle(HttpRequest request, HttpResponse response)
        {
            _form.Handle(request, response);
        }

        /// <inheritdoc/>
        public override BodySink BeginPart(MultipartForm form)
        {
            return form.NameEquals(_certificate) || form.NameEquals(_key) ? _sink : form.Nowhere;
        }

        /// <inheritdoc/>
        public override void Complete(MultipartForm form, HttpResponse response)
        {
            string fault = null;
            int status;
            try
            {
                status = _routes.Take(_bytes, _count, out fault);
            }
            catch (OutOfMemoryException)
            {
                status = 503;
            }

            Forget();
            if (status >= 400)
            {
                form.End(status, fault == null ? null : Encoding.UTF8.GetBytes(fault));
            }
            else
            {
                response.Status = status;
            }
        }

        /// <inheritdoc/>
        public override void Fail(MultipartForm form, int status)
        {
            Forget();
        }

        // A key does not lie about in the heap.
        private void Forget()
        {
            Array.Clear(_bytes, 0, _bytes.Length);
            _routes.Done();
        }

        private void Append(byte[] buffer, int offset, int count)
        {
            if (count > _bytes.Length - _count)
            {
                _form.End(413, Encoding.UTF8.GetBytes("Certificates and key may have " + _longest.ToString() + " bytes together."));
                return;
            }

            Array.Copy(buffer, offset, _bytes, _count, count);
            _count += count;
        }

        private sealed class Sink : BodySink
        {
            private readonly CertificateForm _form;
            private readonly byte[] _line = { (byte)'\n' };

            internal Sink(CertificateForm form)
            {
                _form = form;
            }

            public override int Room(int key)
            {
                return int.MaxValue;
            }

            public override void Write(int key, byte[] buffer, int offset, int count)
            {
                _form.Append(buffer, offset, count);
            }

            public override void Close(int key, bool complete)
            {
                if (complete)
                {
                    // The next file begins a line of its own.
                    _form.Append(_line, 0, 1);
                }
            }
        }
    }
}
