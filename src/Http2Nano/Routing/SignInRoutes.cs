using System;
using Http2Nano.Access;

namespace Http2Nano.Routing
{
    /// <summary>The routes of a page that people sign in with.</summary>
    public static class SignInRoutes
    {
        /// <summary>
        /// Maps the page of a guard that people sign in with: GET gives the page, POST of its form signs in, and DELETE signs out,
        /// as does POST to the same path with <c>/out</c> behind it. <see cref="Router.Guard"/> says what it guards.
        /// </summary>
        /// <param name="router">The router.</param>
        /// <param name="signIn">The guard. The page itself is free, whatever it guards.</param>
        /// <exception cref="ArgumentException">Something is mapped there already.</exception>
        /// <exception cref="InvalidOperationException">Requests have been answered already.</exception>
        public static void MapSignIn(this Router router, SignIn signIn)
        {
            string path = signIn.Path;
            router.MapGet(path, signIn.GetPage);
            router.MapPost(path, signIn.Enter);
            router.MapDelete(path, signIn.Leave);
            router.MapPost(path + "/out", signIn.Leave);
        }
    }
}
