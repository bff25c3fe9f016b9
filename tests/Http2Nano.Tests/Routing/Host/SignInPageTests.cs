using System;
using System.Security.Cryptography;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing.Host
{
    [TestClass]
    public class SignInPageTests
    {
        [TestMethod]
        public void The_policy_of_the_page_allows_its_style_and_nothing_else()
        {
            Router router = new Router();
            router.MapSignIn(new SignIn("/sign-in", "lab", new HashedSecrets(string.Empty), new TestClock()));
            var reply = new RouterPeer(router).Get("/sign-in");
            string page = reply.BodyText;
            string style = page.Substring(page.IndexOf("<style>") + 7, page.IndexOf("</style>") - page.IndexOf("<style>") - 7);
            string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
            Assert.AreEqual(
                "default-src 'none'; style-src 'sha256-" + hash + "'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                reply.Field("content-security-policy"));
        }
    }
}
