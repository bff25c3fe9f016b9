#!/usr/bin/env bash
# Node.js 20.20.2 (npm package `node`): requests that an HTTP/2 client begins before the server's SETTINGS has come fail when they
# are more than SETTINGS_MAX_CONCURRENT_STREAMS allows; begun afterwards they are queued, and all succeed.
#
# The server (Node.js too) allows 4 streams at once. The client sends 40 requests on one session in one go. RFC 9113 5.1.2 lets it
# send them, since no limit was known, and RFC 9113 8.7 lets it repeat what is refused with REFUSED_STREAM; it does neither wait nor
# repeat, and 36 requests end with an error. With the same 40 requests behind the event `remoteSettings` none fails. A server for
# such clients announces a large limit, or leaves surplus requests unread rather than refusing them.
set -euo pipefail
expected="at once: 4 of 40 answered, the others ERR_HTTP2_STREAM_ERROR (NGHTTP2_REFUSED_STREAM)
behind SETTINGS: 40 of 40 answered"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@20.20.2

cat >burst.js <<'JS'
const http2 = require('node:http2');
const server = http2.createServer({ settings: { maxConcurrentStreams: 4 } });
server.on('stream', stream => {
  stream.on('error', () => {});
  setTimeout(() => { stream.respond({ ':status': 200 }); stream.end('ok'); }, 20);
});

const ask = session => new Promise((resolve, reject) => {
  const stream = session.request({ ':path': '/' });
  stream.on('error', reject).on('end', resolve).resume();
});

async function burst(name, wait) {
  const session = http2.connect(`http://127.0.0.1:${server.address().port}`);
  if (wait) await new Promise(resolve => session.once('remoteSettings', resolve));
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => ask(session)));
  const failed = outcomes.filter(outcome => outcome.status === 'rejected');
  const why = [...new Set(failed.map(({ reason }) => `${reason.code} (${/NGHTTP2_\w+/.exec(reason.message)?.[0]})`))].join(', ');
  console.log(`${name}: ${40 - failed.length} of 40 answered${failed.length === 0 ? '' : `, the others ${why}`}`);
  session.close();
}

server.listen(0, '127.0.0.1', async () => {
  await burst('at once', false);
  await burst('behind SETTINGS', true);
  server.close();
});
JS

seen=$(timeout 60 node_modules/.bin/node burst.js)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
