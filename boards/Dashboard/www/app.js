// Start of the page: views, tiles, the chart, the output switch, and what happens when the device falls silent.

import { Feed, explain, getJson, getLines, getText, putState } from './feed.js';
import { Chart, Series, sparkline } from './chart.js';
import { NONE, bytes, duration, durationText, number, setText, since, useZone } from './chart.js';

const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const feed = new Feed();
feed.start(); // first, so that it is on its way while the page is being made
const RATE_WINDOW_MS = 10000;
const RATE_MIN_MS = 1900;

// ---- Metrics ---------------------------------------------------------------------------------

let fahrenheit = false;
let large = false; // heap

const signalWord = (dbm) => (dbm >= -55 ? 'excellent' : dbm >= -67 ? 'good' : dbm >= -75 ? 'fair' : 'weak');

const metrics = {
  temperature: {
    label: 'Temperature',
    get unit() { return fahrenheit ? '°F' : '°C'; },
    digits: 1,
    span: 2,
    series: new Series(),
    read: (s) => s.temperature,
    view: (celsius) => (fahrenheit ? celsius * 1.8 + 32 : celsius),
    note() {
      const { low, high } = this.series.extent();
      return `${this.format(this.view(low))} to ${this.format(this.view(high))} seen`;
    },
    missing: 'No sensor',
  },
  heap: {
    label: 'Free heap',
    get unit() { return large ? 'MB' : 'KB'; },
    get digits() { return large ? 2 : 1; },
    get span() { return large ? 0.1 : 4; },
    floor: 0,
    series: new Series(),
    read: (s) => s.heapFree / 1024,
    view: (value) => (large ? value / 1024 : value),
    note: (s) => (s.heapTotal > 0 ? `${number((s.heapFree / s.heapTotal) * 100)} % of ${bytes(s.heapTotal)}` : ''),
    missing: 'Not reported',
  },
  signal: {
    label: 'Wi-Fi signal',
    unit: 'dBm',
    digits: 0,
    span: 12,
    series: new Series(),
    read: (s) => s.signal,
    view: (value) => value,
    note: (s) => signalWord(s.signal),
    missing: 'Not measured',
  },
  rate: {
    label: 'Requests per second',
    unit: '/s',
    digits: 1,
    span: 2,
    floor: 0,
    series: new Series(),
    read: (s, time) => requestRate(s.requests, time),
    view: (value) => value,
    note: (s) => `${number(s.requests)} since start`,
    missing: 'Measuring',
  },
};
for (const metric of Object.values(metrics)) {
  metric.format = (value) => number(value, metric.digits);
}

const counts = [];

function requestRate(requests, time) {
  if (!Number.isFinite(requests)) return NaN;
  if (counts.length && requests < counts.at(-1).requests) counts.length = 0; // the device was restarted
  counts.push({ requests, time });
  while (counts.length > 2 && counts[1].time <= time - RATE_WINDOW_MS) counts.shift();
  const first = counts[0];
  return time - first.time < RATE_MIN_MS ? NaN : ((requests - first.requests) / (time - first.time)) * 1000;
}

// ---- Overview --------------------------------------------------------------------------------

const FAULTS = {
  temperature: 'The temperature sensor does not answer; the device keeps trying.',
  signal: 'The radio does not answer; the device keeps trying.',
};

const chart = new Chart($('chart'));
const tiles = new Map([...document.querySelectorAll('[data-metric]')].map((tile) => [tile.dataset.metric, {
  tile,
  value: tile.querySelector('.tile-number'),
  unit: tile.querySelector('.tile-unit'),
  note: tile.querySelector('.tile-note'),
  spark: tile.querySelector('.spark'),
}]));
let shown = 'temperature';
let picked = false;
let status = null;

const failed = (name) => status.faults?.includes(name) ?? false;

