using Http2Nano.Messages;

namespace Http2Nano.Forms
{
    /// <summary>
    /// The application's side of a <see cref="MultipartForm"/>: decides where the content of each part goes, and answers.
    /// </summary>
    /// <remarks>All methods are called on the server's thread and must not block.</remarks>
    public abstract class FormReceiver
    {
        /// <summary>
        /// Called when the fields of a part are complete, before its content: decides where the content goes. The part is
        /// described by <see cref="MultipartForm.Part"/>, <see cref="MultipartForm.NameEquals"/>,
        /// <see cref="MultipartForm.FileName"/> and <see cref="MultipartForm.ContentType"/>.
        /// </summary>
        /// <param name="form">The form.</param>
        /// <returns>
        /// The sink for the content; its key is the number of the part. <see cref="MultipartForm.Nowhere"/> drops the
        /// content. Null keeps it as a plain field, which can be found by its name when the form is complete.
        /// </returns>
        public abstract BodySink BeginPart(MultipartForm form);

        /// <summary>Called when the whole form has arrived: answers the request.</summary>
        /// <param name="form">The form, with its plain fields.</param>
        /// <param name="response">The response to fill. The form completes it when this method returns.</param>
        public abstract void Complete(MultipartForm form, HttpResponse response);

        /// <summary>
        /// Called when the form will never be complete. The sink of the current part has been closed; the receiver undoes
        /// here what earlier parts have left.
        /// </summary>
        /// <param name="form">The form.</param>
        /// <param name="status">The status of the response, which is already made; 0 when the client is gone.</param>
        public virtual void Fail(MultipartForm form, int status)
        {
        }
    }
}
