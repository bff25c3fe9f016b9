// How this page's own assets arrived: taken from the browser's resource timing, drawn as a waterfall.

import { bytes, number } from './chart.js';

const COMPARE = /^#\/protocol\?compare=(.+)$/;

const fileName = (url) => new URL(url, location.href).pathname.slice(1) || 'index.html';

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
    cached: entry.transferSize === 0 && entry.decodedBodySize > 0,
    connected: entry.connectEnd > entry.connectStart,
    protocol: entry.nextHopProtocol,
  };
}

const isAsset = (entry) => {
  const url = new URL(entry.name, location.href);
  return url.origin === location.origin && !url.pathname.startsWith('/api/');
};

export const protocolName = (id) =>
  ({ h2: 'HTTP/2', h2c: 'HTTP/2', h3: 'HTTP/3', 'http/1.1': 'HTTP/1.1', 'http/1.0': 'HTTP/1.0' })[id] ?? '';

/** What the browser itself says about the connection: 'h2', 'http/1.1', or '' where it does not tell. */
export function nextHop() {
  const status = performance.getEntriesByType('resource').findLast((entry) => entry.name.includes('/api/status'));
  return status?.nextHopProtocol || performance.getEntriesByType('navigation')[0]?.nextHopProtocol || '';
}

/** The page and everything it loaded, as measured while it was loading. */
export function measureLoad() {
  const [navigation] = performance.getEntriesByType('navigation');
  const seen = new Set();
  const rows = [];
  for (const entry of [...(navigation ? [navigation] : []), ...performance.getEntriesByType('resource')]) {
    const name = fileName(entry.name);
    if (!isAsset(entry) || seen.has(name) || !entry.responseEnd) continue;
    seen.add(name);
    rows.push(row(entry, 0));
  }
  return tidy(rows);
}

/** Fetches the same files again, all at once and past every cache. */
export async function measureAgain(names) {
  const origin = performance.now();
  const answers = names.map((name) => fetch(`/${name}`, { cache: 'reload' }).then((response) => response.arrayBuffer()));
  await Promise.allSettled(answers);
  await new Promise((done) => { setTimeout(done, 50); }); // entries are queued shortly after the body ends
  const rows = performance.getEntriesByType('resource')
    .filter((entry) => entry.startTime >= origin && isAsset(entry) && names.includes(fileName(entry.name)))
    .map((entry) => row(entry, origin));
  return tidy(rows);
}

function tidy(rows) {
  return rows.sort((a, b) => a.start - b.start || a.end - b.end);
}

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

export function verdict(rows, protocol) {
  const real = rows.filter((r) => !r.cached);
  if (!real.length) return 'Everything came from the browser’s cache. Measure again to see it travel.';
  const total = Math.max(...real.map((r) => r.end)) - Math.min(...real.map((r) => r.start));
  const queued = real.reduce((sum, r) => sum + (r.asked - r.start), 0);
  const most = busiest(real);
  const opened = real.filter((r) => r.connected).length;
  const files = `${real.length} ${real.length === 1 ? 'file' : 'files'} in ${number(total)} ms.`;
  const wait = `Before they were asked for, the files waited ${number(queued)} ms in the browser, all added up.`;
  if (/^HTTP\/[23]/.test(protocol)) {
    return `${files} ${most > 1 ? `Up to ${most} were under way at once, sharing one connection. ` : ''}${wait}`;
  }
  const connections = opened > 1 ? ` ${opened} connections were opened for them.` : '';
  return `${files} Never more than ${most} under way at once: a connection carries one answer at a time, and the others queue.${connections} ${wait}`;
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
    const figures = r.cached ? 'from cache' : `${bytes(r.size)} · ${number(r.end - r.start)} ms`;
    const track = element('span', 'wf-track');
    track.setAttribute('aria-hidden', 'true');
    for (const [kind, from, to] of [['queue', r.start, r.asked], ['wait', r.asked, r.answered], ['receive', r.answered, r.end]]) {
      const part = element('span', `wf-bar wf-${kind}`);
      part.style.left = percent(from);
      part.style.width = percent(to - from);
      track.append(part);
    }
    const spoken = r.cached ? '' : `: queued ${number(r.asked - r.start)}, waited ${number(r.answered - r.asked)}, received ${number(r.end - r.answered)} milliseconds, from ${number(r.start)}`;
    const text = element('span', 'wf-figures', figures);
    text.append(element('span', 'sr', spoken));
    item.append(track, text);
    list.append(item);
  }
  host.replaceChildren(axis, list);
}

/** A link to the same page at another address that takes this measurement along. */
export function compareLink(address, protocol, rows, again) {
  const url = new URL(address, location.href);
  if (!/^https?:$/.test(url.protocol)) return null;
  const data = rows.filter((r) => !r.cached)
    .map((r) => [r.name, ...[r.start, r.asked, r.answered, r.end].map((ms) => Math.round(ms)), r.size].join('~'));
  url.hash = `#/protocol?compare=${encodeURIComponent([protocol, again ? 'again' : 'load', ...data].join('|'))}`;
  return url.href;
}

/** The measurement that came along in the address, or null. */
export function carried() {
  const match = COMPARE.exec(location.hash);
  if (!match) return null;
  try {
    const [protocol, kind, ...items] = decodeURIComponent(match[1]).split('|');
    if (!/^HTTP\/[0-9.]+$/.test(protocol) || !items.length || items.length > 60) return null;
    const rows = items.map((item) => {
      const [name, ...figures] = item.split('~');
      const [start, asked, answered, end, size] = figures.map(Number);
      return { name: name.slice(0, 60), start, asked, answered, end, size, cached: false, connected: false, protocol };
    });
    const sound = rows.every((r) => [r.start, r.asked, r.answered, r.end, r.size].every((n) => Number.isFinite(n) && n >= 0));
    return sound ? { protocol, rows, again: kind === 'again' } : null;
  } catch {
    return null;
  }
}
