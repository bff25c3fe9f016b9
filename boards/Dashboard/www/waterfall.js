// How this page's own files arrive: taken from the browser's resource timing, drawn as a waterfall.

import { bytes, number } from './chart.js';

const COMPARE = /^#\/protocol\?with=([12])_([0-9a-z.-]{1,400})_([0-9a-z.-]{1,400})$/;

/** The path of the device: not "/" where a proxy has several under one name. */
export const root = new URL('./', location.href).pathname;
const fileName = (url) => new URL(url, location.href).pathname.slice(root.length) || 'index.html';

function row(entry, origin) {
  const start = entry.startTime;
  const asked = Math.max(entry.requestStart || start, start);
  const answered = Math.max(entry.responseStart || asked, asked);
  return {
    name: fileName(entry.name),
    start: start - origin,
    asked: asked - origin,
    answered: answered - origin,
    end: Math.max(entry.responseEnd, answered) - origin,
    size: entry.transferSize || entry.encodedBodySize || 0,
    connected: entry.connectEnd > entry.connectStart,
    protocol: entry.nextHopProtocol,
  };
}

const isAsset = (entry) => {
  const url = new URL(entry.name, location.href);
  return url.origin === location.origin && url.pathname.startsWith(root) && !url.pathname.startsWith(`${root}api/`);
};

export const protocolName = (id) =>
  ({ h2: 'HTTP/2', h2c: 'HTTP/2', h3: 'HTTP/3', 'http/1.1': 'HTTP/1.1', 'http/1.0': 'HTTP/1.0' })[id] ?? '';

let hop = '';

/** What the browser itself says about the connection: 'h2', 'http/1.1', or '' where it does not tell. It says nothing of what it had. */
export function nextHop() {
  const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  hop = entries.findLast((entry) => entry.nextHopProtocol)?.nextHopProtocol ?? hop;
  return hop;
}

/** What is measured: the files of this page. Their order is part of the addresses that carry a measurement. */
export const FILES = ['index.html', 'theme.js', 'style.css', 'app.js', 'feed.js', 'chart.js', 'protocol.js', 'waterfall.js', 'settings.js', 'log.js', 'frames.js', 'account.js', 'device.js', 'certificate.js',
  'protocol.html', 'settings.html', 'log.html', 'glossary.json', 'favicon.svg', 'manifest.webmanifest'];

/** Milliseconds that the way is made longer by. */
export const DELAY_MS = 50;
const HTTP1_CONNECTIONS = 6; // what browsers open to one host
const ROUNDS = 3;

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/**
 * Fetches the files, all asked for at the same moment and past every cache. A longer way is made by holding each request back: with
 * HTTP/1.1 while it has one of the connections to itself, with HTTP/2 all of them side by side.
 */
async function round(protocol, delay) {
  // A connection that was ended meanwhile, so that others got their turn, is opened again before the time counts.
  await (await fetch('favicon.svg', { cache: 'reload' })).arrayBuffer();
  performance.clearResourceTimings();
  const origin = performance.now();
  const asked = new Map();
  const queue = [...FILES];
  const take = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      asked.set(name, performance.now());
      await pause(delay);
      const response = await fetch(name === 'index.html' ? './' : name, { cache: 'reload' });
      await response.arrayBuffer();
    }
  };
  const atOnce = delay && !/^HTTP\/[23]/.test(protocol) ? HTTP1_CONNECTIONS : FILES.length;
  await Promise.allSettled(Array.from({ length: atOnce }, take));
  await pause(50); // entries are queued shortly after the body ends
  const rows = performance.getEntriesByType('resource')
    .filter((entry) => entry.startTime >= origin && isAsset(entry) && FILES.includes(fileName(entry.name)))
    .map((entry) => {
      const made = row(entry, origin);
      return delay ? { ...made, start: 0, asked: asked.get(made.name) - origin } : made;
    });
  return rows.sort((x, y) => x.asked - y.asked || x.end - y.end);
}

/** The middle one of three rounds, after one that opens the connections; empty when the device does not answer. */
export async function measure(protocol, delay) {
  const rounds = [];
  for (let i = delay ? 1 : 0; i <= ROUNDS; i += 1) {
    const rows = await round(protocol, delay);
    if (i) rounds.push(rows);
  }
  const whole = rounds.filter((rows) => rows.length === FILES.length).sort((x, y) => duration(x) - duration(y));
  return whole[whole.length >> 1] ?? [];
}

/** Milliseconds from the first moment to the end of the last file. */
export const duration = (rows) => Math.max(...rows.map((r) => r.end));

