// Time series, the large chart and the small lines in the tiles: SVG, so it is crisp on every display and follows the theme. And how
// numbers and times are written: what loads together is in few files, because each costs a connection over HTTP/1.1.

const SVG = 'http://www.w3.org/2000/svg';
const KEEP_MS = 2 * 60 * 60 * 1000;
const DENSE_MS = 5 * 60 * 1000; // of what is older fewer points are kept
const SPARSE_MS = 20000;
const APART_MS = 400; // the first poll and the first event may come together
const WINDOWS = [10, 20, 40, 60, 120, 300, 600, 1800, 3600, 7200]; // seconds; the chart widens as values come in
const GAP_MS = 15000; // a longer silence is shown as a gap, not as a straight line

function svg(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  parent?.append(element);
  return element;
}

export class Series {
  points = [];
  now = 0;
  #missed = false;

  push(time, value) {
    this.now = time;
    if (!Number.isFinite(value)) {
      this.#missed = true;
    } else if (time - (this.last?.time ?? -Infinity) >= APART_MS) {
      this.points.push({ time, value, gap: this.#missed });
      this.#missed = false;
    }
    while (this.points[0]?.time < time - KEEP_MS) this.points.shift();
    this.#thin(time - DENSE_MS);
  }

  /** Puts what the device has measured before in front of what has been seen since. */
  precede(points, interval) {
    const first = this.points[0]?.time ?? Infinity;
    this.points = [...points.filter(({ time }) => time < first), ...this.points];
    this.gap = Math.max(GAP_MS, 2.5 * interval);
  }

  gap = GAP_MS;

  /** Milliseconds from the point before that are shown as a gap, not as a straight line. */
  gapAt(point, now) {
    return point.old || point.time < now - DENSE_MS ? Math.max(this.gap, 3 * SPARSE_MS) : Math.max(this.gap, GAP_MS);
  }

  // One point in SPARSE_MS is enough of what has just become old.
  #thin(until) {
    const { points } = this;
    const old = points.findLastIndex(({ time }) => time < until);
    if (old > 0 && points[old].time - points[old - 1].time < SPARSE_MS && !points[old].gap) points.splice(old, 1);
  }

  get last() {
    return this.points.at(-1);
  }

  extent(since = -Infinity) {
    let low = Infinity;
    let high = -Infinity;
    for (const { time, value } of this.points) {
      if (time < since) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return { low, high };
  }
}

/** Rounds a range outwards to steps of 1, 2 or 5 times a power of ten, at least `span` wide. */
function scale(low, high, span, floor, ticks = 4) {
  const missing = Math.max(0, span - (high - low)) / 2;
  let from = low - missing;
  let to = high + missing;
  if (floor !== undefined && from < floor) {
    to = Math.max(to, floor + span);
    from = floor;
  }
  const rough = (to - from) / ticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((n) => n * power >= rough * 0.999) * power;
  return { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step, step };
}

function linePath(points, x, y, gap) {
  let path = '';
  let previous = -Infinity;
  for (const point of points) {
    path += `${point.gap || point.time - previous > gap(point) ? 'M' : 'L'}${x(point.time).toFixed(1)} ${y(point.value).toFixed(1)}`;
    previous = point.time;
  }
  return path;
}

/** The line at the foot of a tile. */
export function sparkline(element, series, span) {
  const { points } = series;
  if (points.length < 2) return;
  const width = 120;
  const height = 28;
  const { low, high } = series.extent();
  const middle = (low + high) / 2;
  const range = Math.max(high - low, span);
  const end = series.now;
  const window = Math.max(WINDOWS[0] * 1000, end - points[0].time);
  const path = linePath(
    points,
    (time) => width - ((end - time) / window) * width,
    (value) => height / 2 - ((value - middle) / range) * (height - 6),
    (point) => series.gapAt(point, end),
  );
  let line = element.firstElementChild;
  if (!line) {
    element.setAttribute('viewBox', `0 0 ${width} ${height}`);
    element.setAttribute('preserveAspectRatio', 'none');
    line = svg('path', { class: 'spark-line', 'vector-effect': 'non-scaling-stroke' }, element);
  }
  line.setAttribute('d', path);
}

/** Seconds in words, as short as they can be told exactly. */
function span(seconds) {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 ? `${seconds} s` : `${seconds / 60} min`;
}

function ago(ms) {
  const seconds = Math.round(ms / 1000);
  if (!seconds) return 'now';
  return seconds < 120 ? `${seconds} s ago` : seconds < 7200 ? `${Math.round(seconds / 60)} min ago` : '2 h ago';
}

export class Chart {
  #svg;
  #range = 0; // seconds; 0 for all that there is
  #cursor = null; // time of the point that the keyboard is at
  #width = 0;
  #height = 0;
  #pointer = null;
  #metric = null;
  #seconds = 0; // that are drawn
  #fingers = new Map(); // where each one is on the chart
  #pinch = null; // seconds that were drawn when two began, and how far apart they were

  constructor(figure) {
    this.#svg = figure.querySelector('svg');
    this.summary = figure.querySelector('[data-chart=summary]');
    this.title = figure.querySelector('[data-chart=title]');
    this.details = figure.querySelector('details');
    new ResizeObserver(([entry]) => {
      this.#width = Math.round(entry.contentRect.width);
      this.#height = Math.round(entry.contentRect.height);
      this.draw();
    }).observe(this.#svg);
    this.#svg.addEventListener('pointerdown', (event) => this.#touch(event));
    this.#svg.addEventListener('pointermove', (event) => this.#move(event));
    for (const type of ['pointerleave', 'pointercancel']) {
      this.#svg.addEventListener(type, (event) => {
        this.#fingers.delete(event.pointerId);
        this.#pinch = null;
        this.#pointer = null;
        this.draw();
      });
    }
    this.#svg.addEventListener('keydown', (event) => this.#key(event));
    this.#svg.addEventListener('blur', () => {
      this.#cursor = null;
      this.draw();
    });
    this.ranges = [...figure.querySelectorAll('[name=range]')];
    figure.addEventListener('change', (event) => {
      if (event.target.name !== 'range') return;
      this.#range = Number(event.target.value);
      this.draw();
    });
    this.details.addEventListener('toggle', () => this.#table());
  }

