#!/usr/bin/env bash
# nghttpx 1.52.0, Apache 2.4.71 (mod_proxy_http2), HAProxy 2.6.12 and Caddy 2.6.2, from Debian 12: what becomes of a request that their
# backend has certainly not processed depends on the client's protocol with two, and on the method with the other two.
#
# The backend answers a first request, and refuses the second once it is complete: by RST_STREAM with REFUSED_STREAM, or by GOAWAY with
# NO_ERROR and the first one's stream. RFC 9113 8.7 and 6.8: such a request may be repeated, a POST too, because nothing was done.
# nghttpx and HAProxy hand the refusal on to a client over HTTP/2 (here curl, which repeats the request), but to a client with a new
# connection over HTTP/1.1 HAProxy says 502 (meant so: github.com/haproxy/haproxy/issues/3414), and nghttpx closes it without a response.
# Apache and Caddy repeat a GET themselves; of a POST they make 502 for either client, and nobody learns that it may be repeated. A
# backend that refuses what it has no room for loses requests with all four.
set -euo pipefail
expected="nghttpx, REFUSED_STREAM: HTTP/1.1 GET nothing, POST nothing; HTTP/2 GET 200, POST 200
nghttpx, GOAWAY: HTTP/1.1 GET nothing, POST nothing; HTTP/2 GET 200, POST 200
apache, REFUSED_STREAM: HTTP/1.1 GET 200, POST 502; HTTP/2 GET 200, POST 502
apache, GOAWAY: HTTP/1.1 GET 200, POST 502; HTTP/2 GET 200, POST 502
haproxy, REFUSED_STREAM: HTTP/1.1 GET 502, POST 502; HTTP/2 GET 200, POST 200
haproxy, GOAWAY: HTTP/1.1 GET 502, POST 502; HTTP/2 GET 200, POST 200
caddy, REFUSED_STREAM: HTTP/1.1 GET 200, POST 502; HTTP/2 GET 200, POST 502
caddy, GOAWAY: HTTP/1.1 GET 200, POST 502; HTTP/2 GET 200, POST 502"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
packages=(apache2-bin=2.4.71-1~deb12u1 haproxy=2.6.12-1+deb12u4 caddy=2.6.2-5 nghttp2-proxy=1.52.0-1+deb12u3
  curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15
  libapr1 libaprutil1 libaprutil1-ldap libnghttp2-14 libjansson4 liblua5.3-0 libbrotli1 libldap-2.5-0 libpcre2-8-0
  libopentracing-c-wrapper0 libopentracing1 libev4 libc-ares2 libjemalloc2)
fetch() { apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)

# Refuses the second request that is complete, on whatever connection, and answers all others.
cat >backend.js <<'JS'
const net = require('node:net'), fs = require('node:fs');
const frame = (type, flags, stream, payload) => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
let requests = 0;
const server = net.createServer(socket => {
  let octets = Buffer.alloc(0), preface = 24, answered = 0;
  socket.on('error', () => {});
  socket.write(frame(4, 0, 0, Buffer.alloc(0)));
  socket.on('data', data => {
    octets = Buffer.concat([octets, data]);
    if (preface !== 0) {
      if (octets.length < preface) return;
      octets = octets.subarray(preface);
      preface = 0;
    }
    while (octets.length >= 9) {
      const length = octets.readUIntBE(0, 3), type = octets[3], flags = octets[4], stream = octets.readUInt32BE(5);
      if (octets.length < 9 + length) return;
      octets = octets.subarray(9 + length);
      if (type === 4 && (flags & 1) === 0) socket.write(frame(4, 1, 0, Buffer.alloc(0)));
      if (type > 1 || (flags & 1) === 0) continue;
      if (++requests !== 2) {
        answered = stream;
        socket.write(frame(1, 5, stream, Buffer.from([0x88])));
      } else if (process.argv[2] === 'REFUSED_STREAM') {
        socket.write(frame(3, 0, stream, Buffer.from([0, 0, 0, 7])));
      } else {
        socket.write(frame(7, 0, 0, Buffer.from([0, 0, 0, answered, 0, 0, 0, 0])));
        setTimeout(() => socket.end(), 500);
      }
    }
  });
});
server.listen(0, '127.0.0.1', () => fs.writeFileSync('port', `${server.address().port}`));
JS
free() { node -e 'const server = require("node:net").createServer().listen(0, () => { console.log(server.address().port); server.close(); })'; }
modules=root/usr/lib/apache2/modules

