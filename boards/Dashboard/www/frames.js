// This connection's real frames: asked for while the page is looked at, drawn as lanes, one for each stream.

import { getLines } from './feed.js';
import { bytes, number, setText } from './chart.js';

const $ = (id) => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';
const ASK_MS = 1000;
const BUSY_MS = 3000; // another connection is being watched
const TABLES_MS = 3000;
const KEEP = 1000;
const ENOUGH = 12; // frames of a new connection that are worth more than the last ones of the connection before
const SETTLED = 3; // answers after which they are shown in any case
const SHOWN = 160;
const LANES = 18; // the connection, and the streams seen last
const ROWS = 60;
const COLUMN = 19;
const ROW = 26;
const TOP = 6;

const TYPES = { 0: ['DATA', 'D'], 1: ['HEADERS', 'H'], 2: ['PRIORITY', 'Y'], 3: ['RST_STREAM', 'R'], 4: ['SETTINGS', 'S'], 5: ['PUSH_PROMISE', 'P'], 6: ['PING', 'p'], 7: ['GOAWAY', 'G'], 8: ['WINDOW_UPDATE', 'W'], 9: ['CONTINUATION', 'C'], 16: ['PRIORITY_UPDATE', 'U'] };
const ERRORS = ['NO_ERROR', 'PROTOCOL_ERROR', 'INTERNAL_ERROR', 'FLOW_CONTROL_ERROR', 'SETTINGS_TIMEOUT', 'STREAM_CLOSED', 'FRAME_SIZE_ERROR', 'REFUSED_STREAM', 'CANCEL', 'COMPRESSION_ERROR', 'CONNECT_ERROR', 'ENHANCE_YOUR_CALM', 'INADEQUATE_SECURITY', 'HTTP_1_1_REQUIRED'];
const DATA = 0;
const HEADERS = 1;
const PUSH_PROMISE = 5;

function svg(name, attributes, parent, text) {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  parent?.append(element);
  return element;
}

const octets = (count) => `${number(count)} ${count === 1 ? 'octet' : 'octets'}`;
const typeName = (type) => TYPES[type]?.[0] ?? `type ${type}`;
const urgency = (priority) => (priority < 0 ? '' : `urgency ${priority & 7}${priority & 8 ? ', shared' : ''}`);

/** What a frame says, beside its type, in words. */
function meaning({ type, flags, length, value, second, sent, priority }) {
  const words = [];
  const ends = type <= 1 && flags & 1;
  if ((type === HEADERS || type === PUSH_PROMISE) && second > 0) words.push(`${octets(second)} in ${number(length)}`);
  if (type === PUSH_PROMISE) words.push(`promises stream ${value}`);
  if (type === HEADERS && priority >= 0 && !sent) words.push(urgency(priority));
  if (type === 3 || type === 7) words.push(ERRORS[value] ?? `error ${value}`);
  if ((type === 4 || type === 6) && flags & 1) words.push('acknowledged');
  if (type === 8) words.push(`${octets(value)} more`);
  if (type === 16) words.push(`for stream ${value}`);
  if (type === DATA && sent) words.push(`leaves ${bytes(value)} for the connection, ${bytes(second)} for the stream`);
  if (ends) words.push('the last one');
  return words.join(', ');
}

const side = (frame) => (frame.sent ? 'device' : 'browser');

export class Frames {
  #feed;
  #frames = []; // what is shown: those of this connection, or of the one before until there are enough
  #paths = new Map();
  #coming = null; // frames and paths of a connection that has just begun
  #answers = 0;
  #connection = NaN;
  #last = -1;
  #hidden = 0;
  #paused = false;
  #shown = false;
  #timer = 0;
  #cursor = -1; // number of the frame that is told
  #tables = 0;

