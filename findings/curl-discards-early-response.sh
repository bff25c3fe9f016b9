#!/usr/bin/env bash
# curl 7.88.1 (Debian 12) discards a complete HTTP/2 response when RST_STREAM with NO_ERROR comes right behind it.
#
# RFC 9113 8.1: a server that does not need the rest of a request may send a complete response and then RST_STREAM with NO_ERROR;
# clients must not discard the response because of it. The server here answers a POST of 2 MB with 404 and END_STREAM while the body
# is on its way, and then resets the stream. When curl reads both frames at once it ends with error 92 and reports no status. When the
# reset comes a tenth of a second later, curl reports the 404 and ends well.
set -euo pipefail
version=7.88.1-10+deb12u15
expected="RST_STREAM at once: exit 92, status 000
RST_STREAM 100 ms later: exit 0, status 404"
work=$(mktemp -d)
trap 'kill "${server:-0}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
fetch() { apt-get -o APT::Sandbox::User=root download -qq "curl=$version" "libcurl4=$version"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)

cat >server.js <<'JS'
const fs = require('node:fs');
const frame = (type, flags, stream, payload) => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
const server = require('node:net').createServer(socket => {
  let octets = Buffer.alloc(0), preface = 24, answered = false;
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
      if (type === 0 && !answered) {
        answered = true;
        socket.write(frame(1, 5, stream, Buffer.from([0x8D])));
        const reset = () => socket.write(frame(3, 0, stream, Buffer.alloc(4)));
        if (process.argv[2] === '0') reset(); else setTimeout(reset, Number(process.argv[2]));
      }
    }
  });
});
server.listen(0, '127.0.0.1', () => fs.writeFileSync('port', `${server.address().port}`));
JS

head -c 2000000 /dev/zero >body
try() { # name, milliseconds
  rm -f port
  node server.js "$2" &
  server=$!
  until [ -s port ]; do sleep 0.1; done
  local exit=0
  LD_LIBRARY_PATH=$libraries root/usr/bin/curl -s --http2-prior-knowledge --max-time 10 -H 'expect:' --data-binary @body -o /dev/null -w '%{http_code}' "http://127.0.0.1:$(cat port)/" >status || exit=$?
  kill $server
  echo "$1: exit $exit, status $(cat status)"
}

{ try 'RST_STREAM at once' 0; try 'RST_STREAM 100 ms later' 100; } >seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
