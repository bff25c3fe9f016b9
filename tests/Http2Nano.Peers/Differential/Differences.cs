using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Http2Nano.Peers.Differential;

/// <summary>Where this server answers otherwise than Kestrel, and why.</summary>
internal static class Differences
{
    private static readonly List<(string Names, string Ours, string Why)> s_all =
    [
        // What the two applications, not the servers, were told to do.
        (@"^HEAD /api/bytes/3$", "200", "RFC 9110 9.3.2: HEAD is answered like GET; Kestrel's route was mapped for GET alone."),
        (@"^(POST|PUT|DELETE|PATCH) /style\.css$", "405", "RFC 9110 15.5.6: a known resource, a method that it has not; Kestrel's files are not part of its routes."),
        (@"^target '/api/bytes/(-1|x|99999999999)'$", "400", "RFC 9110 15.5.1: a number was wanted; Kestrel's route does not match, or fails."),
        (@"^target '/(api/bytes/3/|API/bytes/3)'$", "404", "RFC 3986 6.2.2.1, 3.3: paths are compared with regard to case and to the last solidus."),
        (@"^target '/(%2e%2e/|\.\./|\./|/)'$", "404", "RFC 3986 5.2.4: dot segments are removed by clients; here nothing is normalised, so nothing is served by two names."),

        (@"^(TRACE|get|UNKNOWN) ", "501", "RFC 9110 9.1, 15.6.2: a method that the server does not implement, for any resource; methods are compared with regard to case."),
        (@"^OPTIONS ", "204", "RFC 9110 9.3.7: OPTIONS is answered, with Allow."),
        (@"^target '\*'$", "400", "RFC 9112 3.2.4: the asterisk-form is for OPTIONS alone."),
        (@"^CONNECT$", "501", "RFC 9110 9.3.6, 15.6.2: there are no tunnels here."),
        (@"^expect wonders$", "417", "RFC 9110 10.1.1: an expectation that nobody meets."),

        (@"^version 'HTTP/1\.[29]'$", "200", "RFC 9110 2.5: a higher minor version is answered as the highest that is known."),
        (@"^version '(HTTP/11|HTTP/1\.|http/1\.1|Http/1\.1|HTTP/A\.B)'$", "400", "RFC 9112 2.3: no HTTP-version at all, which is a syntax error and not another version."),

        (@"^target '/api/bytes/3#f'$", "400", "RFC 9112 3.2: a request target has no fragment."),
        (@"^target '/%(zz)?'$", "400", "RFC 3986 2.1: broken percent-encoding."),
        (@"^target '/[\x01\x7f]'$", "400", "RFC 9112 3.2: control octets are no part of a target."),
        (@"^target 'HTTP://PEER/", "200", "RFC 3986 3.1: schemes are compared without regard to case; RFC 9112 3.2.2: Host is ignored then."),
        (@"^target 'https://peer/'$", "421", "RFC 9110 7.4: the other scheme is not this port's to answer."),
        (@"^target '(peer:80|index\.html)'$", "400", "RFC 9112 3.2: not a form of target that the method has; that comes before whether the path has it."),

        (@"^host 'Host: (peer:|a,b|pe%65r)\\r\\n'$", "200", "RFC 3986 3.2.2, 3.2.3: an empty port, sub-delims and percent-encoding are right in an authority."),
        (@"^host 'Host: ?\\r\\n'$", "400", "RFC 9110 4.2.1, RFC 9112 3.3: an http URI has a host, and a request without one MAY be rejected; HTTP/2 gives the same answer."),
        (@"^name 'X[(""/\x01]", "400", "RFC 9110 5.1, 5.6.2: a field name is a token."),
        (@"^value 'v[\x01\x7f]w'$", "400", "RFC 9110 5.5: control octets are invalid in a value; keeping them is only allowed where it is safe."),
        (@"^value 'v\u00e9'$", "200", "RFC 9110 5.5: obs-text is opaque data."),

        (@"^length '\+5'$", "400", "RFC 9110 8.6: digits and nothing else."),
        (@"^length '\d{19,}'$", "413", "RFC 9110 8.6, 15.5.14: a right number, too large for this server."),
        (@"^coding '(gzip|identity), chunked'$", "501", "RFC 9112 6.1: a coding that is not understood SHOULD get 501."),
        (@"^coding 'chunked(, chunked|\\r\\nTransfer-Encoding: chunked)'$", "400", "RFC 9112 6.1: chunked MUST NOT be applied twice."),
        (@"^coding 'chunked\\r\\nContent-Length: ", "400", "RFC 9112 6.1, 6.3: both fields MAY be refused, against request smuggling."),
        (@"^coding '(chunked,|,chunked)'$", "400", "RFC 9112 6.3 (4), 11.2: RFC 9110 5.6.1.2 would have the empty element ignored, but servers disagree whether chunked is the final coding then, so the length is not reliable: 400."),
        (@"^chunks ", "200!", "RFC 9112 8: the echo had begun when the body turned out to be broken, so it is broken off; Kestrel's had not begun."),

        (@"^ten empty lines first$", "400", "RFC 9112 2.2: at least one empty line is ignored, but not any number."),
        (@"bare (line feed|carriage)", "400", "RFC 9112 2.2: a line feed alone MAY be taken for a line's end; here it is not, against request smuggling."),
    ];

    /// <summary>The clause that justifies a difference, or null.</summary>
    public static string? Reason(string name, string ours)
    {
        foreach ((string names, string expected, string why) in s_all)
        {
            if (ours == expected && Regex.IsMatch(name, names))
            {
                return why;
            }
        }

        return null;
    }
}
