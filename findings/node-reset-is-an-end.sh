#!/usr/bin/env bash
# Node.js 24.9.0 (npm package `node`; http2) and undici 8.13.1 on it: half a response counts as the whole one after RST_STREAM with CANCEL or NO_ERROR.
#
# The server sends HEADERS with status 200 and no content-length, one DATA frame without END_STREAM, and then RST_STREAM. RFC 9113 8.1:
# without END_STREAM a response is incomplete. After INTERNAL_ERROR the stream of http2 has an `error`, and undici's `fetch` is refused
# its text. After CANCEL and NO_ERROR the stream has `end` and no `error` (only `rstCode` differs), and `fetch` gives the half. So
# does http2 when the server closes the connection without a reset, and `fetch` does not. A server that cuts a response must take
# another code, although Firefox and others repeat requests after those when no response has begun.
set -euo pipefail
expected="NO_ERROR: http2 end, rstCode 0; fetch half
CANCEL: http2 end, rstCode 8; fetch half
INTERNAL_ERROR: http2 error, rstCode 2; fetch an error
closed: http2 end, rstCode 8; fetch an error"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund undici@8.13.1 node@24.9.0
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=localhost 2>/dev/null

cat >cut.js <<'JS'
const fs = require('node:fs'), http2 = require('node:http2');
const { Agent, fetch } = require('undici');
const frame = (type, flags, stream, payload) => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
let code;
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
      octets = octets.subarray(9 + length);
      if (type === 4 && (flags & 1) === 0) socket.write(frame(4, 1, 0, Buffer.alloc(0)));
      if (type !== 1) continue;
      socket.write(Buffer.concat([frame(1, 4, stream, Buffer.from([0x88])), frame(0, 0, stream, Buffer.from('half'))]));
      setTimeout(() => {
        if (code === undefined) socket.end();
        else socket.write(frame(3, 0, stream, Buffer.from([0, 0, 0, code])));
      }, 100);
    }
  });
});
server.listen(0, '127.0.0.1', async () => {
  const address = `https://127.0.0.1:${server.address().port}`;
  for (const name of ['NO_ERROR', 'CANCEL', 'INTERNAL_ERROR', 'closed']) {
    code = http2.constants[`NGHTTP2_${name}`];
    const session = http2.connect(address, { rejectUnauthorized: false }).on('error', () => {});
    const seen = await new Promise(resolve => {
      const stream = session.request({ ':path': '/' });
      for (const event of ['end', 'error']) stream.on(event, () => resolve(`${event}, rstCode ${stream.rstCode}`));
      stream.resume();
    });
    const dispatcher = new Agent({ allowH2: true, connect: { rejectUnauthorized: false } });
    const text = await fetch(address, { dispatcher }).then(response => response.text()).catch(() => 'an error');
    console.log(`${name}: http2 ${seen}; fetch ${text}`);
  }
  process.exit();
});
JS

seen=$(timeout 60 node_modules/.bin/node cut.js)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