function drawTile(name, value) {
  const metric = metrics[name];
  const { tile, value: figure, unit, note, spark } = tiles.get(name);
  const known = Number.isFinite(value);
  const fault = failed(name);
  tile.classList.toggle('tile-fault', fault);
  // What a board cannot measure is not shown, as the signal of one without Wi-Fi. A rate takes two counts.
  tile.parentNode.hidden = !known && !fault && !metric.series.points.length && name !== 'rate';
  setText(figure, known ? metric.format(metric.view(value)) : NONE);
  setText(unit, known ? metric.unit : '');
  setText(note, known ? metric.note(status) : fault ? 'Sensor is silent' : metric.missing);
  if (name === shown) metric.empty = fault ? 'The sensor does not answer. The device keeps trying.' : metric.missing;
  sparkline(spark, metric.series, metric.span);
}

function drawOverview(time) {
  // A device without a sensor shows what it measures, until somebody picks a tile.
  if (!picked && shown === 'temperature' && !Number.isFinite(status.temperature) && !failed(shown)) choose('heap');
  for (const name in metrics) {
    const value = metrics[name].read(status, time);
    metrics[name].series.push(time, value);
    drawTile(name, value);
  }
  const notice = [status.notice, ...(status.faults ?? []).map((name) => FAULTS[name])].filter(Boolean).join(' ');
  $('notice').hidden = !notice;
  setText($('notice-text'), notice);
  const uptime = Number.isFinite(status.uptime);
  $('uptime').replaceChildren(...(uptime ? duration(status.uptime) : [[NONE, '']]).flatMap(([n, unit]) => {
    const figure = document.createElement('span');
    const label = document.createElement('small');
    figure.textContent = n;
    label.textContent = unit;
    return [figure, label];
  }));
  const note = () => setText($('uptime-note'), uptime ? since(status.uptime) : '');
  if ('ready' in root.dataset) note();
  else setTimeout(note); // dates take a browser its time when they are written first: all else is shown before

  setText($('device'), status.device || 'Device');
  setText($('fact-firmware'), status.firmware ?? NONE);
  setText($('fact-protocol'), status.protocol ?? NONE);
  const total = status.heapTotal;
  const used = total > 0 && Number.isFinite(status.heapFree) ? total - status.heapFree : NaN;
  setText($('fact-heap'), Number.isFinite(used) ? `${bytes(used)} of ${bytes(total)}` : NONE);
  $('heap-meter').value = Number.isFinite(used) ? used / total : 0;
  chart.draw();
}

/** What the device has measured before the page was opened. */
async function fill() {
  const lines = (await getLines('api/history')).filter((line) => Array.isArray(line) && line.length === 5 && line[0] <= status.uptime);
  const samples = lines.slice(Math.max(0, lines.findLastIndex(([at], i) => at < lines[i - 1]?.[0]))); // of this run of the device
  const now = performance.now();
  const interval = samples.length > 1 ? ((samples.at(-1)[0] - samples[0][0]) / (samples.length - 1)) * 1000 : 0;
  const series = { temperature: [], heap: [], signal: [], rate: [] };
  const gaps = new Set();
  samples.forEach(([at, temperature, heap, signal, requests], i) => {
    const time = now - (status.uptime - at) * 1000;
    const before = samples[i - 1];
    const rate = before && requests >= before[4] && at > before[0] ? (requests - before[4]) / (at - before[0]) : null;
    for (const [name, value] of Object.entries({ temperature, heap: heap / 1024, signal, rate })) {
      if (Number.isFinite(value)) series[name].push({ time, value, gap: gaps.delete(name), old: true });
      else gaps.add(name);
    }
  });
  for (const name in series) metrics[name].series.precede(series[name], interval);
  drawOverview(now);
}

function choose(name) {
  shown = name;
  for (const [other, { tile }] of tiles) tile.setAttribute('aria-pressed', String(other === name));
  metrics[name].empty = status ? metrics[name].missing : undefined;
  chart.show(metrics[name]);
}

