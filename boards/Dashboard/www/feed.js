// The device's side of the page: requests, and the feed of live values.

const POLL_MS = 2000;
const STATUS_TIMEOUT_MS = 4000;
const MISSES_UNTIL_OFFLINE = 2;
const PATIENCE_MS = 5000; // a stream that was ended so that others get a turn comes back sooner
const SILENCE_MS = 12000; // an open event stream that says nothing for this long is not trusted
const RENEW_MS = 1000; // for the first time that a stream was refused
const LONGEST_RENEW_MS = 30000;
const AGAIN_MS = 200; // until a state is sent again whose connection was lost
const HELLO_MS = 40; // who is there answers sooner
const PRESENT_MS = 500; // but may be busy, where one has led lately
const LEADER_SILENCE_MS = 7000; // a leader says something every two seconds
const HIDDEN_STREAM_MS = 60000; // a page nobody looks at gives its stream back to the device

export class HttpError extends Error {
  constructor(status, path) {
    super(`${path}: ${status}`);
    this.status = status;
  }
}

async function get(path, timeout, cache) {
  const response = await fetch(path, { cache, signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new HttpError(response.status, path);
  return response;
}

export async function getJson(path, timeout = 8000) {
  return (await get(path, timeout, 'no-store')).json();
}

/** The lines of a text, each an object in JSON. */
export async function getLines(path, timeout = 8000) {
  return (await (await get(path, timeout, 'no-store')).text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** A file of the pages, which the browser may have kept. */
export async function getText(path, timeout = 8000) {
  return (await get(path, timeout, 'default')).text();
}

/**
 * Reads a stream of events until it ends. EventSource does not do: some browsers give it up for good when a connection ends at the
 * wrong moment, and all do when the device is busy.
 */
async function readEvents(path, lastId, signal, take) {
  const headers = lastId ? { Accept: 'text/event-stream', 'Last-Event-ID': lastId } : { Accept: 'text/event-stream' };
  const response = await fetch(path, { cache: 'no-store', headers, signal });
  if (!response.ok) throw new HttpError(response.status, path);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const event = { data: '' };
      for (const line of block.split('\n')) {
        const [, name, part] = /^([a-z]*):? ?(.*)$/.exec(line) ?? [];
        if (name === 'data') event.data += event.data ? `\n${part}` : part;
        else if (name) event[name] = part;
      }
      take(event);
    }
  }
}

let askToSignIn = null;

/** Who asks for a password when a change is refused without one. It resolves to whether somebody has signed in. */
export function onUnauthorized(ask) {
  askToSignIn = ask;
}

/** Sends a change. No time limit but the caller's signal: somebody may be asked for a name and password meanwhile. */
export async function send(method, path, body, headers = {}, signal = undefined) {
  const ask = () => fetch(path, { method, headers, body, signal });
  let response = await ask();
  if (response.status === 401 && askToSignIn && await askToSignIn()) response = await ask();
  if (!response.ok) throw Object.assign(new HttpError(response.status, path), { detail: (await response.json().catch(() => null))?.detail });
  return response;
}

export async function putJson(path, value, signal) {
  const text = await (await send('PUT', path, JSON.stringify(value), { 'Content-Type': 'application/json' }, signal)).text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Sends a state until the device has answered. It may be sent again (RFC 9110 9.2.2): a connection that was ended just then, so that
 * others get their turn, loses nothing.
 */
export async function putState(path, value, signal) {
  for (;;) {
    try {
      return await putJson(path, value, signal);
    } catch (error) {
      if (error instanceof HttpError || signal.aborted) throw error;
      await new Promise((done) => { setTimeout(done, AGAIN_MS); });
    }
  }
}

/** Gives people something to keep. */
export function saveFile(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A sentence for what went wrong with a change. */
export function explain(error) {
  if (!(error instanceof HttpError)) return 'The device did not answer. Nothing was changed.';
  switch (error.status) {
    case 401: return 'Not signed in. Nothing was changed.';
    case 403: return 'This account may not change it.';
    case 404: case 405: return 'This firmware does not offer it.';
    case 400: case 422: return 'The device did not accept this value.';
    case 503: return 'The device is busy. Nothing was changed; try again in a moment.';
    case 429: return 'Too many wrong passwords. Wait a few seconds and try again.';
    case 507: return 'It holds until the device restarts: the device cannot store it.';
    default: return `The device answered with error ${error.status}. Nothing was changed.`;
  }
}

/**
 * One of the tabs leads: it alone asks the device, and passes on what it hears. A tab that is looked at leads rather than one that
 * is not. Devices that share a host, each with a path of its own, have tabs of their own. Without BroadcastChannel every tab leads
 * itself. Events: lead (detail: whether this tab does), message.
 */
class Tabs extends EventTarget {
  leads = false;

  #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(`http2nano ${new URL('./', location.href).pathname}`) : null;
  #id = Math.random();
  #heard = -Infinity;
  #timer = 0;
  #left = false;

  start() {
    this.#channel?.addEventListener('message', ({ data }) => this.#take(data));
    setInterval(() => this.#watch(), 1000);
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.ask(); });
    if (this.#isAlone()) this.#lead();
    else this.ask();
  }

  /** Whether no tab has led lately, so that nobody needs to be asked: the first values come sooner. */
  #isAlone() {
    try {
      return !document.hidden && Date.now() - Number(localStorage.getItem('led') ?? 0) > LEADER_SILENCE_MS;
    } catch {
      return false; // storage is blocked
    }
  }

  #note(time) {
    try {
      localStorage.setItem('led', time);
    } catch {
      // Then tabs ask one another.
    }
  }

  /** Asks who leads, and leads when nobody answers. */
  ask() {
    this.#left = false;
    if (this.leads || document.hidden) return;
    if (!this.#channel) {
      this.#lead();
      return;
    }
    this.#post('hello');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lead(), (this.#isAlone() ? HELLO_MS : PRESENT_MS) + Math.random() * 20);
  }

  /** Passes something on to the other tabs. */
  send(message) {
    if (this.leads) this.#post('message', message);
  }

  /** Lets another tab lead; this one does again when it is asked to. */
  leave() {
    this.#left = true;
    clearTimeout(this.#timer);
    if (!this.leads) return;
    this.#follow();
    this.#note(0);
    this.#post('gone');
  }

  #post(type, message) {
    this.#channel?.postMessage({ type, id: this.#id, message });
  }

  #take({ type, id, message }) {
    if (type === 'hello') {
      // Only tabs that are looked at ask; one that nobody looks at makes way for them.
      if (this.leads && document.hidden) this.leave();
      else if (this.leads) this.#greet();
    } else if (type === 'gone') {
      this.#heard = -Infinity;
      if (!this.#left) this.ask();
    } else if (this.leads && id > this.#id) {
      this.#greet(); // two led; the other one gives way
    } else {
      clearTimeout(this.#timer);
      this.#heard = performance.now();
      if (this.leads) this.#follow();
      if (type === 'message') this.dispatchEvent(new CustomEvent('message', { detail: message }));
    }
  }

  #greet() {
    this.#post('lead');
    this.dispatchEvent(new Event('greet'));
  }

  #watch() {
    if (this.leads) {
      this.#note(Date.now());
      this.#post('lead');
    } else if (!this.#left && performance.now() - this.#heard > LEADER_SILENCE_MS) this.ask();
  }

  #lead() {
    if (this.leads || this.#left) return;
    this.leads = true;
    this.#note(Date.now());
    this.#post('lead');
    this.dispatchEvent(new CustomEvent('lead', { detail: true }));
  }

  #follow() {
    this.leads = false;
    this.dispatchEvent(new CustomEvent('lead', { detail: false }));
  }
}

/**
 * Live values. Listens to /api/events, which begins with the status of that moment, and asks for /api/status only while
 * there is no stream. Of several tabs of a browser one listens for all.
 * Events: status, features, log, offline (detail: whether the device is full: it answers that it has no room), online.
 */
export class Feed extends EventTarget {
  features = new Set();
  offline = false;
  status = null;
  answered = -Infinity; // when the last status came, in this tab or another

  #tabs = new Tabs();
  #stream = null;
  #lastId = '';
  #told = 2000;
  #renewal = 0;
  #renewing = false;
  #renewals = 0;
  #heard = -Infinity;
  #ended = 0;
  #asked = -Infinity;
  #busy = false;
  #misses = 0;
  #full = false;
  #hiddenTimer = 0;
  #first = true;
  #pages = NaN;
  #uptime = 0;

  start() {
    this.#tabs.addEventListener('lead', ({ detail }) => this.#lead(detail));
    this.#tabs.addEventListener('greet', () => this.#greet());
    this.#tabs.addEventListener('message', ({ detail }) => this.#hear(detail));
    document.addEventListener('visibilitychange', () => this.#visibility());
    // Whoever leaves gives the device its stream back first, and not when the next page is already waiting for it.
    addEventListener('beforeunload', () => {
      this.#tabs.leave();
      setTimeout(() => this.#tabs.ask(), POLL_MS); // somebody stayed
    });
    addEventListener('pagehide', () => this.#tabs.leave());
    addEventListener('pageshow', (event) => { if (event.persisted) this.#tabs.ask(); });
    addEventListener('online', () => { if (this.#tabs.leads) this.#poll(); });
    setInterval(() => this.#tick(), 500);
    this.#tabs.start();
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Whether events come as they happen. */
  get streaming() {
    return performance.now() - this.#heard < SILENCE_MS;
  }

  // ---- Between tabs

  #lead(leads) {
    this.#misses = 0;
    this.#ended = performance.now();
    if (leads) this.#openStream();
    else this.#closeStream();
  }

  /** What a tab that has just come needs to know. */
  #greet() {
    if (this.offline) this.#tabs.send({ offline: true, full: this.#full });
    else if (this.status) this.#tabs.send({ status: this.status });
  }

  #hear({ status, log, offline, full }) {
    if (status) {
      this.#heard = performance.now();
      this.#accept(status);
    } else if (log) {
      this.#emit('log', log);
    } else if (offline) {
      this.#lost(full);
    }
  }

  // ---- The status

  #tick() {
    const now = performance.now();
    if (!this.#tabs.leads) return;
    const silence = now - Math.max(this.#heard, this.#ended);
    if (this.#stream && silence > SILENCE_MS) this.#renewAfter(RENEW_MS);
    if (!this.#stream && !this.#renewing) this.#openStream();
    const quiet = silence > PATIENCE_MS || this.#renewals > 0;
    if (quiet && now - this.#asked >= POLL_MS) this.#poll();
  }

  async #poll() {
    if (this.#busy || document.hidden) return;
    this.#busy = true;
    this.#asked = performance.now();
    try {
      const status = await getJson('api/status', STATUS_TIMEOUT_MS);
      if (this.#tabs.leads) this.#tell(status);
    } catch (error) {
      this.#miss(error.status === 503);
    } finally {
      this.#busy = false;
    }
  }

  #tell(status) {
    if (!status || typeof status !== 'object') return;
    this.#tabs.send({ status });
    this.#accept(status);
  }

  #accept(status) {
    this.#misses = 0;
    this.answered = performance.now();
    if (this.offline) {
      this.offline = false;
      this.#emit('online');
      if (this.#tabs.leads && !this.#stream) this.#renewLater(0);
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
  }

  /** Whether the device has newer pages than this one. A device that was restarted counts anew. */
  #renewed({ pages, uptime }) {
    const renewed = uptime >= this.#uptime && pages > this.#pages;
    this.#pages = pages;
    this.#uptime = uptime;
    if (renewed) location.reload();
    return renewed;
  }

  #miss(full) {
    this.#misses += 1;
    if (!this.#tabs.leads || this.#misses < MISSES_UNTIL_OFFLINE) return;
    this.#tabs.send({ offline: true, full });
    this.#lost(full);
  }

  #lost(full) {
    if (this.offline) return;
    this.offline = true;
    this.#full = full;
    this.#emit('offline', { full });
  }

  // ---- The stream

  async #openStream() {
    if (this.#stream || document.hidden || (!this.#first && !this.features.has('events'))) return;
    const stream = new AbortController();
    const begun = performance.now();
    let opened = 0;
    let refused = false;
    this.#stream = stream;
    this.#ended = begun;
    try {
      await readEvents('api/events', this.#lastId, stream.signal, (event) => {
        opened ||= performance.now() - begun;
        if (this.#stream === stream) this.#event(event);
      });
    } catch (error) {
      refused = error instanceof HttpError; // it is renewed in any case
    }
    if (this.#stream !== stream) return;
    this.#closeStream();
    // When others want a turn the stream ends, and comes back when it was told to, or later where a connection takes its time.
    // One that ends before it has said anything comes back with pauses that grow, longer ones where the device has refused it.
    if (opened) this.#renewLater(Math.max(this.#told, opened / 2));
    else this.#renewAfter(refused ? RENEW_MS : this.#told || RENEW_MS);
    if (!opened && performance.now() - this.#asked >= POLL_MS) this.#poll();
  }

  #event({ event, data, id, retry }) {
    if (id) this.#lastId = id;
    if (retry) this.#told = Number(retry) || 0;
    if (event === 'log') {
      this.#tabs.send({ log: data });
      this.#emit('log', data);
    } else if (event === 'status') {
      this.#heard = performance.now();
      this.#renewals = 0;
      try {
        this.#tell(JSON.parse(data));
      } catch {
        // What is no JSON is skipped.
      }
    }
  }

  #renewAfter(first) {
    this.#renewLater(Math.min(LONGEST_RENEW_MS, first * 2 ** this.#renewals) * (0.75 + Math.random() / 2));
    this.#renewals += 1;
  }

  #renewLater(pause) {
    this.#closeStream();
    this.#ended = performance.now();
    clearTimeout(this.#renewal);
    this.#renewing = true;
    this.#renewal = setTimeout(() => {
      this.#renewing = false;
      if (this.#tabs.leads) this.#openStream();
    }, pause);
  }

  #closeStream() {
    const stream = this.#stream;
    this.#stream = null;
    this.#heard = -Infinity;
    stream?.abort();
  }

  #visibility() {
    clearTimeout(this.#hiddenTimer);
    if (document.hidden) {
      this.#hiddenTimer = setTimeout(() => this.#tabs.leave(), HIDDEN_STREAM_MS);
    } else if (this.#tabs.leads) {
      this.#tick();
    }
  }
}
