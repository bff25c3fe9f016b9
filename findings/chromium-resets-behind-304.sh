#!/usr/bin/env bash
# Chromium 153.0.8010.0 (npm package `@sparticuz/chromium`) sends RST_STREAM with CANCEL behind every 304 over HTTP/2.
#
# A page fetches a file six times with `cache: 'no-cache'`. The first response is 200 with an ETag, the others are 304, each HEADERS
# with END_STREAM, so that the stream is closed on both sides (RFC 9113 5.1). Chromium takes all six for a success, shows no error, and
# cancels the closed stream of each 304; those of the 200 it does not. A server that counts RST_STREAM frames against rapid resets
# (CVE-2023-44487) and does not tell streams that are over throws a browser out that revalidates many files.
set -euo pipefail
expected="HeadlessChrome/153.0.8010.0
responses: 1 of status 200, 5 of status 304
RST_STREAM: 0 behind status 200, 5 with CANCEL behind status 304"
work=$(mktemp -d)
trap 'kill "${server:-0}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
export TMPDIR=$work
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @sparticuz/chromium@153.0.0 puppeteer-core@25.16.0
packages=(libnss3 libnspr4 libexpat1)
fetch() { apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}"; }
fetch || { apt-get update -qq; fetch; }
for package in ./*.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=localhost 2>/dev/null
key=$(openssl x509 -in cert.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64)

# Node.js answers; in front of it the frames of the client are counted.
cat >server.js <<'JS'
const fs = require('node:fs'), net = require('node:net');
const statuses = {}, statusOf = {}, resets = {};
const server = require('node:http2').createServer().on('stream', (stream, fields) => {
  if (fields[':path'] !== '/file') {
    stream.respond({ ':status': 200, 'content-type': 'text/html' });
    return stream.end('page');
  }
  const status = statusOf[stream.id] = fields['if-none-match'] === '"1"' ? 304 : 200;
  statuses[status] = (statuses[status] ?? 0) + 1;
  stream.respond({ ':status': status, etag: '"1"', 'cache-control': 'no-cache' }, { endStream: status === 304 });
  if (status === 200) stream.end('text');
}).listen(0, '127.0.0.1');
const options = { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem'), ALPNProtocols: ['h2'] };
const front = require('node:tls').createServer(options, socket => {
  const back = net.connect(server.address().port, '127.0.0.1');
  for (const either of [socket, back]) either.on('error', () => {});
  back.pipe(socket);
  let octets = Buffer.alloc(0), preface = 24;
  socket.on('data', data => {
    back.write(data);
    octets = Buffer.concat([octets, data]);
    if (preface !== 0) {
      if (octets.length < preface) return;
      octets = octets.subarray(preface);
      preface = 0;
    }
    while (octets.length >= 9) {
      const length = octets.readUIntBE(0, 3), type = octets[3], stream = octets.readUInt32BE(5);
      if (octets.length < 9 + length) return;
      const code = type === 3 && octets.readUInt32BE(9);
      octets = octets.subarray(9 + length);
      if (type === 3) resets[`${statusOf[stream]} ${code}`] = (resets[`${statusOf[stream]} ${code}`] ?? 0) + 1;
    }
  });
}).listen(0, '127.0.0.1', () => fs.writeFileSync('port', `${front.address().port}`));
process.on('SIGUSR2', () => fs.writeFileSync('report',
  `responses: ${statuses[200]} of status 200, ${statuses[304]} of status 304\n` +
  `RST_STREAM: ${resets['200 8'] ?? 0} behind status 200, ${resets['304 8'] ?? 0} with CANCEL behind status 304\n`));
JS
node server.js &
server=$!
until [ -s port ]; do sleep 0.1; done

cat >page.mjs <<'JS'
import chromium from '@sparticuz/chromium';
import puppeteer from 'puppeteer-core';
const [port, key] = process.argv.slice(2);
const args = chromium.args.filter(name => !/^--(incognito|ignore-certificate-errors|disk-cache-size)/.test(name));
const browser = await puppeteer.launch({ args: [...args, `--ignore-certificate-errors-spki-list=${key}`], executablePath: await chromium.executablePath(), headless: 'shell', userDataDir: './profile' });
console.log(await browser.version());
const page = await browser.newPage();
await page.goto(`https://127.0.0.1:${port}/`);
await page.evaluate(async () => {
  for (let i = 0; i < 6; i++) {
    const response = await fetch('/file', { cache: 'no-cache' });
    await response.text();
    if (response.status !== 200) throw new Error(`status ${response.status}`);
  }
});
await browser.close();
JS

LD_LIBRARY_PATH=$libraries timeout 60 node page.mjs "$(cat port)" "$key" >seen
kill -USR2 $server
until [ -s report ]; do sleep 0.1; done
cat report >>seen
cat seen
[ "$(cat seen)" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
