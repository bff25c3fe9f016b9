#!/usr/bin/env bash
# nginx 1.22.1 (Debian 12) ends the whole HTTP/2 connection of a client that sends trailers with a request.
#
# RFC 9113 8.1: a request may end with a HEADERS frame of trailers, as over HTTP/1.1 with a trailer section (RFC 9112 7.1.2), and who
# has no use for them may drop them. nginx answers with GOAWAY and PROTOCOL_ERROR: the other request of the same client, which waits
# for its response, fails too, and the backend, which has got all of the content, is told that the upload was cut. Over HTTP/1.1 nginx
# drops the trailers and the request is well. nghttpx 1.52.0 hands them on. Known as a wish for a feature
# (github.com/nginx/nginx/issues/1527). A client that sends a digest of its upload as a trailer does not come through this nginx.
set -euo pipefail
version=1.22.1-9+deb12u11
expected="nginx, HTTP/1.1: 200, trailers none
nginx, HTTP/2, no trailers: 200, trailers none; beside it 200
nginx, HTTP/2, trailers: ERR_HTTP2_SESSION_ERROR, GOAWAY with 1; beside it ERR_HTTP2_SESSION_ERROR; the backend got 10 octets and no end
nghttpx, HTTP/2, trailers: 200, trailers x-sum; beside it 200"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
packages=("nginx=$version" "nginx-common=$version" libpcre2-8-0
  nghttp2-proxy=1.52.0-1+deb12u3 libnghttp2-14=1.52.0-1+deb12u3 libev4 libc-ares2 libjansson4 libjemalloc2)
fetch() { apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)

# Tells the names of the trailers that came, answers /beside after a second, and writes down an upload that was cut.
cat >backend.js <<'JS'
const fs = require('node:fs');
require('node:http').createServer((request, response) => {
  let octets = 0;
  request.on('data', data => { octets += data.length; });
  request.on('error', () => fs.writeFileSync('cut', `; the backend got ${octets} octets and no end`));
  request.on('end', () => setTimeout(() => response.end(`trailers ${Object.keys(request.trailers).join() || 'none'}`), request.url === '/beside' ? 1000 : 0));
}).listen(0, '127.0.0.1', function () { fs.writeFileSync('port', `${this.address().port}`); });
JS
node backend.js &
pids+=($!)
until [ -s port ]; do sleep 0.1; done
free() { node -e 'const server = require("node:net").createServer().listen(0, () => { console.log(server.address().port); server.close(); })'; }
http1=$(free)
http2=$(free)
proxy=$(free)
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
  proxy_request_buffering off;
  server { listen 127.0.0.1:$http1; location / { proxy_pass http://127.0.0.1:$(cat port); } }
  server { listen 127.0.0.1:$http2 http2; location / { proxy_pass http://127.0.0.1:$(cat port); } }
}
CONF
LD_LIBRARY_PATH=$libraries root/usr/sbin/nginx -p "$work" -e "$work/error.log" -c "$work/nginx.conf" &
pids+=($!)
LD_LIBRARY_PATH=$libraries root/usr/sbin/nghttpx --conf=/dev/null --log-level=FATAL --frontend="127.0.0.1,$proxy;no-tls" --backend="127.0.0.1,$(cat port)" --errorlog-file="$work/error.log" &
pids+=($!)
for port in "$http1" "$http2" "$proxy"; do until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.1; done; done

cat >http1.js <<'JS'
const request = require('node:http').request({ port: process.argv[2], method: 'POST', path: '/', headers: { trailer: 'x-sum' } }, response => {
  response.on('data', data => console.log(`${response.statusCode}, ${data}`));
});
request.write('hello');
request.addTrailers({ 'x-sum': '42' });
setTimeout(() => request.end('world'), 300);
JS
cat >http2.js <<'JS'
const session = require('node:http2').connect(`http://127.0.0.1:${process.argv[2]}`);
let goaway = '';
session.on('error', () => {}).on('goaway', code => { if (code !== 0) goaway = `, GOAWAY with ${code}`; });
const ask = (path, trailers) => new Promise(resolve => {
  const stream = session.request({ ':method': 'POST', ':path': path }, { waitForTrailers: trailers });
  let status, content = '';
  stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '42' }));
  stream.on('response', fields => { status = fields[':status']; }).on('data', data => { content += data; });
  stream.on('error', error => resolve(error.code)).on('end', () => resolve(path === '/' ? `${status}, ${content}` : status));
  stream.write('hello');
  setTimeout(() => stream.end('world'), 300);
});
Promise.all([ask('/', process.argv[3] === 'trailers'), ask('/beside', false)]).then(([one, beside]) => {
  console.log(`${one}${goaway}; beside it ${beside}`);
  process.exit();
});
JS

{
  echo "nginx, HTTP/1.1: $(timeout 10 node http1.js "$http1")"
  echo "nginx, HTTP/2, no trailers: $(timeout 10 node http2.js "$http2")"
  rm -f cut
  seen=$(timeout 10 node http2.js "$http2" trailers)
  sleep 0.5
  echo "nginx, HTTP/2, trailers: $seen$(cat cut 2>/dev/null || true)"
  echo "nghttpx, HTTP/2, trailers: $(timeout 10 node http2.js "$proxy" trailers)"
} >seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
