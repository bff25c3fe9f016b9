using System;
using System.Text;
using Http2Nano.Fields;
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
        private byte[] _bytes;
        private int _count;

        internal CertificateForm(CertificateRoutes routes, int longest)
        {
            _routes = routes;
            _longest = longest;
            _form = new MultipartForm(this, Storage, MostParts);
            _sink = new Sink(this);
        }

        /// <summary>Takes a form.</summary>
        internal void Handle(HttpRequest request, HttpResponse response)
        {
            if (_form.IsBusy)
            {
                Problem.Write(response, 503);
                return;
            }

            // A whole form is longer than what is in it, so this is enough.
            int field = request.Headers.Find(FieldName.ContentLength);
            int length = field < 0 ? _longest : request.Headers.ParseNumber(field);
            try
            {
                _bytes = new byte[length < 0 || length > _longest ? _longest : length];
            }
            catch (OutOfMemoryException)
            {
                Problem.Write(response, 503, Encoding.UTF8.GetBytes("The heap has no room for it at present."));
                return;
            }

            _count = 0;
            _form.Handle(request, response);
            if (!_form.IsBusy)
            {
                Forget();
            }
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
            byte[] bytes = _bytes;
            _bytes = null;
            if (bytes != null)
            {
                Array.Clear(bytes, 0, bytes.Length);
            }
        }

        private void Append(byte[] buffer, int offset, int count)
        {
            if (_bytes == null)
            {
                return;
            }

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
