using System;
using System.Text;
using Http2Nano.Certificates;
using Http2Nano.Fields;
using Http2Nano.Forms;
using Http2Nano.Json;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// <c>/api/certificate</c>: <c>GET</c> tells about the certificate that https is served with, <c>POST</c> takes another one with
    /// its key as a form, and <c>POST /api/certificate/new</c> makes one, where the board can. No address gives a key back.
    /// </summary>
    /// <remarks>
    /// Statuses of a change: 202 when it is stored, and https begins anew with it; 413, 422 (both with the reason as detail), 503
    /// (another one is arriving, or the heap is full), and 507 leave the old one. Changes are rare, so all of it may allocate.
    /// </remarks>
    public sealed class CertificateRoutes : DashboardPart
    {
        private const string Path = "/api/certificate";
        private const string MakePath = "/api/certificate/new";

        // Names that are told: a certificate for more is one for a company.
        private const int MostNames = 8;

        // No text of this many names, and two of whose it is, is longer; else the names are left out.
        private const int LongestText = 3072;

        private readonly CertificateControl _control;
        private DashboardApplication _application;
        private JsonWriter _writer;

        // While one arrives.
        private CertificateForm _form;

        // What is told, until it changes: the hash of a certificate takes the platform a while.
        private byte[] _told;
        private int _toldOrigin;

        /// <summary>Makes the routes, which take about 1 KB, and more while somebody uploads.</summary>
        /// <param name="control">The board's certificate.</param>
        public CertificateRoutes(CertificateControl control)
        {
            _control = control;
        }

        /// <inheritdoc/>
        public override string Features
        {
            get { return _control.CanMake ? "\"certificate\",\"newcertificate\"" : "\"certificate\""; }
        }

        /// <inheritdoc/>
        public override void Map(DashboardApplication application)
        {
            _application = application;
            application.Router.MapGet(Path, Get);
            application.Router.MapStream(HttpMethod.Post, Path, Upload);
            if (_control.CanMake)
            {
                application.Router.MapPost(MakePath, Make);
            }

            application.GuardChanges(Path);
        }

        /// <summary>Takes what has arrived.</summary>
        /// <returns>The status, with <paramref name="fault"/> as its reason.</returns>
        internal int Take(byte[] bytes, int count, out string fault)
        {
            CertificatePair pair = CertificatePair.Read(bytes, count, _control.Now);
            fault = pair.Fault ?? _control.Refuse(pair);
            if (fault != null)
            {
                return 422;
            }

            if (!_control.Keep(pair))
            {
                return 507;
            }

            _told = null;
            _application.Log.Warn("The certificate was replaced; https begins anew");
            return 202;
        }

        /// <summary>The form that has arrived last has been read, or is given up.</summary>
        internal void Done()
        {
            _form = null;
        }

        private void Get(HttpRequest request, HttpResponse response)
        {
            int origin = _control.Origin;
            if (_told == null || _toldOrigin != origin)
            {
                _told = Tell(origin);
                _toldOrigin = origin;
            }

            response.AddHeader("content-type", "application/json");
            response.AddHeader("cache-control", "no-store");
            response.SetBody(_told, 0, _told.Length);
        }

        private void Upload(HttpRequest request, HttpResponse response)
        {
            if (_form != null)
            {
                Problem.Write(response, 503);
                return;
            }

            int field = request.Headers.Find(FieldName.ContentLength);
            try
            {
                _form = new CertificateForm(this, _control.Longest, field < 0 ? -1 : request.Headers.ParseNumber(field));
            }
            catch (OutOfMemoryException)
            {
                Problem.Write(response, 503, Encoding.UTF8.GetBytes("The heap has no room for it at present."));
                return;
            }

            // It is gone already where the whole form has come with the request.
            CertificateForm form = _form;
            form.Handle(request, response);
            if (!form.IsBusy)
            {
                _form = null;
            }
        }

        private void Make(HttpRequest request, HttpResponse response)
        {
            if (!_control.Make())
            {
                Problem.Write(response, 507);
                return;
            }

            _told = null;
            _application.Log.Warn("A certificate was made; https begins anew");
            response.Status = 202;
        }

        private byte[] Tell(int origin)
        {
            CertificateFacts facts = _control.Read();
            _writer = new JsonWriter();
            byte[] buffer = new byte[LongestText];
            int length = Tell(buffer, origin, facts, MostNames);
            if (_writer.Overflowed)
            {
                length = Tell(buffer, origin, facts, 0);
            }

            _writer = null;
            byte[] told = new byte[length];
            Array.Copy(buffer, told, length);
            return told;
        }

        private int Tell(byte[] buffer, int origin, CertificateFacts facts, int mostNames)
        {
            _writer.Begin(buffer, 0, buffer.Length);
            _writer.BeginObject();
            Member("origin", origin == CertificateControl.Made ? "made" : origin == CertificateControl.Uploaded ? "uploaded" : origin == CertificateControl.Provisioned ? "provisioned" : "none");
            _writer.Member(Encoding.UTF8.GetBytes("longest"), _control.Longest);
            if (facts != null)
            {
                Member("subject", facts.Subject);
                Member("issuer", facts.Issuer);
                Name("selfSigned");
                _writer.Value(facts.IsSelfSigned);
                _writer.Member(Encoding.UTF8.GetBytes("from"), facts.NotBefore);
                _writer.Member(Encoding.UTF8.GetBytes("to"), facts.NotAfter);
                Member("fingerprint", facts.Fingerprint);
                Name("names");
                _writer.BeginArray();
                string[] names = facts.Names(mostNames);
                for (int i = 0; i < names.Length; i++)
                {
                    _writer.Value(names[i]);
                }

                _writer.EndArray();
            }

            _writer.EndObject();
            return _writer.End();
        }

        private void Member(string name, string value)
        {
            Name(name);
            _writer.Value(value);
        }

        private void Name(string name)
        {
            _writer.Name(Encoding.UTF8.GetBytes(name));
        }
    }
}
