using Http2Nano.Messages;

namespace Http2Nano.Forms
{
    /// <summary>What an application does with the parts of a <see cref="MultipartForm"/> as they arrive.</summary>
    /// <remarks>All methods are called on the server's thread and must not block.</remarks>
    public abstract class FormReceiver
    {
        /// <summary>
        /// The fields of a part are complete and its content is to come: decides where that goes. The part is described by
        /// <see cref="MultipartForm.Part"/>, <see cref="MultipartForm.NameEquals"/>, <see cref="MultipartForm.FileName"/> and
        /// <see cref="MultipartForm.ContentType"/>.
        /// </summary>
        /// <param name="form">The form.</param>
        /// <returns>
        /// What takes the content; its key is the number of the part. <see cref="MultipartForm.Nowhere"/> drops the content. Null
        /// gathers it as a plain field, to be found by its name when the form is complete.
        /// </returns>
        public abstract BodySink BeginPart(MultipartForm form);

        /// <summary>The whole form has arrived: answers the request.</summary>
        /// <param name="form">The form, with its plain fields.</param>
        /// <param name="response">The response to fill. It is completed when this method returns.</param>
        public abstract void Complete(MultipartForm form, HttpResponse response);

        /// <summary>
        /// The form will never be complete. The sink of the part that was under way has been closed; what parts before it have left
        /// is to be undone here.
        /// </summary>
        /// <param name="form">The form.</param>
        /// <param name="status">The status of the response, which is made already; 0 when the client is gone.</param>
        public virtual void Fail(MultipartForm form, int status)
        {
        }
    }
}