for (const [name, { tile }] of tiles) tile.addEventListener('click', () => { picked = true; choose(name); });

// ---- Output ----------------------------------------------------------------------------------

const led = $('led');
const ASKED_MS = 1500; // an answer that takes longer waits for a person
const SILENT_MS = 5000; // the device is not waited for longer than this
let wanted = null; // what somebody pressed, until the device has answered

function drawLed() {
  const known = feed.features.has('led') && typeof status.output === 'boolean';
  const on = known && (wanted ?? status.output);
  led.disabled = !known;
  led.setAttribute('aria-checked', String(on));
  setText($('led-state'), known ? (on ? 'On' : 'Off') : 'Unknown');
  $('output').hidden = !feed.features.has('led');
  if (wanted === null && !('told' in $('led-note').dataset)) setText($('led-note'), 'Changing it may ask for a name and password.');
}

function tellLed(text) {
  $('led-note').dataset.told = '';
  setText($('led-note'), text);
}

/** The knob moves at once. What is pressed before the device has answered is sent when it has: the last press counts. */
async function press() {
  if (led.disabled) return;
  const sending = wanted !== null;
  wanted = !(wanted ?? status.output);
  drawLed();
  if (sending) return;
  led.setAttribute('aria-busy', 'true');
  tellLed('Switching…');
  const begun = performance.now();
  const silence = new AbortController();
  let since = begun; // when the device was asked, or a person
  const watch = setInterval(() => {
    const now = performance.now();
    const own = feed.features.has('session'); // the browser's own box cannot be seen from here, but a device that is alive
    const asking = $('sign-in').open;
    if (asking) since = now;
    else if (now - (own ? since : Math.max(since, feed.answered)) > (feed.offline ? ASKED_MS : SILENT_MS)) silence.abort();
    if (now - begun > ASKED_MS) {
      tellLed(asking ? 'Waiting for your name and password…' : own ? 'Waiting for the device…' : 'Waiting for your name and password, or for the device…');
    }
  }, 250);
  try {
    let sent;
    do {
      sent = wanted;
      since = performance.now();
      const answer = await putState('api/led', { on: sent }, silence.signal);
      status.output = typeof answer?.on === 'boolean' ? answer.on : sent;
    } while (wanted !== sent);
    tellLed('Done.');
  } catch (error) {
    const known = status.output ? 'on' : 'off';
    tellLed(silence.signal.aborted ? `The device does not answer. It was ${known} when it last did.` : `${explain(error)} It is ${known}, as before.`);
  } finally {
    clearInterval(watch);
    wanted = null;
    led.removeAttribute('aria-busy');
    drawLed();
  }
}

led.addEventListener('click', press);

// ---- Views -----------------------------------------------------------------------------------

const names = { overview: 'Overview', protocol: 'Protocol', settings: 'Settings', log: 'Log' };
const pages = {};
let view = '';

function wantedView() {
  const match = /^#\/([a-z]*)/.exec(location.hash);
  if (!match) return location.hash.length > 1 && view ? view : 'overview';
  const name = match[1] in names ? match[1] : 'overview';
  const optional = name === 'settings' || name === 'log';
  return optional && status && !feed.features.has(name) ? 'overview' : name;
}

function title() {
  const device = status?.device || 'Http2Nano';
  const text = view === 'overview' ? device : `${names[view]} – ${device}`;
  if (document.title !== text) document.title = text;
}

function route(moveFocus) {
  const next = wantedView();
  if (next === view) return;
  pages[view]?.hide?.();
  view = next;
  root.dataset.view = view;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#/${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  showPage(view);
  title();
  if (moveFocus) {
    scrollTo(0, 0);
    document.querySelector(`#${view} h1`).focus({ preventScroll: true });
  }
}

addEventListener('hashchange', () => route(true));

