using System;
using System.IO;
using System.Text;
using NUglify;
using NUglify.JavaScript;
using WebMarkupMin.Core;

namespace Http2Nano.Cli.Pages;

/// <summary>Makes CSS, JavaScript, HTML and SVG smaller, with the libraries NUglify and WebMarkupMin.</summary>
internal static class Minifier
{
    private static readonly UTF8Encoding s_utf8 = new(false, true);

    // Names are not shortened: gzip does that as well, without a risk.
    private static readonly CodeSettings s_script = new() { LocalRenaming = LocalRenaming.KeepAll };

    /// <summary>Makes a file smaller.</summary>
    /// <param name="path">Its path, whose extension determines its type.</param>
    /// <param name="content">Its content.</param>
    /// <param name="trouble">Why it is left unchanged, or null.</param>
    /// <returns>The new content; the same when it is of another type, cannot be parsed, or would not be smaller.</returns>
    public static byte[] Minify(string path, byte[] content, out string? trouble)
    {
        trouble = null;
        string kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is not (".css" or ".js" or ".mjs" or ".html" or ".htm" or ".svg"))
        {
            return content;
        }

        string text;
        try
        {
            text = s_utf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            trouble = "it is not in UTF-8";
            return content;
        }

        // A byte order mark is not part of the text.
        text = text.TrimStart('\uFEFF');
        string? smaller = null;
        try
        {
            smaller = kind switch
            {
                ".css" => Result(Uglify.Css(text), out trouble),
                ".js" or ".mjs" => Result(Uglify.Js(text, s_script), out trouble),
                ".svg" => Result(new XmlMinifier().Minify(text), out trouble),
                _ => Result(Uglify.Html(text), out trouble),
            };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A page that the library cannot parse is packed unchanged.
            trouble = exception.Message;
        }

        return smaller is { Length: > 0 } && s_utf8.GetByteCount(smaller) < content.Length ? s_utf8.GetBytes(smaller) : content;
    }

    private static string? Result(UglifyResult result, out string? trouble)
    {
        trouble = result.HasErrors ? result.Errors[0].Message + " in line " + result.Errors[0].StartLine : null;
        return trouble == null ? result.Code : null;
    }

    private static string? Result(MarkupMinificationResult result, out string? trouble)
    {
        trouble = result.Errors.Count != 0 ? result.Errors[0].Message : null;
        return trouble == null ? result.MinifiedContent : null;
    }
}
