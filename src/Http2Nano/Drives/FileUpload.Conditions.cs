using System;
using System.IO;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Drives
{
    // The part that decides whether the file that is there may be replaced (RFC 9110 13.1). It is decided before the body is read.
    public partial class FileUpload
    {
        private static bool IsConditional(HeaderList fields)
        {
            return fields.Find(FieldName.IfMatch) >= 0
                || fields.Find(FieldName.IfNoneMatch) >= 0
                || fields.Find(FieldName.IfUnmodifiedSince) >= 0;
        }

        // If not, the response is made.
        private bool HoldsConditions(HttpRequest request, HttpResponse response, string target)
        {
            bool holds;
            try
            {
                holds = Holds(request, response, target);
            }
            catch (Exception exception)
            {
                Problem.Write(response, StatusOf(exception), Encoding.UTF8.GetBytes(DriveFails));
                return false;
            }

            if (!holds)
            {
                Problem.Write(response, 412);
            }

            return holds;
        }

        private bool Holds(HttpRequest request, HttpResponse response, string target)
        {
            Stream old = _drive.Open(target);
            if (old == null)
            {
                // RFC 9110 13.1.1: no file matches; 13.1.2: so none matches that must not.
                return request.Headers.Find(FieldName.IfMatch) < 0;
            }

            int length = (int)old.Length;
            old.Close();
            if (_conditions == null)
            {
                _conditions = new FileConditions();
            }

            _conditions.Use(length, _drive.Time(target));
            _conditions.Find(request);
            return _conditions.Decide(request, response) == RequestConditions.Met;
        }
    }
}
