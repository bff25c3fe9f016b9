#!/usr/bin/env bash
# nginx 1.22.1 (Debian 12), proxy_pass: an interim response 103 of its backend is taken for the final one.
#
# RFC 9110 15.2: interim responses (1xx) come before the final one, and a proxy forwards them. The backend sends 103 (Early Hints),
# then 200 with content. To a client over HTTP/2, nginx sends the 103 and then DATA, with the 200's head as content; RFC 9113 8.1
# makes that malformed, and the client resets the stream. Over HTTP/1.1 the same octets happen to read as both responses, but the
# connection is closed behind them. Without the 103 both are well. A backend behind it must not send Early Hints.
set -euo pipefail
version=1.22.1-9+deb12u11
expected="200 alone, HTTP/1.1: 200 content
200 alone, HTTP/2: final 200, content
103 and 200, HTTP/1.1: 200 content, connection closed
103 and 200, HTTP/2: interim 103, NGHTTP2_PROTOCOL_ERROR"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
packages=("nginx=$version" "nginx-common=$version" libpcre2-8-0)
fetch() { apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)

cat >backend.js <<'JS'
require('node:http').createServer((request, response) => {
  if (request.url === '/hints') response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
  response.end('content');
}).listen(0, '127.0.0.1', function () { require('node:fs').writeFileSync('port', `${this.address().port}`); });
JS
node backend.js &
pids+=($!)
until [ -s port ]; do sleep 0.1; done
free() { node -e 'const server = require("node:net").createServer().listen(0, () => { console.log(server.address().port); server.close(); })'; }
http1=$(free)
http2=$(free)
cat >nginx.conf <<CONF
daemon off;
master_process off;
pid $work/pid;
error_log $work/error.log;
events { }
http {
  access_log off;
  client_body_temp_path $work/a; proxy_temp_path $work/b; fastcgi_temp_path $work/c; uwsgi_temp_path $work/d; scgi_temp_path $work/e;
  proxy_http_version 1.1;
  server { listen 127.0.0.1:$http1; location / { proxy_pass http://127.0.0.1:$(cat port); } }
  server { listen 127.0.0.1:$http2 http2; location / { proxy_pass http://127.0.0.1:$(cat port); } }
}
CONF
LD_LIBRARY_PATH=$libraries root/usr/sbin/nginx -p "$work" -e "$work/error.log" -c "$work/nginx.conf" &
pids+=($!)
until curl -s -o /dev/null "http://127.0.0.1:$http1/"; do sleep 0.1; done

cat >ask.js <<'JS'
const [port, path] = process.argv.slice(2);
const session = require('node:http2').connect(`http://127.0.0.1:${port}`);
const stream = session.request({ ':path': path });
const seen = [];
let content = '';
stream.on('headers', fields => seen.push(`interim ${fields[':status']}`)).on('response', fields => seen.push(`final ${fields[':status']}`));
stream.on('data', data => { content += data; }).on('error', error => seen.push(/NGHTTP2_\w+/.exec(error.message)?.[0]));
stream.on('close', () => { console.log(seen.concat(content === '' ? [] : [content]).join(', ')); session.destroy(); });
JS

ask() { # name, path
  local status
  status=$(curl -s --http1.1 --max-time 10 -D head -o content -w '%{http_code}' "http://127.0.0.1:$http1$2")
  echo "$1, HTTP/1.1: $status $(cat content)$(grep -qi '^connection: close' head && echo ', connection closed')"
  echo "$1, HTTP/2: $(timeout 10 node ask.js "$http2" "$2")"
}

{ ask '200 alone' /; ask '103 and 200' /hints; } >seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
