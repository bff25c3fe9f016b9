using System;
using Http2Nano.Messages;
using Http2Nano.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class RoutePatternTests
    {
        [TestMethod]
        [DataRow("")]
        [DataRow("a")]
        [DataRow("a/b")]
        [DataRow("/a//b")]
        [DataRow("//")]
        [DataRow("/a?b")]
        [DataRow("/a#b")]
        [DataRow("/a b")]
        [DataRow("/a\\b")]
        [DataRow("/a%20b")]
        [DataRow("/./a")]
        [DataRow("/a/..")]
        [DataRow("/a/../b")]
        [DataRow("/{")]
        [DataRow("/{}")]
        [DataRow("/{*}")]
        [DataRow("/{a")]
        [DataRow("/a}")]
        [DataRow("/{a}b")]
        [DataRow("/b{a}")]
        [DataRow("/{a}{b}")]
        [DataRow("/{a b}")]
        [DataRow("/{**a}")]
        [DataRow("/*")]
        [DataRow("/{*a}/b")]
        [DataRow("/{a}/{a}")]
        [DataRow("/{a}/{*a}")]
        [DataRow("/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}")]
        public void Malformed_patterns_are_refused(string pattern)
        {
            Refused(new Router(), HttpMethod.Get, pattern);
        }

        [TestMethod]
        public void No_pattern_is_refused()
        {
            Refused(new Router(), HttpMethod.Get, null);
        }

        [TestMethod]
        [DataRow("/a", "/a")]
        [DataRow("/", "/")]
        [DataRow("/a/{x}", "/a/{x}")]
        [DataRow("/a/{x}", "/a/{y}")]
        [DataRow("/{x}/b/{y}", "/{p}/b/{q}")]
        [DataRow("/a/{*x}", "/a/{*y}")]
        public void Routes_for_the_same_paths_are_refused(string first, string second)
        {
            Router router = new Router();
            router.MapGet(first, TestRoutes.Nothing);
            router.MapPost(second, TestRoutes.Nothing);
            Refused(router, HttpMethod.Get, second);
            Refused(router, HttpMethod.Post, first);
            router.MapPut(first, TestRoutes.Nothing);
        }

        [TestMethod]
        public void Different_paths_are_not_ambiguous()
        {
            Router router = new Router();
            router.MapGet("/a/{x}", TestRoutes.Nothing);
            router.MapGet("/a/{*x}", TestRoutes.Nothing);
            router.MapGet("/a/", TestRoutes.Nothing);
            router.MapGet("/a/b", TestRoutes.Nothing);
            router.MapGet("/a/{x}/", TestRoutes.Nothing);
            router.MapGet("/ä/ö", TestRoutes.Nothing);
        }

        [TestMethod]
        public void Methods_that_cannot_be_mapped_are_refused()
        {
            Router router = new Router();
            Refused(router, HttpMethod.Other, "/");
            Refused(router, HttpMethod.Connect, "/");
            Refused(router, HttpMethod.Trace, "/");
            bool thrown = false;
            try
            {
                router.Map("BREW", "/", TestRoutes.Nothing);
            }
            catch (ArgumentException)
            {
                thrown = true;
            }

            Assert.IsTrue(thrown, "BREW");
            router.Map("PATCH", "/", TestRoutes.Nothing);
        }

        [TestMethod]
        public void Nothing_is_mapped_once_requests_are_answered()
        {
            Router router = new Router();
            router.MapGet("/", TestRoutes.Nothing);
            new RouterPeer(router).Get("/");
            bool thrown = false;
            try
            {
                router.MapGet("/a", TestRoutes.Nothing);
            }
            catch (InvalidOperationException)
            {
                thrown = true;
            }

            Assert.IsTrue(thrown);
        }

        private static void Refused(Router router, HttpMethod method, string pattern)
        {
            try
            {
                router.Map(method, pattern, TestRoutes.Nothing);
            }
            catch (ArgumentException e)
            {
                Assert.IsTrue(e.Message.Length > 20, "The message says nothing.");
                return;
            }

            Assert.IsTrue(false, "The pattern was taken: " + pattern);
        }
    }
}