/** The largest number of answers under way at one moment. */
function busiest(rows) {
  const edges = rows.flatMap(({ asked, end }) => [[asked, 1], [end, -1]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let now = 0;
  let most = 0;
  for (const [, change] of edges) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}

export function verdict(rows, protocol, delay) {
  const most = busiest(rows);
  const opened = rows.filter((r) => r.connected).length;
  const files = `${rows.length} files in ${number(duration(rows))} ms${delay ? `, with ${DELAY_MS} ms more on the way` : ''}.`;
  if (/^HTTP\/[23]/.test(protocol)) {
    return `${files} Up to ${most} were under way at once, sharing one connection${delay ? ', so that the longer way counts once' : ''}.`;
  }
  const connections = opened > 1 ? ` ${opened} connections had to be opened again.` : '';
  return `${files} Never more than ${Math.min(most, HTTP1_CONNECTIONS)} under way at once: a connection carries one answer at a time, and the others queue${delay ? ', so that the longer way counts again for each turn' : ''}.${connections}`;
}

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function niceStep(total) {
  const power = 10 ** Math.floor(Math.log10(total / 4));
  return [1, 2, 5, 10].find((n) => n * power >= total / 4) * power;
}

export function drawWaterfall(host, rows, total = Math.max(1, ...rows.map((r) => r.end))) {
  const percent = (ms) => `${Math.min(100, Math.max(0, (ms / total) * 100)).toFixed(2)}%`;
  const axis = element('div', 'wf-axis');
  axis.setAttribute('aria-hidden', 'true');
  const step = niceStep(total);
  for (let ms = 0; ms <= total * 0.93; ms += step) {
    const tick = element('span', 'wf-tick', ms ? `${number(ms, step < 1 ? 1 : 0)} ms` : '0');
    tick.style.left = percent(ms);
    axis.append(tick);
  }
  const list = element('ol', 'wf-rows');
  for (const r of rows) {
    const item = element('li', 'wf-row');
    item.append(element('span', 'wf-name', r.name));
    const figures = `${r.size ? `${bytes(r.size)} · ` : ''}${number(r.end - r.start)} ms`;
    const track = element('span', 'wf-track');
    track.setAttribute('aria-hidden', 'true');
    for (const [kind, from, to] of [['queue', r.start, r.asked], ['wait', r.asked, r.answered], ['receive', r.answered, r.end]]) {
      const part = element('span', `wf-bar wf-${kind}`);
      part.style.left = percent(from);
      part.style.width = percent(to - from);
      track.append(part);
    }
    const spoken = `: queued ${number(r.asked - r.start)}, waited ${number(r.answered - r.asked)}, received ${number(r.end - r.answered)} milliseconds, from ${number(r.start)}`;
    const text = element('span', 'wf-figures', figures);
    text.append(element('span', 'sr', spoken));
    item.append(track, text);
    list.append(item);
  }
  host.replaceChildren(axis, list);
}

const SIZES = 36;
const pack = (rows) => FILES.map((name) => {
  const { asked, answered, end } = rows.find((r) => r.name === name);
  return [asked, answered - asked, end - answered].map((ms) => Math.max(0, Math.round(ms)).toString(SIZES)).join('.');
}).join('-');

function unpack(text, protocol) {
  const parts = text.split('-');
  if (parts.length !== FILES.length) return null;
  const rows = parts.map((part, i) => {
    const [asked, waited, received] = part.split('.').map((digits) => (/^[0-9a-z]{1,5}$/.test(digits) ? parseInt(digits, SIZES) : NaN));
    return { name: FILES[i], start: 0, asked, answered: asked + waited, end: asked + waited + received, size: 0, connected: false, protocol };
  });
  return rows.every((r) => Number.isFinite(r.end)) ? rows.sort((x, y) => x.asked - y.asked || x.end - y.end) : null;
}

/** A link to the same page at another address that takes this measurement along, in some 200 characters. */
export function compareLink(address, protocol, plain, delayed) {
  const url = new URL(address, location.href);
  if (!/^https?:$/.test(url.protocol)) return null;
  url.hash = `#/protocol?with=${/^HTTP\/2/.test(protocol) ? 2 : 1}_${pack(plain)}_${pack(delayed)}`;
  return url.href;
}

/** The measurement that came along in the address, or null. */
export function carried() {
  const match = COMPARE.exec(location.hash);
  if (!match) return null;
  const protocol = match[1] === '2' ? 'HTTP/2' : 'HTTP/1.1';
  const plain = unpack(match[2], protocol);
  const delayed = unpack(match[3], protocol);
  return plain && delayed ? { protocol, plain, delayed } : null;
}
