using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Drives;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Samples.Card
{
    /// <summary>The files of an SD card for people who sign in: a list, downloads with ranges, uploads that are whole or nothing.</summary>
    public sealed class CardApplication
    {
        private const int Readers = 4;
        private const int LongestFile = 16 * 1024 * 1024;

        /// <summary>Maps the routes.</summary>
        /// <param name="pages">The page.</param>
        /// <param name="drive">The card.</param>
        /// <param name="users">Who may see the files and write some, each as name, colon and password.</param>
        public CardApplication(StaticAssets pages, FileDrive drive, HashedSecrets users)
        {
            Router = new Router();

            // README: files begins here.
            FolderRoute files = new FolderRoute(drive, string.Empty, Readers);
            files.Lists = true;
            FileUpload upload = new FileUpload(drive, null, LongestFile);
            Router.MapGet("/files/{*path}", files.Handle);
            Router.MapStream(HttpMethod.Put, "/files/{*path}", upload.Handle);

            // README: files ends here.
            // README: sessions begins here.
            SignIn signIn = new SignIn("/sign-in", "card", users, new Clock());
            Router.MapSignIn(signIn);
            Router.Guard("/files", signIn);

            // README: sessions ends here.
            Router.MapAssets("/", pages);
        }

        /// <summary>The dispatcher for the server.</summary>
        public Router Router { get; }
    }
}
