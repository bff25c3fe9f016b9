using System;
using System.Text;
using Http2Nano.Forms;
using Http2Nano.Messages;

namespace Http2Nano.Tests.Forms
{
    /// <summary>A receiver that writes down what it is told: files go to a sink that does the same.</summary>
    public class NotingReceiver : FormReceiver
    {
        private readonly NotingSink _sink;
        private readonly StringBuilder _notes = new StringBuilder();

        /// <summary>Makes one that has noted nothing.</summary>
        public NotingReceiver()
        {
            _sink = new NotingSink(_notes);
        }

        /// <summary>What happened, in the order in which it happened.</summary>
        public string Notes
        {
            get { return _notes.ToString(); }
        }

        /// <summary>How many octets the sink has room for.</summary>
        public int SinkRoom
        {
            get { return _sink.Capacity; }
            set { _sink.Capacity = value; }
        }

        /// <summary>Files are dropped.</summary>
        public bool DropsFiles { get; set; }

        /// <summary>Throws when a part begins.</summary>
        public bool ThrowsAtPart { get; set; }

        /// <summary>Throws when the form is complete.</summary>
        public bool ThrowsAtEnd { get; set; }

        /// <summary>Throws when the form is complete and has been answered.</summary>
        public bool ThrowsBehindAnswer { get; set; }

        /// <summary>Refuses the form with this status when it is complete and has been answered.</summary>
        public int RefusesBehindAnswer { get; set; }

        /// <summary>Refuses the form with this status when its second part begins.</summary>
        public int RefusesWith { get; set; }

        /// <summary>The sink throws when it is written to.</summary>
        public bool SinkThrows
        {
            get { return _sink.Throws; }
            set { _sink.Throws = value; }
        }

        /// <summary>Forgets what was noted.</summary>
        public void Forget()
        {
            _notes.Clear();
        }

        /// <inheritdoc/>
        public override BodySink BeginPart(MultipartForm form)
        {
            if (ThrowsAtPart)
            {
                throw new InvalidOperationException();
            }

            if (RefusesWith != 0 && form.Part == 1)
            {
                form.End(RefusesWith);
                return null;
            }

            if (form.FileNameCount < 0)
            {
                return null;
            }

            _notes.Append("[").Append(form.Name).Append("|").Append(form.FileName).Append("|").Append(form.ContentType ?? "-").Append(":");
            return DropsFiles ? form.Nowhere : _sink;
        }

        /// <inheritdoc/>
        public override void Complete(MultipartForm form, HttpResponse response)
        {
            if (ThrowsAtEnd)
            {
                throw new InvalidOperationException();
            }

            response.AddHeader("x-note", "noted");
            response.Write(_notes.ToString());
            response.Write("a=" + (form.GetValue("a") ?? "-") + " b=" + (form.GetValue("b") ?? "-"));
            if (RefusesBehindAnswer != 0)
            {
                form.End(RefusesBehindAnswer);
            }

            if (ThrowsBehindAnswer)
            {
                throw new InvalidOperationException();
            }
        }

        /// <inheritdoc/>
        public override void Fail(MultipartForm form, int status)
        {
            _notes.Append("failed " + status);
        }

        private sealed class NotingSink : BodySink
        {
            private readonly StringBuilder _notes;

            internal int Capacity = int.MaxValue;
            internal bool Throws;

            internal NotingSink(StringBuilder notes)
            {
                _notes = notes;
            }

            public override int Room(int key)
            {
                return Capacity;
            }

            public override void Write(int key, byte[] buffer, int offset, int count)
            {
                if (Throws)
                {
                    throw new InvalidOperationException();
                }

                _notes.Append(Encoding.UTF8.GetString(buffer, offset, count));
            }

            public override void Close(int key, bool complete)
            {
                _notes.Append(complete ? "]" : "!");
            }
        }
    }
}
