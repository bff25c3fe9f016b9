using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>What boards/README.md quotes in its table of troubles is what the sources say.</summary>
    [TestClass]
    public class TroubleTableTests
    {
        // What the platform says, not the application.
        private static readonly string[] s_platform = { "No free sockets", "Couldn't find a valid target" };

        private static readonly string s_root = typeof(TroubleTableTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value;

        [TestMethod]
        public void Quotes_what_the_sources_say()
        {
            string readme = File.ReadAllText(Path.Combine(s_root, "boards", "README.md"));
            string table = readme.Substring(readme.IndexOf("## When it does not work", StringComparison.Ordinal));
            string[] quotes = Regex.Matches(table, "^\\| ([^|]*) \\|", RegexOptions.Multiline).SelectMany(row => Regex.Matches(row.Groups[1].Value, "\"([^\"]+)\""))
                .Select(quote => quote.Groups[1].Value).Except(s_platform).ToArray();
            Assert.IsGreaterThanOrEqualTo(8, quotes.Length, string.Join(", ", quotes));
            string[] sentences = Sentences().ToArray();
            string[] unsaid = quotes.Where(quote => !sentences.Any(sentence => Holds(sentence, quote))).ToArray();
            Assert.IsEmpty(unsaid, "Nobody says: " + string.Join(", ", unsaid));
        }

        [TestMethod]
        public void Knows_a_sentence_from_another()
        {
            Assert.IsTrue(Sentences().Any(sentence => Holds(sentence, "The Wi-Fi … refuses the stored password")));
            Assert.IsFalse(Sentences().Any(sentence => Holds(sentence, "The Wi-Fi … declines the stored password")));
        }

        // Literals with what is put between them, which is what … stands for.
        private static IEnumerable<string> Sentences()
        {
            string literal = "\"(?:\\\\.|[^\"\\\\\\n])*\"";
            string[] folders = { Path.Combine(s_root, "boards", "Device"), Path.Combine(s_root, "src", "Http2Nano", "Hosting") };
            foreach (string file in folders.SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)))
            {
                foreach (Match chain in Regex.Matches(File.ReadAllText(file), literal + "(?:[^\";]*" + literal + ")*"))
                {
                    yield return string.Join(" ", Regex.Matches(chain.Value, literal).Select(l => l.Value.Substring(1, l.Value.Length - 2)));
                }
            }
        }

        private static bool Holds(string sentence, string quote)
        {
            return Regex.IsMatch(sentence, string.Join(".*", quote.Split('…').Select(part => Regex.Escape(part.Trim()))));
        }
    }
}
