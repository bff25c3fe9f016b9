#!/usr/bin/env bash
# Apache 2.4.71 (Debian 12), mod_proxy_http2: a response that its backend cuts reaches a client over HTTP/1.1 as a complete one.
#
# The backend sends HEADERS and one DATA frame without END_STREAM, and then ends in one of two ways. RFC 9113 8.1 and RFC 9112 8 call
# what has come incomplete; a proxy passes that on by leaving out the last chunk. After RST_STREAM with INTERNAL_ERROR, Apache writes
# the last chunk to a client over HTTP/1.1, which takes the half for the whole; a client over HTTP/2 gets a reset. When the backend
# closes its connection, Apache writes its own page for status 503 behind the half, and ends the response well, over both protocols.
# A client behind it knows that a response is whole only by its content-length or by something in the content.
set -euo pipefail
version=2.4.71-1~deb12u1
expected="RST_STREAM, client over HTTP/1.1: exit 0, the half
RST_STREAM, client over HTTP/2: exit 92, the half
closed, client over HTTP/1.1: exit 0, the half and a page for 503
closed, client over HTTP/2: exit 0, the half and a page for 503"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
packages=("apache2-bin=$version" libapr1 libaprutil1 libaprutil1-ldap libnghttp2-14 libjansson4 liblua5.3-0 libcurl4 libbrotli1 libldap-2.5-0 libpcre2-8-0)
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
front=$(node -e 'const server = require("node:net").createServer().listen(0, () => { console.log(server.address().port); server.close(); })')
modules=root/usr/lib/apache2/modules
try() { # how the backend ends the response
  rm -f port
  node backend.js "$1" &
  pids+=($!)
  until [ -s port ]; do sleep 0.1; done
  cat >apache.conf <<CONF
ServerRoot $work
ServerName localhost
Listen 127.0.0.1:$front
PidFile $work/pid
ErrorLog $work/error.log
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule proxy_module $modules/mod_proxy.so
LoadModule http2_module $modules/mod_http2.so
LoadModule proxy_http2_module $modules/mod_proxy_http2.so
Protocols h2c http/1.1
ProxyPass / h2c://127.0.0.1:$(cat port)/
CONF
  LD_LIBRARY_PATH=$libraries root/usr/sbin/apache2 -f "$work/apache.conf" -DFOREGROUND &
  pids+=($!)
  until curl -s -o /dev/null "http://127.0.0.1:$front/"; [ $? -ne 7 ]; do sleep 0.1; done
  local protocol name exit seen
  for protocol in --http1.1 --http2-prior-knowledge; do
    exit=0
    curl -s --max-time 10 "$protocol" "http://127.0.0.1:$front/" >seen || exit=$?
    name=HTTP/2
    [ "$protocol" = --http1.1 ] && name=HTTP/1.1
    case $(cat seen) in
      'half of the response') seen='the half' ;;
      'half of the response'*'503 Service Unavailable'*) seen='the half and a page for 503' ;;
      *) seen='something else' ;;
    esac
    echo "$1, client over $name: exit $exit, $seen"
  done
  kill "${pids[@]}"
  wait "${pids[@]}" 2>/dev/null || true
  pids=()
}

{ try RST_STREAM; try closed; } >outcome
cat outcome
[ "$(cat outcome)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
