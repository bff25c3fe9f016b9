// The device's side of the page: requests, and the feed of live values.

const POLL_MS = 2000;
const STATUS_TIMEOUT_MS = 4000;
const MISSES_UNTIL_OFFLINE = 2;
const SILENCE_MS = 12000; // an open event stream that says nothing for this long is not trusted
const STREAM_RETRY_MS = 15000;
const HIDDEN_STREAM_MS = 60000; // a page nobody looks at gives its stream back to the device

export class HttpError extends Error {
  constructor(status, path) {
    super(`${path}: ${status}`);
    this.status = status;
  }
}

export async function getJson(path, timeout = 8000) {
  const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new HttpError(response.status, path);
  return response.json();
}

/** The lines of a text, each an object in JSON. */
export async function getLines(path, timeout = 8000) {
  const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new HttpError(response.status, path);
  return (await response.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** No time limit: the browser may be asking for a name and password meanwhile. */
export async function putJson(path, value) {
  const response = await fetch(path, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  });
  if (!response.ok) throw new HttpError(response.status, path);
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A sentence for what went wrong with a change. */
export function explain(error) {
  if (!(error instanceof HttpError)) return 'The device did not answer. Nothing was changed.';
  switch (error.status) {
    case 401: return 'Not signed in. Nothing was changed.';
    case 403: return 'This account may not change it.';
    case 404: case 405: return 'This firmware does not offer it.';
    case 400: case 422: return 'The device did not accept this value.';
    case 429: return 'Too many wrong passwords. Wait a few seconds and try again.';
    default: return `The device answered with error ${error.status}. Nothing was changed.`;
  }
}

/**
 * Live values. Listens to /api/events where the device offers it and polls /api/status whenever
 * that stream is not open or has fallen silent. Events: status, features, log, online, offline.
 */
export class Feed extends EventTarget {
  features = new Set();
  offline = false;
  status = null;

  #source = null;
  #streamRetryAt = 0;
  #heard = -Infinity;
  #busy = false;
  #misses = 0;
  #timer = 0;
  #hiddenTimer = 0;
  #first = true;
  #pages = NaN;
  #uptime = 0;

  start() {
    document.addEventListener('visibilitychange', () => this.#visibility());
    addEventListener('online', () => this.#poll());
    // Whoever leaves gives the device its stream back first, and not when the next page is already waiting for it.
    addEventListener('beforeunload', () => {
      this.#streamRetryAt = performance.now() + POLL_MS;
      this.#closeStream();
    });
    addEventListener('pagehide', () => this.#closeStream());
    addEventListener('pageshow', (event) => { if (event.persisted) this.#poll(); });
    this.#poll();
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Whether events come as they happen. */
  get streaming() {
    return this.#source?.readyState === EventSource.OPEN && performance.now() - this.#heard < SILENCE_MS;
  }

  async #poll() {
    if (this.#busy || document.hidden) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      this.#accept(await getJson('/api/status', STATUS_TIMEOUT_MS));
    } catch {
      this.#miss();
    } finally {
      this.#busy = false;
    }
    this.#schedule();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    this.#timer = setTimeout(() => {
      if (this.streaming) this.#schedule();
      else this.#poll();
    }, POLL_MS);
  }

  #accept(status) {
    if (!status || typeof status !== 'object') return;
    this.#misses = 0;
    if (this.offline) {
      this.offline = false;
      this.#emit('online');
    }
    if (this.#renewed(status)) return;
    const features = new Set(Array.isArray(status.features) ? status.features : []);
    if (this.#first || features.size !== this.features.size || [...features].some((f) => !this.features.has(f))) {
      this.#first = false;
      this.features = features;
      this.#emit('features', features);
    }
    this.status = status;
    this.#emit('status', status);
    this.#openStream();
  }

  /** Whether the device has newer pages than this one. A device that was restarted counts anew. */
  #renewed({ pages, uptime }) {
    const renewed = uptime >= this.#uptime && pages > this.#pages;
    this.#pages = pages;
    this.#uptime = uptime;
    if (renewed) location.reload();
    return renewed;
  }

  #miss() {
    this.#misses += 1;
    if (this.offline || this.#misses < MISSES_UNTIL_OFFLINE) return;
    this.offline = true;
    this.#emit('offline');
  }

  #openStream() {
    const wanted = this.features.has('events') || this.features.has('log');
    if (!wanted) {
      this.#closeStream();
      return;
    }
    if (this.#source || performance.now() < this.#streamRetryAt || document.hidden) return;
    const source = new EventSource('/api/events');
    this.#source = source;
    source.addEventListener('status', (event) => {
      this.#heard = performance.now();
      try {
        this.#accept(JSON.parse(event.data));
      } catch {
        // A line that is no JSON is skipped; silence brings polling back.
      }
    });
    source.addEventListener('log', (event) => this.#emit('log', event.data));
    source.addEventListener('error', () => {
      this.#heard = -Infinity;
      if (source.readyState === EventSource.CLOSED) {
        if (this.#source === source) this.#source = null;
        this.#streamRetryAt = performance.now() + STREAM_RETRY_MS;
      }
      this.#poll();
    });
  }

  #closeStream() {
    this.#source?.close();
    this.#source = null;
    this.#heard = -Infinity;
  }

  #visibility() {
    clearTimeout(this.#hiddenTimer);
    if (document.hidden) {
      clearTimeout(this.#timer);
      this.#hiddenTimer = setTimeout(() => this.#closeStream(), HIDDEN_STREAM_MS);
    } else {
      this.#poll();
    }
  }
}
