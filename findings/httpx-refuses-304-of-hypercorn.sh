#!/usr/bin/env bash
# httpx 0.23.3 refuses a 304 of Hypercorn 0.13.2 over HTTP/2 that has a content-length, although both stand on the same h2 4.1.0 (Debian 12).
#
# A 304 has no content, and its content-length is that of the 200 (RFC 9110 8.6, 15.4.5); RFC 9113 8.1.1 excepts such responses from the
# comparison with the DATA frames. Hypercorn ends every response with an empty DATA frame, and at that frame h2 raises
# InvalidBodyLengthError; of responses to HEAD it knows that they have no content, of 304 it does not. A 304 of Node.js, whose HEADERS
# have END_STREAM, is well, and so is Hypercorn's to curl. The connection is of no use behind it: each further request of the same httpx
# client fails (known: github.com/encode/httpcore/pull/679). A server for such clients ends a 304 with its HEADERS.
set -euo pipefail
expected="httpx, Hypercorn: GET 200 7 octets, HEAD 200 0 octets, GET 304 InvalidBodyLengthError, GET 200 LocalProtocolError
httpx, Node.js: GET 200 7 octets, HEAD 200 0 octets, GET 304 0 octets, GET 200 7 octets
curl, Hypercorn: GET 304 0 octets, exit 0"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
packages=(python3-h2=4.1.0-4 python3-httpx=0.23.3-1 python3-httpcore=0.16.3-1 python3-hypercorn=0.13.2-3
  python3-hpack python3-hyperframe python3-h11 python3-anyio python3-sniffio python3-certifi python3-rfc3986 python3-idna
  python3-wsproto python3-priority python3-toml python3.11-minimal libpython3.11-minimal libpython3.11-stdlib
  curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15)
fetch() { apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)
python() { PYTHONHOME=$work/root/usr PYTHONPATH=$work/root/usr/lib/python3/dist-packages:$work PYTHONNOUSERSITE=1 exec root/usr/bin/python3.11 "$@"; }

# Both servers answer with the status of the path and a content-length of 7.
cat >app.py <<'PY'
async def app(scope, receive, send):
    if scope["type"] == "http":
        status = int(scope["path"][1:])
        await send({"type": "http.response.start", "status": status, "headers": [(b"etag", b'"1"'), (b"content-length", b"7")]})
        await send({"type": "http.response.body", "body": b"content" if status == 200 and scope["method"] == "GET" else b""})
PY
cat >server.js <<'JS'
require('node:http2').createServer().on('stream', (stream, fields) => {
  const status = Number(fields[':path'].slice(1)), none = status === 304 || fields[':method'] === 'HEAD';
  stream.respond({ ':status': status, etag: '"1"', 'content-length': 7 }, { endStream: none });
  if (!none) stream.end('content');
}).listen(Number(process.argv[2]), '127.0.0.1');
JS
cat >ask.py <<'PY'
import sys
import httpx

with httpx.Client(http1=False, http2=True) as client:
    seen = []
    for method, status in ("GET", 200), ("HEAD", 200), ("GET", 304), ("GET", 200):
        try:
            content = client.request(method, f"http://127.0.0.1:{sys.argv[1]}/{status}", headers={"if-none-match": '"1"'}).content
            seen.append(f"{method} {status} {len(content)} octets")
        except Exception as error:
            seen.append(f"{method} {status} {type(error).__name__}")
    print(", ".join(seen))
PY
free() { node -e 'const server = require("node:net").createServer().listen(0, () => { console.log(server.address().port); server.close(); })'; }
await() { until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do sleep 0.1; done; }

hypercorn=$(free)
python -m hypercorn app:app --bind "127.0.0.1:$hypercorn" 2>error.log &
pids+=($!)
await "$hypercorn"
node=$(free)
node server.js "$node" &
pids+=($!)
await "$node"
{
  echo "httpx, Hypercorn: $(python ask.py "$hypercorn")"
  echo "httpx, Node.js: $(python ask.py "$node")"
  exit=0
  LD_LIBRARY_PATH=$libraries root/usr/bin/curl -s --http2-prior-knowledge --max-time 10 -H 'if-none-match: "1"' -o /dev/null -w 'curl, Hypercorn: GET %{http_code} %{size_download} octets' \
    "http://127.0.0.1:$hypercorn/304" || exit=$?
  echo ", exit $exit"
} >seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