begin_nghttpx() { # port for HTTP/1.1 and HTTP/2, backend
  LD_LIBRARY_PATH=$libraries root/usr/sbin/nghttpx --conf=/dev/null --frontend="127.0.0.1,$1;no-tls" --backend="127.0.0.1,$2;;proto=h2" --errorlog-file="$work/error.log" &
}

begin_apache() {
  cat >apache.conf <<CONF
ServerRoot $work
ServerName localhost
Listen 127.0.0.1:$1
PidFile $work/pid
ErrorLog $work/error.log
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule proxy_module $modules/mod_proxy.so
LoadModule http2_module $modules/mod_http2.so
LoadModule proxy_http2_module $modules/mod_proxy_http2.so
Protocols h2c http/1.1
ProxyPass / h2c://127.0.0.1:$2/
CONF
  LD_LIBRARY_PATH=$libraries root/usr/sbin/apache2 -f "$work/apache.conf" -DFOREGROUND &
}

begin_haproxy() {
  cat >haproxy.cfg <<CONF
global
  nbthread 1
defaults
  mode http
  http-reuse always
  timeout connect 2s
  timeout client 10s
  timeout server 10s
listen all
  bind 127.0.0.1:$1
  server backend 127.0.0.1:$2 proto h2
CONF
  LD_LIBRARY_PATH=$libraries root/usr/sbin/haproxy -q -f haproxy.cfg &
}

begin_caddy() {
  printf '{\n admin off\n auto_https off\n servers {\n  protocols h1 h2 h2c\n }\n}\nhttp://127.0.0.1:%s {\n reverse_proxy h2c://127.0.0.1:%s\n}\n' "$1" "$2" >Caddyfile
  HOME=$work root/usr/bin/caddy run --config Caddyfile --adapter caddyfile 2>"$work/error.log" &
}

ask() { # protocol, the client's further options
  LD_LIBRARY_PATH=$libraries root/usr/bin/curl -s --max-time 10 -o /dev/null -w '%{http_code}' "$1" "http://127.0.0.1:$front/" "${@:2}" || true
}

try() { # proxy, how the backend refuses
  local protocol method status line="$1, $2:"
  for protocol in --http1.1 --http2-prior-knowledge; do
    line+=$([ "$protocol" = --http1.1 ] && echo ' HTTP/1.1' || echo '; HTTP/2')
    for method in GET POST; do
      front=$(free)
      rm -f port
      node backend.js "$2" &
      pids+=($!)
      until [ -s port ]; do sleep 0.1; done
      "begin_$1" "$front" "$(cat port)"
      pids+=($!)
      until (exec 3<>"/dev/tcp/127.0.0.1/$front") 2>/dev/null; do sleep 0.1; done
      [ "$(ask "$protocol")" = 200 ] || { echo "$1 does not reach its backend."; exit 1; }
      status=$(if [ $method = GET ]; then ask "$protocol"; else ask "$protocol" --data content; fi)
      if [ $method = POST ]; then line+=,; fi
      line+=" $method ${status/000/nothing}"
      kill "${pids[@]}"
      wait "${pids[@]}" 2>/dev/null || true
      pids=()
    done
  done
  echo "$line"
}

for proxy in nghttpx apache haproxy caddy; do
  try $proxy REFUSED_STREAM
  try $proxy GOAWAY
done >seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
