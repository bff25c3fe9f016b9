#!/usr/bin/env bash
# Apache 2.4.71 (mod_proxy_http2), HAProxy 2.6.12 and Caddy 2.6.2, from Debian 12, hand a response on as complete that their backend has cut.
#
# The backend sends HEADERS without content-length and one DATA frame without END_STREAM, and then ends in one of two ways: RST_STREAM
# with INTERNAL_ERROR, or the end of the connection. RFC 9113 8.1 calls what has come incomplete; a proxy passes that on by a reset
# (HTTP/2) or by leaving out the last chunk (RFC 9112 8). nghttpx 1.52.0 does. Caddy ends the response well over both protocols,
# HAProxy over HTTP/2, Apache over HTTP/1.1; when the connection ends, Apache writes its own page for status 503 behind the half. Other
# codes of RST_STREAM change nothing. Behind these a client knows only by a content-length, or by the content, whether it has all.
set -euo pipefail
expected="nghttpx, RST_STREAM: HTTP/1.1 exit 18, the half; HTTP/2 exit 92, the half
nghttpx, closed: HTTP/1.1 exit 18, the half; HTTP/2 exit 92, the half
apache, RST_STREAM: HTTP/1.1 exit 0, the half; HTTP/2 exit 92, the half
apache, closed: HTTP/1.1 exit 0, the half and a page for 503; HTTP/2 exit 0, the half and a page for 503
haproxy, RST_STREAM: HTTP/1.1 exit 18, the half; HTTP/2 exit 0, the half
haproxy, closed: HTTP/1.1 exit 18, the half; HTTP/2 exit 0, the half
caddy, RST_STREAM: HTTP/1.1 exit 0, the half; HTTP/2 exit 0, the half
caddy, closed: HTTP/1.1 exit 0, the half; HTTP/2 exit 0, the half"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
packages=(apache2-bin=2.4.71-1~deb12u1 haproxy=2.6.12-1+deb12u4 caddy=2.6.2-5 nghttp2-proxy=1.52.0-1+deb12u3
  libapr1 libaprutil1 libaprutil1-ldap libnghttp2-14 libjansson4 liblua5.3-0 libcurl4 libbrotli1 libldap-2.5-0 libpcre2-8-0
  libopentracing-c-wrapper0 libopentracing1 libev4 libc-ares2 libjemalloc2)
fetch() { apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)

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
const server = net.createServer(socket => {
  let octets = Buffer.alloc(0), preface = 24;
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
      if (type === 1) {
        socket.write(frame(1, 4, stream, Buffer.from([0x88])));
        socket.write(frame(0, 0, stream, Buffer.from('half of the response')));
        setTimeout(() => {
          if (process.argv[2] === 'RST_STREAM') socket.write(frame(3, 0, stream, Buffer.from([0, 0, 0, 2])));
          else socket.end();
        }, 300);
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
defaults
  mode http
  timeout connect 2s
  timeout client 10s
  timeout server 10s
listen all
  bind 127.0.0.1:$1
  server backend 127.0.0.1:$2 proto h2
CONF
  LD_LIBRARY_PATH=$libraries root/usr/sbin/haproxy -f haproxy.cfg &
}

begin_caddy() {
  printf '{\n admin off\n auto_https off\n servers {\n  protocols h1 h2 h2c\n }\n}\nhttp://127.0.0.1:%s {\n reverse_proxy h2c://127.0.0.1:%s\n}\n' "$1" "$2" >Caddyfile
  HOME=$work root/usr/bin/caddy run --config Caddyfile --adapter caddyfile 2>"$work/error.log" &
}

try() { # proxy, how the backend ends the response
  local front protocol exit content line="$1, $2:"
  front=$(free)
  rm -f port
  node backend.js "$2" &
  pids+=($!)
  until [ -s port ]; do sleep 0.1; done
  "begin_$1" "$front" "$(cat port)"
  pids+=($!)
  until curl -s -o /dev/null "http://127.0.0.1:$front/"; [ $? -ne 7 ]; do sleep 0.1; done
  for protocol in --http1.1 --http2-prior-knowledge; do
    exit=0
    curl -s --max-time 10 "$protocol" "http://127.0.0.1:$front/" >content || exit=$?
    case $(cat content) in
      'half of the response') content='the half' ;;
      'half of the response'*'503 Service Unavailable'*) content='the half and a page for 503' ;;
      *) content='something else' ;;
    esac
    line+=" $([ "$protocol" = --http1.1 ] && echo HTTP/1.1 || echo '; HTTP/2') exit $exit, $content"
  done
  echo "${line/ ; /; }"
  kill "${pids[@]}"
  wait "${pids[@]}" 2>/dev/null || true
  pids=()
}

for proxy in nghttpx apache haproxy caddy; do
  try $proxy RST_STREAM
  try $proxy closed
done >seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
