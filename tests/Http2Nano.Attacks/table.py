#!/usr/bin/env python3
"""Writes the measured part of tests/attacks.md from what the attack tests print.

    dotnet test tests/Http2Nano.Attacks --logger "console;verbosity=detailed" > log
    tests/Http2Nano.Attacks/table.py log > tests/attacks.md
"""
import os
import re
import sys

GROUPS = {
    "FrameFloods": "Floods of frames",
    "FieldBombs": "Field sections",
    "Stalls": "Slow clients",
    "Http1Floods": "HTTP/1.1",
}

# By the first reference or name that matches: what others do, what this server does.
LIMITS = [
    ("CVE-2023-44487", "nghttp2: 1,000 resets, 33 a second; h2 (Rust): 20 pending; nginx: 128 streams, 1,000 requests", "a reset of a request that is not answered costs 4 of 400 glitches, 100 come back a second"),
    ("MadeYouReset", "h2 (Rust): 1,024 resets of its own", "as above, whoever caused the reset"),
    ("CVE-2019-9512", "nghttp2: 1,000 answers waiting; Envoy: 1,000", "four with each answer are free, then 1 of 400 glitches each; nothing is read without room for the reply"),
    ("CVE-2019-9515", "nghttp2: 1,000 answers waiting, 32 entries a frame; Envoy: 1,000", "1 of 400 glitches a frame and an entry"),
    ("CVE-2019-9514", "Envoy: 1,000 answers waiting", "4 of 400 glitches each; 1 where the stream is over"),
    ("CVE-2019-9513", "Envoy: 100 a stream", "1 of 400 glitches each"),
    ("CVE-2015-8659", "Envoy: 100 PRIORITY frames a stream", "no tree: a number for each stream; 1 of 400 glitches each"),
    ("CVE-2019-9511", "Envoy: 10 updates for each DATA frame", "two with each DATA frame are free, then 1 of 400 glitches each; a stream without window is given 10 s; gives way when others wait"),
    ("CVE-2019-9518", "Envoy: 1 empty frame in a row", "1 of 400 glitches for a frame of less than 8 octets"),
    ("VU#421644", "nghttp2: 8 CONTINUATION frames", "1 of 400 glitches each, 10 s for a field section; nothing is gathered"),
    ("CVE-2016-6581", "Kestrel: 32 KB; nginx: 32 KB; Go: 1 MB", "8 KB, values are not expanded; 431, a glitch for each 512 octets, and the table stays right"),
    ("CVE-2026-", "Kestrel: 100 fields; Apache: 100", "64 fields; 431, and a glitch for each 512 octets"),
    ("CVE-2019-9516", "nghttp2: 64 KB of fields; Envoy: 60 KB", "malformed: a reset, 4 of 400 glitches"),
    ("CVE-2016-1546", "nginx: 60 s between two writes; Kestrel: 240 octets a second", "10 s; no buffer for each stream; gives way when others wait"),
    ("Slowloris", "nginx: 60 s; Apache: 20 to 40 s, 500 octets a second; Kestrel: 30 s", "10 s for a field section, 5 s for the first octets; gives way when others wait"),
    ("slow POST", "nginx: 60 s between two reads; Apache: 20 s, 500 octets a second; Kestrel: 240 octets a second", "10 s between two octets; gives way when others wait"),
    ("CVE-2023-39326", "Go: 16 KB of overhead", "a bounded allowance for extensions"),
    ("RFC 9113 6.5.3", "few have a limit", "10 s"),
    ("RFC 9113 9.1", "nginx: 75 s; Kestrel: 130 s", "30 s; at once when others wait"),
    ("RFC 9112 9.8", "nginx: 75 s; Kestrel: 130 s", "30 s; at once when others wait"),
    ("RFC 6585 5", "nginx: 4 x 8 KB; Kestrel: 32 KB, 100 fields", "8 KB, 64 fields"),
    ("RFC 9112 3", "nginx: 8 KB; Kestrel: 8 KB", "what fits into the exchange"),
    ("one connection at a time", "thousands of connections", "gives way when others wait"),
]
DEFAULT = ("as the standard says", "as the standard says")


