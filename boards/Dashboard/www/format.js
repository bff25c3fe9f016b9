// Numbers and times as the pages show them.

const LOCALE = 'en-GB';
const formats = new Map();

/** What stands where a value is not known. */
export const NONE = '–';

export function number(value, digits = 0) {
  if (!Number.isFinite(value)) return NONE;
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
  }
  return format.format(Math.abs(value) < 0.5 / 10 ** digits ? 0 : value).replace('-', '−');
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
  const today = start.toDateString() === new Date(now).toDateString();
  const options = today ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' };
  return `since ${start.toLocaleString(LOCALE, options)}`;
}

export function clock(time = Date.now()) {
  return new Date(time).toLocaleTimeString(LOCALE);
}

/** Sets the text of an element only when it differs, so that nothing is laid out or read out twice. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
