#!/usr/bin/env bash
# got 16.1.0 (npm) over HTTP/2 sends RST_STREAM behind every response that is already complete.
#
# The server answers each GET with HEADERS and END_STREAM, after which the stream is closed on both sides (RFC 9113 5.1). got reads the
# response, reports no error, and sends RST_STREAM with NO_ERROR for the closed stream all the same, once for each request. A server
# that counts RST_STREAM frames against rapid resets (CVE-2023-44487) must not count these, or it throws an honest client out.
# The HTTP/2 client of Node.js, on which got stands, sends none for the same exchange.
set -euo pipefail
expected="got: 20 responses, 20 RST_STREAM with NO_ERROR
node: 20 responses, 0 RST_STREAM"
work=$(mktemp -d)
trap 'kill "${server:-0}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund got@16.1.0
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=localhost 2>/dev/null

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
const resets = {};
const options = { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem'), ALPNProtocols: ['h2'] };
const server = require('node:tls').createServer(options, socket => {
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
      if (type === 1) socket.write(frame(1, 5, stream, Buffer.from([0x88])));
      if (type === 3) resets[payload.readUInt32BE(0)] = (resets[payload.readUInt32BE(0)] ?? 0) + 1;
    }
  });
});
process.on('SIGUSR2', () => { fs.writeFileSync('resets', JSON.stringify(resets)); for (const code in resets) delete resets[code]; });
server.listen(0, '127.0.0.1', () => fs.writeFileSync('port', `${server.address().port}`));
JS
node server.js &
server=$!
until [ -s port ]; do sleep 0.1; done

cat >got.mjs <<'JS'
import got from 'got';
let responses = 0;
for (let i = 0; i < 20; i++) {
  const { statusCode } = await got(`https://localhost:${process.argv[2]}/`, { http2: true, https: { rejectUnauthorized: false }, retry: { limit: 0 }, dnsLookupIpVersion: 4 });
  responses += statusCode === 200 ? 1 : 0;
}
console.log(responses);
setTimeout(() => process.exit(), 300);
JS
cat >node.mjs <<'JS'
import http2 from 'node:http2';
const session = http2.connect(`https://127.0.0.1:${process.argv[2]}`, { rejectUnauthorized: false });
let responses = 0;
for (let i = 0; i < 20; i++) {
  responses += await new Promise(resolve => {
    const stream = session.request({ ':path': '/' });
    let status = 0;
    stream.on('response', fields => { status = fields[':status']; }).on('end', () => resolve(status === 200 ? 1 : 0)).resume();
  });
}
console.log(responses);
setTimeout(() => process.exit(), 300);
JS

measure() { # name
  local responses
  responses=$(timeout 60 node "$1.mjs" "$(cat port)")
  rm -f resets
  kill -USR2 $server
  until [ -s resets ]; do sleep 0.1; done
  node -e '
    const resets = JSON.parse(require("node:fs").readFileSync("resets"));
    const codes = Object.keys(resets);
    console.log(`${process.argv[1]}: ${process.argv[2]} responses, ` + (codes.length === 0 ? "0 RST_STREAM" : codes.map(code => `${resets[code]} RST_STREAM with ${code === "0" ? "NO_ERROR" : code}`).join(", ")));' "$1" "$responses"
}

{ measure got; measure node; } >seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
