#!/usr/bin/env bash
# undici 7.30.2 (npm) over HTTP/2: a GOAWAY fails the responses that the server still sends.
#
# The server takes two requests, sends GOAWAY with NO_ERROR whose last stream is the newer one, and then answers both. RFC 9113 6.8:
# streams up to the last one are finished; the client only begins no more on this connection. undici ends both requests with
# UND_ERR_SOCKET when the GOAWAY comes; the HTTP/2 client of Node.js, on which undici stands, takes both responses, and so does undici
# when GOAWAY comes behind them. undici 8.13.1 waits for them. A server that must let this client go sends GOAWAY behind the last
# response.
set -euo pipefail
expected="node, GOAWAY before the responses: 200 whole, 200 whole
undici 7.30.2, GOAWAY before the responses: UND_ERR_SOCKET, UND_ERR_SOCKET
undici 7.30.2, GOAWAY behind the responses: 200 whole, 200 whole
undici 8.13.1, GOAWAY before the responses: 200 whole, 200 whole"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund seven@npm:undici@7.30.2 eight@npm:undici@8.13.1 node@24.9.0
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=localhost 2>/dev/null

cat >goaway.js <<'JS'
const fs = require('node:fs'), http2 = require('node:http2');
const frame = (type, flags, stream, payload) => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
let before;
const options = { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem'), ALPNProtocols: ['h2'] };
const server = require('node:tls').createServer(options, socket => {
  let octets = Buffer.alloc(0), preface = 24;
  const streams = [];
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
      if (type !== 1 || streams.push(stream) < 2) continue;
      const leave = () => socket.write(frame(7, 0, 0, Buffer.from([0, 0, 0, stream, 0, 0, 0, 0])));
      if (before) leave();
      setTimeout(() => {
        for (const each of streams) socket.write(Buffer.concat([frame(1, 4, each, Buffer.from([0x88])), frame(0, 1, each, Buffer.from('whole'))]));
        setTimeout(() => {
          if (!before) leave();
          socket.end();
        }, 100);
      }, 100);
    }
  });
});
const tell = async (name, ask) => {
  const seen = await Promise.all([ask(), ask()].map(each => each.catch(error => error.code)));
  console.log(`${name}, GOAWAY ${before ? 'before' : 'behind'} the responses: ${seen.join(', ')}`);
};
server.listen(0, '127.0.0.1', async () => {
  const address = `https://127.0.0.1:${server.address().port}`;
  const undici = name => {
    const { Agent, request } = require(name);
    const dispatcher = new Agent({ allowH2: true, connections: 1, pipelining: 10, connect: { rejectUnauthorized: false } });
    return async () => {
      const { statusCode, body } = await request(address, { dispatcher });
      return `${statusCode} ${await body.text()}`;
    };
  };
  const session = http2.connect(address, { rejectUnauthorized: false });
  before = true;
  await tell('node', () => new Promise((resolve, reject) => {
    const stream = session.request({ ':path': '/' });
    let status, content = '';
    stream.on('response', fields => { status = fields[':status']; }).on('data', data => { content += data; });
    stream.on('error', reject).on('end', () => resolve(`${status} ${content}`));
  }));
  await tell('undici 7.30.2', undici('seven'));
  before = false;
  await tell('undici 7.30.2', undici('seven'));
  before = true;
  await tell('undici 8.13.1', undici('eight'));
  process.exit();
});
JS

seen=$(timeout 60 node_modules/.bin/node goaway.js)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