def scripts(folder):
    for name, title in GROUPS.items():
        text = open(f"{folder}/Scripts/{name}.cs", encoding="utf-8").read()
        for match in re.finditer(r'new\("([^"]+)", "([^"]+)"', text):
            yield title, match.group(1), match.group(2)


def longest(match):
    wait = max(float(match[2]), float(match[3])) if match else 0
    return f"{wait:.2f} s" if wait <= 2 else f"**{wait:.2f} s**"


def main():
    folder = re.sub(r"/[^/]*$", "", sys.argv[0]) if "/" in sys.argv[0] else "."
    names = sorted((name for _, name, _ in scripts(folder)), key=len, reverse=True)
    pattern = "(" + "|".join(map(re.escape, names)) + ")"
    engine, loop, places, cost, honest = {}, {}, {}, {}, []
    for line in open(sys.argv[1], encoding="utf-8"):
        line = line.strip()
        if m := re.match(pattern + r": (.*); (ended|open) after (\d+) octets, (\d+) ms; held (\d+) to (\d+); allocated (\d+)", line):
            engine.setdefault(m[1], m)
        elif m := re.match(pattern + r": .*; honest clients waited ([\d.]+) s \(HTTP/1.1\) and ([\d.]+) s \(HTTP/2\), afterwards ([\d.]+) s; held (\d+), (\d+), (\d+)", line):
            loop[m[1]] = m
        elif m := re.match(pattern + r" \(4 places\): .*; honest clients waited ([\d.]+) s \(HTTP/1.1\) and ([\d.]+) s \(HTTP/2\)", line):
            places[m[1]] = m
        elif m := re.match(r"honest: (.+): ([\d.]+) operations an octet", line):
            honest.append((m[1], float(m[2])))
        elif m := re.match(pattern + r": ([\d.]+) operations an octet; honest", line):
            cost[m[1]] = float(m[2])
    tests = open(os.path.join(os.path.dirname(__file__), "Costs", "CostTests.cs"), encoding="utf-8").read()
    most = max([int(re.search(r" Most = (\d+);", tests)[1])] + [value for _, value in honest])
    held = next(iter(loop.values()))[5]
    print(HEAD.format(
        held=f"{int(held):,}",
        most=f"{most:.0f}",
        honest=", ".join(f"{name} {value:.0f}" for name, value in honest)))
    title = None
    for group, name, reference in scripts(folder):
        if group != title:
            title = group
            print(f"\n## {title}\n\n| attack | described in | others | here | answer | ended after | work | honest clients waited | with 4 places |\n|---|---|---|---|---|---|---|---|---|")
        others, here = next(((o, h) for key, o, h in LIMITS if key in reference), DEFAULT)
        e, l = engine.get(name), loop.get(name)
        answer = e[2] if e else "?"
        end = "" if not e else f"{int(e[4]):,} octets, {int(e[5]) / 1000:.1f} s" if e[3] == "ended" else "stays while nobody waits"
        work = cost.get(name, 0)
        slow = title == "Slow clients"
        work = "" if slow else f"{work:.0f}" if work <= most else f"**{work:.0f}**"
        wait = longest(l)
        print(f"| {name} | {reference} | {others} | {here} | {answer} | {end} | {work} | {wait} | {longest(places.get(name))} |")


HEAD = """# What attackers get

Each row is a script of `Http2Nano.Attacks`, played on the engine with simulated time and on the running server over
loopback, where it begins anew as soon as it is thrown out, while honest clients ask for a page. Default limits, and a MaximumTurn of a
second: with 10 seconds, the default, a client that moves much without end holds others for that long, once.

- **Memory**: {held} bytes (by the device's rules, the thread and constants not counted) before, during and after each of
  them, and nothing allocated.
- **answer, ended after**: on the engine alone, at a megabyte a second. While others wait, the connection gate is faster.
- **work**: IL operations for each octet received; a device's time is proportional to them. Honest clients, for comparison:
  {honest}. {most} are allowed. Slow clients cost time, not work.
- **honest clients waited**: the longer of a request over HTTP/1.1 and one over HTTP/2, connecting included. 2 s are allowed.
- **with 4 places**: the same where four connections are served at once (`HttpServerOptions.Connections`).
- **others**: defaults of other servers, from their documentation.

What is **bold** is beyond its limit. `table.py` beside the scripts writes this file from the output of the tests."""

if __name__ == "__main__":
    main()