/** Views are loaded when they are wanted for the first time, so that the overview comes soon and has few files. */
const makers = {
  protocol: () => import('./protocol.js').then(({ ProtocolPage }) => ProtocolPage),
  settings: () => import('./settings.js').then(({ SettingsPage }) => SettingsPage),
  log: () => import('./log.js').then(({ LogPage }) => LogPage),
};
const making = {};

/** The page of a view: its script, and what stands below its heading. */
async function make(name) {
  const [Page, text] = await Promise.all([makers[name](), getText(`${name}.html`)]);
  const content = document.createElement('template');
  content.innerHTML = text;
  document.querySelector(`#${name} > .loading`).replaceWith(content.content);
  return new Page(feed);
}

async function showPage(name) {
  if (!makers[name]) return;
  try {
    pages[name] = await (making[name] ??= make(name));
    if (view === name) pages[name].show();
  } catch {
    making[name] = null; // the device is lost: this is tried again once it answers
    setText(document.querySelector(`#${name} > .loading`), 'It could not be loaded. It comes as soon as the device answers.');
  }
}

// ---- Theme -----------------------------------------------------------------------------------

const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);

function drawTheme() {
  $('theme').setAttribute('aria-label', isDark() ? 'Use the light theme' : 'Use the dark theme');
  const colour = getComputedStyle(root).getPropertyValue('--page').trim();
  for (const meta of document.querySelectorAll('meta[name=theme-color]')) meta.content = colour;
}

$('theme').addEventListener('click', () => {
  const next = isDark() ? 'light' : 'dark';
  root.dataset.theme = next;
  try {
    localStorage.setItem('theme', next);
  } catch {
    // Storage is blocked: the choice holds until the page is left.
  }
  drawTheme();
});
dark.addEventListener('change', drawTheme);

// ---- Signing in ------------------------------------------------------------------------------

let account = null;

/** What was not to be had when it was wanted, as from a device that is busy, is asked for again with the next values. */
function complete() {
  if (feed.features.has('session')) account ??= import('./account.js').then(({ Account }) => new Account()).catch(() => { account = null; });
  if (!making[view]) showPage(view);
}

addEventListener('hashchange', () => { if (location.hash === '#/sign-in') account?.then((made) => made?.ask()); });

// ---- Feed ------------------------------------------------------------------------------------

function link(state, text) {
  root.dataset.link = state;
  setText($('link'), text);
}

feed.addEventListener('status', ({ detail }) => {
  status = detail;
  fahrenheit = status.unit === 'F';
  large = status.heapTotal >= 1000 * 1024;
  drawOverview(performance.now());
  drawLed();
  link('live', status.protocol ? `Live · ${status.protocol}` : 'Live');
  root.dataset.ready = '';
  title();
  complete();
});

feed.addEventListener('features', async ({ detail }) => {
  await Promise.resolve(); // the status that brought them is drawn first
  for (const name of ['settings', 'log']) $(`nav-${name}`).hidden = !detail.has(name);
  drawLed();
  route(false);
  complete();
  if (location.hash === '#/sign-in') account?.then((made) => made?.ask());
  if (detail.has('time')) getJson('api/device').then(({ timeZone }) => useZone(timeZone)).catch(() => {});
  if (detail.has('history')) fill().catch(() => {}); // the charts begin empty then
});

feed.addEventListener('offline', ({ detail }) => {
  link('lost', detail.full ? 'Busy' : 'No answer');
  root.dataset.ready = '';
  const age = status ? `The values shown are the last ones received, after ${durationText(status.uptime)} of running.` : detail.full ? '' : 'Is it switched on and on this network?';
  setText($('banner-text'), `${detail.full ? 'The device is busy with others.' : 'The device does not answer.'} ${age} Trying again…`);
});

feed.addEventListener('online', () => {
  setText($('banner-text'), '');
  counts.length = 0;
  if (!pages[view]) showPage(view);
});

drawTheme();
choose(shown);
route(false);
