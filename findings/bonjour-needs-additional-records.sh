#!/usr/bin/env bash
# bonjour-service 1.4.4 (npm) finds a service only when the response that names it has its SRV record too.
#
# RFC 6763 12: a responder adds SRV, TXT and addresses to the PTR record as a courtesy, and clients must work with those that do not, by
# asking further. The responder here answers a question for `_http._tcp.local` with the PTR record alone, and questions for SRV, TXT and
# A with those; bonjour-service asks for none of them, and its browser reports nothing. Nor does it when the other records come in a
# response of their own right behind. mdnsd answers with the PTR record alone (github.com/troglobit/mdnsd/issues/76), and so does
# systemd-resolved (github.com/systemd/systemd/issues/24859). A responder for such clients sends all records together, always.
set -euo pipefail
expected='PTR alone: asked for PTR; found nothing
PTR, and the others behind it: asked for PTR; found nothing
all together: asked for PTR; found Board, port 80, 192.0.2.7'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund bonjour-service@1.4.4

cat >find.js <<'JS'
const dgram = require('node:dgram');
const { Bonjour } = require('bonjour-service');
const types = { 1: 'A', 12: 'PTR', 16: 'TXT', 28: 'AAAA', 33: 'SRV', 255: 'ANY' };
const service = ['_http', '_tcp', 'local'], host = ['board', 'local'];
const short = number => Buffer.from([number >> 8, number & 255]);
const name = labels => Buffer.concat([...labels.map(label => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.alloc(1)]);
const record = (owner, type, data) => Buffer.concat([name(owner), short(type), short(1), short(0), short(120), short(data.length), data]);
const same = (one, other) => one.join('\0').toLowerCase() === other.join('\0').toLowerCase();

function questions(message) {
  const found = [];
  for (let at = 12, left = message.readUInt16BE(4); left > 0; left--) {
    const labels = [];
    for (; message[at] !== 0; at += message[at] + 1) labels.push(message.toString('utf8', at + 1, at + 1 + message[at]));
    found.push({ labels, type: types[message.readUInt16BE(at + 1)] });
    at += 5;
  }
  return found;
}

function find(how) {
  const owner = ['Board', ...service], asked = new Set();
  const records = {
    PTR: record(service, 12, name(owner)),
    SRV: record(owner, 33, Buffer.concat([short(0), short(0), short(80), name(host)])),
    TXT: record(owner, 16, Buffer.from('\x06path=/')),
    A: record(host, 1, Buffer.from([192, 0, 2, 7])),
  };
  // The port of multicast DNS and multicast itself are left to others: bonjour-service asks this responder directly.
  const responder = dgram.createSocket('udp4');
  responder.on('message', (message, client) => {
    if (message[2] & 128) return;
    for (const { labels, type } of questions(message)) {
      asked.add(type);
      const answers = Object.keys(records).filter(key => (type === key || type === 'ANY') && same(labels, key === 'PTR' ? service : key === 'A' ? host : owner));
      const others = ['SRV', 'TXT', 'A'], respond = (answers, additional) => responder.send(Buffer.concat([short(0), short(0x8400),
        ...[0, answers.length, 0, additional.length].map(short), ...[...answers, ...additional].map(key => records[key])]), client.port, client.address);
      if (answers.length === 0) continue;
      respond(answers, how === 'all together' && answers.includes('PTR') ? others : []);
      if (how === 'PTR, and the others behind it' && answers.includes('PTR')) respond(others, []);
    }
  });
  return new Promise(resolve => responder.bind(0, '127.0.0.2', () => {
    const bonjour = new Bonjour({ multicast: false, ip: '127.0.0.2', bind: '127.0.0.1', port: responder.address().port });
    let found = 'nothing';
    bonjour.find({ type: 'http' }, ({ name, port, addresses }) => { found = `${name}, port ${port}, ${addresses}`; });
    setTimeout(() => {
      console.log(`${how}: asked for ${[...asked].join(', ')}; found ${found}`);
      bonjour.destroy();
      responder.close(resolve);
    }, 5000);
  }));
}

find('PTR alone').then(() => find('PTR, and the others behind it')).then(() => find('all together')).then(() => process.exit());
JS

seen=$(timeout 60 node find.js)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "The behaviour has changed."; exit 1; }
