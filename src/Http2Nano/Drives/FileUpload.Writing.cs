using System;
using System.IO;
using Http2Nano.Fields;
using Http2Nano.Forms;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Drives
{
    // The part that writes: the raw body and the file of a form go the same way.
    public partial class FileUpload
    {
        private const string DriveFails = "The drive is full, or cannot be written.";
        private const string OtherDigest = "The content does not have this digest.";
        private const string IsFolder = "A folder has this name.";
        private const string NoFile = "The form has no file.";
        private const string TwoFiles = "The form has more than one file.";

        // Begins the file. Each of these methods fails the upload instead of throwing.
        private void Open()
        {
            try
            {
                if (_drive.HasFolder(_target))
                {
                    Fail(409, IsFolder);
                    return;
                }

                _isNew = !_drive.Exists(_target);
                _file.Begin(_target);
                _open = true;
                Begin();
            }
            catch (Exception exception)
            {
                Fail(StatusOf(exception), DriveFails);
            }
        }

        private void Write(byte[] bytes, int offset, int count)
        {
            if (_failed != 0)
            {
                return;
            }

            if (count > LongestFile - _file.Length)
            {
                Fail(413, null);
                return;
            }

            try
            {
                if (!Take(bytes, offset, count))
                {
                    Fail(422, Fault);
                    return;
                }

                _digest.Append(bytes, offset, count);
                _file.Write(bytes, offset, count);
            }
            catch (Exception exception)
            {
                Fail(StatusOf(exception), DriveFails);
            }
        }

        // All has arrived: checks it and puts it in its place.
        private void Finish()
        {
            if (_failed != 0)
            {
                return;
            }

            try
            {
                if (!_digest.Matches())
                {
                    Fail(400, OtherDigest);
                    return;
                }

                Stream written = _file.Finish();
                bool good;
                try
                {
                    good = Accept(written);
                }
                finally
                {
                    written.Close();
                }

                if (!good)
                {
                    Fail(422, Fault);
                    return;
                }

                Replacing();
                try
                {
                    _file.Replace();
                    _open = false;
                }
                finally
                {
                    Replaced();
                }
            }
            catch (Exception exception)
            {
                Fail(StatusOf(exception), DriveFails);
            }
        }

        private void Fail(int status, string detail)
        {
            if (_failed != 0)
            {
                return;
            }

            _failed = status;
            Fault = detail;
            Abandon();
            if (_form.IsBusy)
            {
                _form.End(status, detail == null ? null : Encoding.UTF8.GetBytes(detail));
            }
            else
            {
                Complete();
            }
        }

        private void Abandon()
        {
            if (_open)
            {
                _open = false;
                _file.Abandon();
            }
        }

        private void Complete()
        {
            HttpResponse response = _response;
            if (response != null)
            {
                _response = null;
                Answer(response);
                response.Complete();
            }
        }

        private void Answer(HttpResponse response)
        {
            if (_failed != 0)
            {
                Problem.Write(response, _failed, Fault == null ? null : Encoding.UTF8.GetBytes(Fault));
            }
            else if (_navigates)
            {
                response.Headers.Add(FieldName.Location, Next);
                response.Status = 303;
            }
            else
            {
                response.Status = _isNew ? 201 : 204;
            }
        }

        // What the drive cannot do is the drive's; everything else is a mistake of the application.
        private static int StatusOf(Exception exception)
        {
            return exception is IOException ? 507 : 500;
        }

        // The file of a form, or the base of a body that is the file.
        private class PartBody : BodySink
        {
            private readonly FileUpload _upload;

            internal PartBody(FileUpload upload)
            {
                _upload = upload;
            }

            protected FileUpload Upload
            {
                get { return _upload; }
            }

            public override int Room(int key)
            {
                return int.MaxValue;
            }

            public override void Write(int key, byte[] buffer, int offset, int count)
            {
                _upload.Write(buffer, offset, count);
            }

            public override void Close(int key, bool complete)
            {
            }
        }

        private sealed class RawBody : PartBody
        {
            internal RawBody(FileUpload upload)
                : base(upload)
            {
            }

            public override void Close(int key, bool complete)
            {
                Upload._reading = false;
                if (complete)
                {
                    Upload.Finish();
                }
                else
                {
                    Upload.Abandon();
                }

                Upload.Complete();
            }
        }

        // The file of a form. Other fields of the form are left alone.
        private sealed class Receiver : FormReceiver
        {
            private readonly FileUpload _upload;
            private readonly PartBody _part;
            private bool _taken;

            internal Receiver(FileUpload upload)
            {
                _upload = upload;
                _part = new PartBody(upload);
            }

            public override BodySink BeginPart(MultipartForm form)
            {
                _taken &= form.Part != 0;
                if (form.FileNameCount < 0)
                {
                    return form.Nowhere;
                }

                if (_taken)
                {
                    _upload.Fail(400, TwoFiles);
                    return form.Nowhere;
                }

                _taken = true;
                _upload.Open();
                return _part;
            }

            public override void Complete(MultipartForm form, HttpResponse response)
            {
                if (form.Part < 0 || !_taken)
                {
                    _upload.Fail(400, NoFile);
                }

                _taken = false;
                _upload.Finish();
                if (_upload._failed == 0)
                {
                    _upload.Answer(response);
                }
            }

            public override void Fail(MultipartForm form, int status)
            {
                _taken = false;
                _upload.Abandon();
            }
        }
    }
}