  // ---- Fingers and the mouse

  get #apart() {
    const [one, two] = this.#fingers.values();
    return Math.max(1, Math.hypot(one.x - two.x, one.y - two.y));
  }

  #touch(event) {
    if (event.pointerType !== 'touch') return;
    this.#svg.setPointerCapture(event.pointerId); // what is drawn below the finger is drawn anew
    this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.#pinch = this.#fingers.size === 2 ? { seconds: this.#seconds, apart: this.#apart } : null;
  }

  /** One finger, or the mouse, reads values; two choose the range. */
  #move(event) {
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.#pinch) this.#choose((this.#pinch.seconds * this.#pinch.apart) / this.#apart);
    this.#pointer = this.#pinch ? null : event.clientX - this.#svg.getBoundingClientRect().left;
    this.draw();
  }

  /** The range whose axis is the nearest; all, where there is no more. A button says so where there is one for it. */
  #choose(seconds) {
    const near = (n) => Math.abs(Math.log(n / seconds));
    const range = WINDOWS.reduce((best, n) => (near(n) < near(best) ? n : best));
    this.#range = range < this.#widest() ? range : 0;
    for (const radio of this.ranges) radio.checked = Number(radio.value) === this.#range;
  }

  /** Seconds of an axis that shows all there is. */
  #widest() {
    const { points, now } = this.#metric.series;
    const reach = points.length ? now - points[0].time : 0;
    return WINDOWS.find((n) => reach <= n * 1000) ?? WINDOWS.at(-1);
  }

  /** Arrows go from value to value, with Shift ten at a time; Home and End to the oldest and the newest, Escape away. */
  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === 'Escape') this.#cursor = null;
    else if (step === undefined || !this.#metric.series.points.length) return;
    else {
      const { points, now } = this.#metric.series;
      const shown = points.filter(({ time }) => !this.#range || time >= now - this.#range * 1000);
      if (!shown.length) return;
      const at = this.#cursor === null ? shown.length : shown.findLastIndex(({ time }) => time <= this.#cursor);
      this.#cursor = shown[Math.min(shown.length - 1, Math.max(0, at + step * (event.shiftKey ? 10 : 1)))].time;
    }
    event.preventDefault();
    this.draw();
  }

  /** What the slider says. */
  #tell(point, now) {
    const { points } = this.#metric.series;
    this.#svg.setAttribute('aria-valuemin', '0');
    this.#svg.setAttribute('aria-valuemax', String(Math.max(0, points.length - 1)));
    this.#svg.setAttribute('aria-valuenow', String(Math.max(0, points.findIndex(({ time }) => time === point.time))));
    this.#svg.setAttribute('aria-valuetext', `${this.#metric.format(point.value)} ${this.#metric.unit}, ${ago(now - point.time)}`);
  }

  /** metric: { label, unit, digits, span, floor, series, view(raw value) } */
  show(metric) {
    this.#metric = metric;
    this.#pointer = null;
    this.draw();
  }

  draw() {
    const metric = this.#metric;
    if (!metric) return;
    setText(this.title, metric.label);
    this.#summarise();
    this.#table();
    const width = this.#width;
    const height = this.#height;
    if (!width || !height) return;
    const root = this.#svg;
    root.setAttribute('viewBox', `0 0 ${width} ${height}`);
    root.replaceChildren();

    const end = metric.series.now;
    const held = metric.series.points;
    const widest = this.#range || WINDOWS.at(-1);
    const seconds = this.#range || this.#widest();
    this.#seconds = seconds;
    const points = held.filter(({ time }) => time >= end - widest * 1000).map((point) => ({ ...point, value: metric.view(point.value) }));
    if (!points.length) {
      svg('text', { x: width / 2, y: height / 2, class: 'chart-empty', 'text-anchor': 'middle' }, root).textContent = metric.empty ?? 'Waiting for values';
      return;
    }

    const values = points.map((point) => point.value);
    const { from, to, step } = scale(Math.min(...values), Math.max(...values), metric.span, metric.floor);
    const box = { left: 46, right: width - 14, top: 10, bottom: height - 26 };
    const x = (time) => box.right - ((end - time) / (seconds * 1000)) * (box.right - box.left);
    const y = (value) => box.bottom - ((value - from) / (to - from)) * (box.bottom - box.top);

    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    for (let i = 0; from + i * step <= to + step / 2; i += 1) {
      const value = from + i * step;
      const at = Math.round(y(value)) + 0.5;
      svg('line', { x1: box.left, x2: box.right, y1: at, y2: at, class: i ? 'chart-grid' : 'chart-base' }, root);
      svg('text', { x: box.left - 10, y: at + 4, class: 'chart-label', 'text-anchor': 'end' }, root).textContent = value.toFixed(decimals).replace('-', '−');
    }
    const parts = width < 480 ? 2 : seconds === 300 || seconds === 10 || seconds === 600 ? 5 : 4;
    for (let i = 0; i <= parts; i += 1) {
      const ago = (seconds / parts) * i;
      const text = !ago ? 'now' : `−${span(ago)}`;
      const anchor = !i ? 'end' : i === parts ? 'start' : 'middle';
      svg('text', { x: x(end - ago * 1000), y: height - 6, class: 'chart-label', 'text-anchor': anchor }, root).textContent = text;
    }

    const path = linePath(points, x, y, (point) => metric.series.gapAt(point, end));
    for (const piece of path.split('M').slice(1)) {
      const first = piece.split(/[ L]/, 1)[0];
      const last = piece.slice(piece.lastIndexOf('L') + 1).split(' ', 1)[0];
      svg('path', { d: `M${piece}L${last} ${box.bottom}L${first} ${box.bottom}Z`, class: 'chart-area' }, root);
    }
    svg('path', { d: path, class: 'chart-line' }, root);

    let marked = points.at(-1);
    this.#tell(marked, end);
    const wanted = this.#cursor !== null ? x(this.#cursor) : this.#pointer;
    if (wanted !== null) {
      for (const point of points) {
        if (Math.abs(x(point.time) - wanted) < Math.abs(x(marked.time) - wanted)) marked = point;
      }
      const at = Math.round(x(marked.time)) + 0.5;
      svg('line', { x1: at, x2: at, y1: box.top, y2: box.bottom, class: 'chart-cursor' }, root);
      const anchor = at > width - 150 ? 'end' : 'start';
      this.#tell(marked, end);
      const label = `${metric.format(marked.value)} ${metric.unit}, ${ago(end - marked.time)}`;
      svg('text', { x: at + (anchor === 'end' ? -10 : 10), y: box.top + 12, class: 'chart-readout', 'text-anchor': anchor }, root).textContent = label;
    }
    svg('circle', { cx: x(marked.time), cy: y(marked.value), r: 4, class: 'chart-dot' }, root);
  }

  #summarise() {
    const { series, label, unit, format, view } = this.#metric;
    const { points, last } = series;
    if (!last) {
      setText(this.summary, NONE);
      this.#svg.setAttribute('aria-label', `${label}: no values yet`);
      return;
    }
    const since = this.#range ? series.now - this.#range * 1000 : -Infinity;
    const { low, high } = series.extent(since);
    const seconds = Math.round((last.time - Math.max(since, points[0].time)) / 1000);
    const span = seconds < 90 ? `${seconds} s` : seconds < 7000 ? `${Math.round(seconds / 60)} min` : '2 h';
    const text = points.length < 2 ? 'one value so far' : `lowest ${format(view(low))}, highest ${format(view(high))} ${unit} in ${span}`;
    setText(this.summary, text);
    this.#svg.setAttribute('aria-label', `${label}: now ${format(view(last.value))} ${unit}, ${text}`);
  }

  /** The same values as a table, for those who cannot or would rather not read the line. */
  #table() {
    const metric = this.#metric;
    if (!metric || !this.details.open) return;
    setText(this.details.querySelector('[data-chart=unit]'), metric.unit.startsWith('/') ? metric.label : `${metric.label}, ${metric.unit}`);
    const { now } = metric.series;
    const points = metric.series.points.filter(({ time }) => !this.#range || time >= now - this.#range * 1000);
    const rows = [];
    const every = Math.max(1, Math.floor(points.length / 12));
    for (let i = points.length - 1; i >= 0 && rows.length < 12; i -= every) {
      const row = document.createElement('tr');
      row.insertCell().textContent = ago(now - points[i].time);
      row.insertCell().textContent = metric.format(metric.view(points[i].value));
      rows.push(row);
    }
    this.details.querySelector('tbody').replaceChildren(...rows);
  }
}

