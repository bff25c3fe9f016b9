#!/usr/bin/env bash
# HAProxy 2.6.12 (Debian 12) as an HTTP/2 client of a backend (`proto h2`) acknowledges a smaller SETTINGS_HEADER_TABLE_SIZE and
# does not signal it.
#
# The backend announces a dynamic table of 768 octets. RFC 9113 4.3.1 and RFC 7541 4.2: once that is acknowledged, the next field
# block has to begin with a dynamic table size update (an octet of the form 001xxxxx), or the backend must treat the block as a
# COMPRESSION_ERROR. HAProxy's next block begins without one, where the HTTP/2 client of Node.js sends it. A backend that holds to
# the RFC and whose table is smaller than 4,096 octets is of no use behind this HAProxy.
set -euo pipefail
version=2.6.12-1+deb12u4
expected="haproxy: acknowledged, then a block without a size update
node: acknowledged, then a block with a size update"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

packages=("haproxy=$version" liblua5.3-0 libopentracing-c-wrapper0 libopentracing1)
fetch() { apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)

# Answers every request with 200 and tells how the first block behind the acknowledgement begins.
cat >backend.js <<'JS'
const net = require('node:net');
const frame = (type, flags, stream, payload) => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
const server = net.createServer(socket => {
  let octets = Buffer.alloc(0), preface = 24, acknowledged = false;
  socket.on('error', () => {});
  socket.write(frame(4, 0, 0, Buffer.from([0, 1, 0, 0, 3, 0])));
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
      const payload = octets.subarray(9, 9 + length);
      octets = octets.subarray(9 + length);
      if (type === 4 && (flags & 1) !== 0) acknowledged = true;
      if (type === 4 && (flags & 1) === 0) socket.write(frame(4, 1, 0, Buffer.alloc(0)));
      if (type === 1) {
        const at = ((flags & 8) !== 0 ? 1 : 0) + ((flags & 32) !== 0 ? 5 : 0);
        if (acknowledged) {
          console.log(`acknowledged, then a block ${(payload[at] & 0xE0) === 0x20 ? 'with' : 'without'} a size update`);
          process.exit();
        }
        socket.write(frame(1, 5, stream, Buffer.from([0x88])));
      }
    }
  });
});
server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync(process.argv[2], `${server.address().port}\n`));
JS

start_backend() { # name
  node backend.js "$1.port" >"$1.seen" &
  backend=$!
  pids+=($backend)
  until [ -s "$1.port" ]; do sleep 0.1; done
}

start_backend haproxy
front=$((20000 + RANDOM % 20000))
cat >haproxy.cfg <<CFG
defaults
  mode http
  http-reuse always
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend front
  bind 127.0.0.1:$front
  default_backend back
backend back
  server one 127.0.0.1:$(cat haproxy.port) proto h2
CFG
LD_LIBRARY_PATH=$libraries root/usr/sbin/haproxy -q -f haproxy.cfg &
pids+=($!)
until (exec 3<>"/dev/tcp/127.0.0.1/$front") 2>/dev/null; do sleep 0.1; done
for _ in 1 2 3; do
  kill -0 "$backend" 2>/dev/null && curl -s -o /dev/null --max-time 5 "http://127.0.0.1:$front/" || true
  sleep 0.3
done

start_backend node
cat >client.js <<'JS'
const session = require('node:http2').connect(`http://127.0.0.1:${process.argv[2]}`);
session.on('error', () => {});
const ask = () => session.request({ ':path': '/' }).on('error', () => {}).on('response', () => setTimeout(ask, 100)).resume();
session.on('close', () => process.exit());
ask();
JS
timeout 10 node client.js "$(cat node.port)" || true

seen=$(for name in haproxy node; do echo "$name: $(cat $name.seen)"; done)
echo "HAProxy $version"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
