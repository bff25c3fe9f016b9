#!/usr/bin/env bash
# HAProxy 2.6.12-1+deb12u4 (Debian 12) takes DATA frames with padding for a PROTOCOL_ERROR, on both sides.
#
# RFC 9113 6.1: DATA may be padded, as long as the padding is shorter than the payload. A backend (`proto h2`) whose DATA frame has one
# octet of content and ten of padding loses its connection: HAProxy hands that octet on and sends GOAWAY with PROTOCOL_ERROR. A client
# that pads the content of its request (`nghttp --padding`) gets the same GOAWAY. With a Pad Length of 0, and with padding in HEADERS
# alone, both are well; so is nghttpx 1.52.0 with the padding.
set -euo pipefail
version=2.6.12-1+deb12u4
expected="haproxy, backend without padding: exit 0, content
haproxy, backend with a Pad Length of 0: exit 0, content
haproxy, backend with 10 octets of padding: exit 18, c, the backend gets GOAWAY with 1
nghttpx, backend with 10 octets of padding: exit 0, content
haproxy, client without padding: 200
haproxy, client with padding, GET: 200
haproxy, client with padding, POST: PROTOCOL_ERROR
nghttpx, client with padding, POST: 200"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
packages=("haproxy=$version" liblua5.3-0 libopentracing-c-wrapper0 libopentracing1
  nghttp2-proxy=1.52.0-1+deb12u3 nghttp2-client=1.52.0-1+deb12u3 libnghttp2-14=1.52.0-1+deb12u3 libev4 libc-ares2 libjansson4 libjemalloc2)
fetch() { apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)

# Answers each request when it is complete with "content" in DATA frames of one octet each, padded as the first argument says, and
# writes down the error code of a GOAWAY.
cat >backend.js <<'JS'
const net = require('node:net'), fs = require('node:fs');
const padding = process.argv[2];
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
      const payload = octets.subarray(9, 9 + length);
      octets = octets.subarray(9 + length);
      if (type === 4 && (flags & 1) === 0) socket.write(frame(4, 1, 0, Buffer.alloc(0)));
      if (type === 7 && payload.readUInt32BE(4) !== 0) fs.writeFileSync('goaway', `, the backend gets GOAWAY with ${payload.readUInt32BE(4)}`);
      if (type > 1 || (flags & 1) === 0) continue;
      socket.write(frame(1, 4, stream, Buffer.from([0x88])));
      for (const octet of Buffer.from('content')) {
        if (padding === 'none') socket.write(frame(0, 0, stream, Buffer.from([octet])));
        else socket.write(frame(0, 8, stream, Buffer.concat([Buffer.from([Number(padding), octet]), Buffer.alloc(Number(padding))])));
      }
      socket.write(frame(0, 1, stream, Buffer.alloc(0)));
    }
  });
});
server.listen(0, '127.0.0.1', () => fs.writeFileSync('port', `${server.address().port}`));
JS
free() { node -e 'const server = require("node:net").createServer().listen(0, () => { console.log(server.address().port); server.close(); })'; }

begin() { # proxy, padding of the backend
  front=$(free)
  rm -f port goaway
  node backend.js "$2" &
  pids+=($!)
  until [ -s port ]; do sleep 0.1; done
  cat >haproxy.cfg <<CFG
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
listen all
  bind 127.0.0.1:$front
  server backend 127.0.0.1:$(cat port) proto h2
CFG
  if [ "$1" = haproxy ]; then
    LD_LIBRARY_PATH=$libraries root/usr/sbin/haproxy -q -f haproxy.cfg &
  else
    LD_LIBRARY_PATH=$libraries root/usr/sbin/nghttpx --conf=/dev/null --log-level=FATAL --frontend="127.0.0.1,$front;no-tls" --backend="127.0.0.1,$(cat port);;proto=h2" --errorlog-file="$work/error.log" &
  fi
  pids+=($!)
  until (exec 3<>"/dev/tcp/127.0.0.1/$front") 2>/dev/null; do sleep 0.1; done
}
end() {
  kill "${pids[@]}"
  wait "${pids[@]}" 2>/dev/null || true
  pids=()
}

backend() { # proxy, words, padding
  local exit=0
  begin "$1" "$3"
  curl -s --max-time 10 --http1.1 -o content "http://127.0.0.1:$front/" || exit=$?
  sleep 0.3
  echo "$1, backend with$2: exit $exit, $(cat content)$(cat goaway 2>/dev/null || true)"
  end
}

client() { # proxy, words, options of the client
  begin "$1" none
  LD_LIBRARY_PATH=$libraries timeout 10 root/usr/bin/nghttp --verbose "${@:3}" "http://127.0.0.1:$front/" >seen.client 2>&1 || true
  echo "$1, client with$2: $(grep -oE ':status: [0-9]+|PROTOCOL_ERROR' seen.client | tail -1 | sed 's/:status: //')"
  end
}

head -c 2000 /dev/zero >body
{
  backend haproxy 'out padding' none
  backend haproxy ' a Pad Length of 0' 0
  backend haproxy ' 10 octets of padding' 10
  backend nghttpx ' 10 octets of padding' 10
  client haproxy 'out padding' --data=body
  client haproxy ' padding, GET' --padding=30
  client haproxy ' padding, POST' --padding=30 --data=body
  client nghttpx ' padding, POST' --padding=30 --data=body
} >seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