// ---- Numbers and times as the pages show them

const LOCALE = 'en-GB';

/** What stands where a value is not known. */
export const NONE = '–';

/** As British English has it. By hand, because Intl takes a browser its time when it is used first. */
export function number(value, digits = 0) {
  if (!Number.isFinite(value)) return NONE;
  const text = Math.abs(value).toFixed(digits);
  const [whole, part] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return (value < 0 && Number(text) ? '−' : '') + (part ? `${grouped}.${part}` : grouped);
}

export function bytes(value) {
  if (!Number.isFinite(value)) return NONE;
  if (value < 1000) return `${number(value)} B`;
  if (value < 1000 * 1024) return `${number(value / 1024, 1)} KB`;
  return `${number(value / (1024 * 1024), 1)} MB`;
}

/** A duration in its two largest units, as [number, unit] pairs. */
export function duration(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const d = Math.floor(s / 86400);
  const h = Math.floor(s / 3600) % 24;
  const m = Math.floor(s / 60) % 60;
  if (d) return [[d, 'd'], [h, 'h']];
  if (h) return [[h, 'h'], [m, 'min']];
  if (m) return [[m, 'min'], [s % 60, 's']];
  return [[s, 's']];
}

export function durationText(seconds) {
  return duration(seconds).map(([n, unit]) => `${n} ${unit}`).join(' ');
}

/** The moment a device started, from its uptime: a time today, a date before. */
export function since(seconds, now = Date.now()) {
  const start = new Date(now - seconds * 1000);
  const day = (date) => date.toLocaleDateString(LOCALE, { timeZone });
  const options = day(start) === day(new Date(now)) ? { hour: '2-digit', minute: '2-digit', timeZone } : { day: 'numeric', month: 'short', timeZone };
  return `since ${start.toLocaleString(LOCALE, options)}`;
}

let timeZone;

/** The zone in which times are shown, where the device says so. */
export function useZone(name) {
  try {
    timeZone = name ? new Intl.DateTimeFormat(LOCALE, { timeZone: name }).resolvedOptions().timeZone : undefined;
  } catch {
    timeZone = undefined; // a zone that this browser does not know
  }
}

export function clock(time = Date.now()) {
  return new Date(time).toLocaleTimeString(LOCALE, { timeZone });
}

/** Sets the text of an element only when it differs, so that nothing is laid out or read out twice. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Says in a note what was done, or in the colour of faults what was not. */
export function tell(note, text, fault = false) {
  note.classList.toggle('fault', fault);
  setText(note, text);
}