  constructor(feed) {
    this.#feed = feed;
    const lanes = $('frames-lanes');
    lanes.addEventListener('keydown', (event) => this.#key(event));
    lanes.addEventListener('click', (event) => {
      const at = event.target.closest('[data-frame]');
      if (at) this.#tell(Number(at.dataset.frame));
    });
    lanes.addEventListener('pointerover', (event) => {
      const at = event.target.closest('[data-frame]');
      if (at && event.pointerType === 'mouse') this.#tell(Number(at.dataset.frame));
    });
    $('frames-pause').addEventListener('click', () => this.#pause());
    $('frames-burst').addEventListener('click', () => this.#burst());
    $('frames-table').addEventListener('toggle', () => this.#drawTable());
    $('hpack-table').addEventListener('toggle', () => this.#askTables());
  }

  /** Begins and ends to ask; the device keeps frames only while somebody does. */
  async show() {
    if (this.#shown) return;
    this.#shown = true;
    await this.#ask();
  }

  hide() {
    this.#shown = false;
    clearTimeout(this.#timer);
  }

  async #ask() {
    clearTimeout(this.#timer);
    if (!this.#shown) return;
    let pause = ASK_MS;
    if (!document.hidden && !this.#paused && !this.#feed.offline) {
      try {
        this.#take(await getLines(`api/frames?after=${this.#last}`));
        if ($('hpack-table').open && performance.now() - this.#tables > TABLES_MS) this.#askTables();
      } catch (error) {
        if (error.status === 409) {
          pause = BUSY_MS;
          setText($('frames-note'), 'Another connection is being watched at present; the device shows one at a time. This page tries again.');
        }
      }
    }
    clearTimeout(this.#timer);
    if (this.#shown) this.#timer = setTimeout(() => this.#ask(), pause);
  }

  #take([head, ...lines]) {
    const [connection, , hidden] = head;
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.#coming = { frames: [], paths: new Map() };
      this.#answers = 0;
      this.#last = -1;
    }
    this.#hidden = hidden;
    const { frames, paths } = this.#coming ?? { frames: this.#frames, paths: this.#paths };
    let fresh = 0;
    for (const line of lines) {
      if (line.length === 2) {
        if (line[0]) paths.set(line[0], line[1]);
        continue;
      }
      const [n, time, sent, type, flags, stream, length, value, second, priority] = line;
      if (n <= this.#last) continue;
      frames.push({ n, time, sent: sent === 1, type, flags, stream, length, value, second, priority, lost: this.#last >= 0 ? n - this.#last - 1 : 0 });
      this.#last = n;
      fresh += 1;
    }
    if (frames.length > KEEP) frames.splice(0, frames.length - KEEP);
    while (paths.size > 200) paths.delete(paths.keys().next().value);
    this.#answers += 1;
    if (this.#coming && (!this.#frames.length || frames.length >= ENOUGH || (frames.length && this.#answers >= SETTLED))) {
      this.#frames = frames;
      this.#paths = paths;
      this.#coming = null;
      this.#cursor = -1;
      fresh += 1;
    }
    if (fresh || !$('frames-lanes').firstElementChild) this.#draw();
    this.#count();
  }

  #count() {
    const { length } = this.#frames;
    const lost = this.#frames.reduce((sum, frame) => sum + frame.lost, 0);
    const words = [`${number(length)} ${length === 1 ? 'frame' : 'frames'} of this connection`];
    if (this.#coming) words[0] = `The connection was replaced, as happens when others want their turn. Shown are the last ${number(length)} ${length === 1 ? 'frame' : 'frames'} of the one before`;
    if (lost) words.push(`${number(lost)} more that the device had no place for`);
    if (this.#hidden && !this.#coming) words.push(`${number(this.#hidden)} by which this page asks are left out`);
    setText($('frames-note'), `${words.join('; ')}.`);
    this.#saved();
  }

  #saved() {
    for (const [id, sent] of [['saved-requests', false], ['saved-responses', true]]) {
      const blocks = this.#frames.filter((frame) => frame.sent === sent && frame.type === HEADERS && frame.second > 0);
      const before = blocks.reduce((sum, { second }) => sum + second, 0);
      const after = blocks.reduce((sum, { length }) => sum + length, 0);
      setText($(id), blocks.length ? `${number(blocks.length)} ${blocks.length === 1 ? 'block' : 'blocks'}: ${bytes(before)} in ${bytes(after)}, ${number((1 - after / before) * 100)} % less` : 'None yet');
    }
  }

  #pause() {
    this.#paused = !this.#paused;
    setText($('frames-pause'), this.#paused ? 'Resume' : 'Pause');
    if (!this.#paused) this.#ask();
  }

  /** Something to see: files asked for at once with different urgencies, and one stream that is given up. */
  async #burst() {
    if (this.#paused) this.#pause();
    const given = new AbortController();
    const files = [['style.css', 'low'], ['app.js', 'auto'], ['favicon.svg', 'high']];
    fetch('api/events', { cache: 'no-store', signal: given.signal }).catch(() => {});
    await Promise.allSettled(files.map(([name, priority]) => fetch(name, { cache: 'reload', priority }).then((answer) => answer.arrayBuffer())));
    given.abort();
    this.#ask();
  }

  // ---- The picture

  #draw() {
    const frames = this.#frames.slice(-SHOWN);
    const seen = new Map();
    for (const frame of frames) {
      if (frame.stream) {
        seen.delete(frame.stream);
        seen.set(frame.stream, true);
      }
    }
    const kept = new Set([...seen.keys()].slice(1 - LANES));
    const streams = [0, ...[...kept].sort((a, b) => a - b)];
    const lane = new Map(streams.map((stream, i) => [stream, i]));
    const shown = frames.filter(({ stream }) => lane.has(stream));
    const width = Math.max(1, shown.length) * COLUMN + 12;
    const windowAt = TOP + streams.length * ROW + 8;
    const height = windowAt + 58;
    const root = $('frames-lanes');
    const names = $('frames-names');
    const atEnd = root.scrollWidth - root.scrollLeft - root.clientWidth < 60;
    const picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
    const x = (i) => 6 + i * COLUMN;
    const y = (stream) => TOP + lane.get(stream) * ROW;

    for (const stream of streams) {
      const from = shown.findIndex((frame) => frame.stream === stream);
      const to = shown.findLastIndex((frame) => frame.stream === stream);
      const at = y(stream) + 10.5;
      svg('line', { x1: 0, x2: width, y1: at, y2: at, class: 'fr-lane' }, picture);
      if (stream && from >= 0) svg('line', { x1: x(from) + 8, x2: x(to) + 8, y1: at, y2: at, class: 'fr-life' }, picture);
    }
    shown.forEach((frame, i) => {
      if (frame.type === PUSH_PROMISE && lane.has(frame.value)) {
        svg('line', { x1: x(i) + 8, x2: x(i) + 8, y1: y(frame.stream) + 18, y2: y(frame.value) + 10, class: 'fr-promise' }, picture);
      }
      const group = svg('g', { 'data-frame': frame.n, class: `fr fr-${frame.sent ? 'sent' : 'got'} fr-t${frame.type in TYPES ? frame.type : 'x'}${frame.n === this.#cursor ? ' fr-at' : ''}` }, picture);
      svg('rect', { x: x(i), y: y(frame.stream) + 1, width: 16, height: 19, rx: 3 }, group);
      svg('text', { x: x(i) + 8, y: y(frame.stream) + 15, 'text-anchor': 'middle' }, group, TYPES[frame.type]?.[1] ?? '?');
      if (frame.type <= 1 && frame.flags & 1) svg('rect', { x: x(i) + 13, y: y(frame.stream) + 1, width: 3, height: 19, class: 'fr-end' }, group);
    });
    this.#drawWindow(picture, shown, x, windowAt, width);
    root.replaceChildren(picture);
    names.replaceChildren(...streams.map((stream) => this.#name(stream, shown)), Object.assign(document.createElement('li'), { className: 'fr-window-name', textContent: 'Room to send' }));
    if (atEnd || this.#cursor < 0) root.scrollLeft = root.scrollWidth;
    root.setAttribute('aria-valuemax', String(Math.max(0, shown.length - 1)));
    this.#shownFrames = shown;
    if (this.#cursor < 0) this.#say(shown.at(-1));
    this.#drawTable();
  }

  #shownFrames = [];

  #name(stream, shown) {
    const item = document.createElement('li');
    const id = document.createElement('b');
    id.textContent = stream || 'All';
    const path = document.createElement('span');
    path.textContent = stream ? this.#paths.get(stream) ?? 'asked for before' : 'connection';
    path.title = path.textContent;
    item.append(id, path);
    const asked = shown.find((frame) => frame.stream === stream && frame.priority >= 0);
    if (asked) {
      const mark = document.createElement('i');
      mark.textContent = `u${asked.priority & 7}${asked.priority & 8 ? 'i' : ''}`;
      mark.title = urgency(asked.priority);
      item.append(mark);
    }
    return item;
  }

  /** The connection's window for sending: what DATA takes, and what WINDOW_UPDATE gives back. */
  #drawWindow(picture, shown, x, top, width) {
    let left = NaN;
    const points = shown.map((frame) => {
      if (frame.type === DATA && frame.sent) left = frame.value;
      else if (frame.type === 8 && !frame.sent && frame.stream === 0) left += frame.value;
      return left;
    });
    const known = points.filter(Number.isFinite);
    if (!known.length) return;
    const low = Math.min(...known);
    const high = Math.max(...known);
    const y = (value) => top + 34 - ((value - low) / Math.max(1, high - low)) * 28;
    let path = '';
    points.forEach((value, i) => {
      if (Number.isFinite(value)) path += path ? `H${x(i) + 8}V${y(value).toFixed(1)}` : `M${x(i) + 8} ${y(value).toFixed(1)}`;
    });
    svg('path', { d: `${path}H${width}`, class: 'fr-window' }, picture);
    svg('text', { x: width - 8, y: top + 51, 'text-anchor': 'end', class: 'chart-label' }, picture, high > low ? `${bytes(low)} to ${bytes(high)}` : bytes(high));
  }

  // ---- In words

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity }[event.key];
    const frames = this.#shownFrames;
    if (event.key === 'Escape') this.#cursor = -1;
    else if (step === undefined || !frames.length) return;
    else {
      const at = this.#cursor < 0 ? frames.length : frames.findIndex(({ n }) => n === this.#cursor);
      this.#cursor = frames[Math.min(frames.length - 1, Math.max(0, (at < 0 ? frames.length : at) + step))].n;
    }
    event.preventDefault();
    this.#mark();
    const box = $('frames-lanes').querySelector('.fr-at');
    box?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #tell(n) {
    this.#cursor = n;
    this.#mark();
  }

  #mark() {
    for (const box of $('frames-lanes').querySelectorAll('.fr-at')) box.classList.remove('fr-at');
    if (this.#cursor >= 0) $('frames-lanes').querySelector(`[data-frame="${this.#cursor}"]`)?.classList.add('fr-at');
    this.#say(this.#frames.find(({ n }) => n === this.#cursor) ?? this.#shownFrames.at(-1));
  }

  #say(frame) {
    const lanes = $('frames-lanes');
    const text = frame ? this.#words(frame) : 'No frames yet';
    setText($('frames-told'), text);
    lanes.setAttribute('aria-valuetext', text);
    lanes.setAttribute('aria-valuenow', String(Math.max(0, this.#shownFrames.indexOf(frame))));
  }

  #words(frame) {
    const where = frame.stream ? `stream ${frame.stream}${this.#paths.has(frame.stream) ? ` (${this.#paths.get(frame.stream)})` : ''}` : 'the connection';
    const more = meaning(frame);
    return `${typeName(frame.type)} from the ${side(frame)} for ${where}, ${octets(frame.length)}${more ? `: ${more}` : ''}`;
  }

  #drawTable() {
    if (!$('frames-table').open) return;
    const frames = this.#frames.slice(-ROWS).reverse();
    const now = frames[0]?.time ?? 0;
    const cells = (frame) => [`${number((now - frame.time) / 1000, 2).replace(/^0\.00$/, '0')} s`, side(frame), typeName(frame.type), frame.stream ? `${frame.stream} ${this.#paths.get(frame.stream) ?? ''}` : 'connection', number(frame.length), meaning(frame)];
    $('frames-rows').replaceChildren(...frames.map((frame) => row(cells(frame))));
  }

  async #askTables() {
    if (!$('hpack-table').open) return;
    this.#tables = performance.now();
    try {
      const fields = await getLines('api/hpack');
      $('hpack-rows').replaceChildren(...fields.map(([table, index, size, name, value]) => row([table ? 'responses' : 'requests', index, name.trim(), value ?? '(not shown)', number(size)])));
      setText($('hpack-note'), fields.length ? '' : 'Both tables are empty.');
    } catch {
      setText($('hpack-note'), 'The tables could not be read; this is tried again.');
    }
  }
}

function row(cells) {
  const line = document.createElement('tr');
  for (const text of cells) line.insertCell().textContent = text;
  return line;
}
