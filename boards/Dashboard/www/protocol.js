// The protocol page: what this very connection does, and how this page travelled over it.

import { NONE, bytes, number, setText } from './chart.js';
import { DELAY_MS, carried, compareLink, drawWaterfall, duration, measure, nextHop, protocolName, root, verdict } from './waterfall.js';

const $ = (id) => document.getElementById(id);

/** Loaded only where the device offers it. */
const loadFrames = () => import('./frames.js');

const ONLY_H2 = ['streams', 'window', 'table', 'saved'];

const facts = {
  streams: (s) => number(s.streamsOpen),
  window: (s) => bytes(s.connectionWindow),
  table: (s) => bytes(s.hpackTableBytes),
  saved: (s) => bytes(s.hpackBytesSaved),
  sent: (s) => bytes(s.bytesSent),
  received: (s) => bytes(s.bytesReceived),
  requests: (s) => number(s.requests),
  connections: (s) => number(s.connections),
};

export class ProtocolPage {
  #protocol = '';
  #alternate = '';
  #plain = [];
  #delayed = [];
  #measured = false;
  #feed;
  #frames = null;
  #shown = false;
  #opened = false;

  constructor(feed) {
    this.#feed = feed;
    feed.addEventListener('status', ({ detail }) => this.update(detail));
    if (feed.status) this.update(feed.status);
    $('measure').addEventListener('click', () => this.#measure());
    $('ways').addEventListener('change', () => this.#draw());
    addEventListener('hashchange', () => this.#draw());
    // What the measurement is done with is fetched before it, and what the page itself asks for goes on.
    performance.addEventListener('resourcetimingbufferfull', () => performance.clearResourceTimings());
    this.#explain();
  }

  show() {
    this.#shown = true;
    if (this.#feed.status) this.#open();
  }

  /** The frames first, so that those of the measurement are among them. */
  async #open() {
    this.#opened = true;
    await this.#watch();
    if (this.#shown && !this.#measured) this.#measure();
  }

  hide() {
    this.#shown = false;
    this.#frames?.then((frames) => frames?.hide());
  }

  /** The frames, where the device offers them; over HTTP/1.1 the page says that there are none. */
  async #watch() {
    if (!this.#shown || !this.#feed.features.has('frames')) return;
    $('frames').hidden = false;
    if (!/^HTTP\/2/.test(this.#protocol)) return;
    this.#frames ??= loadFrames().then(({ Frames }) => new Frames(this.#feed));
    const frames = await this.#frames.catch(() => { this.#frames = null; });
    if (this.#shown) await frames?.show();
  }

  update(status) {
    const hop = nextHop();
    this.#protocol = typeof status.protocol === 'string' ? status.protocol : protocolName(hop);
    const { scheme, port } = status.alternate ?? {};
    // The name of a proxy that has several devices is not that of the device.
    const alternate = scheme && port && root === '/' ? `${scheme}://${location.hostname}:${port}/` : '';
    setText($('protocol-name'), this.#protocol || NONE);
    setText($('protocol-hop'), hop ? `The browser calls it ${hop}` : 'The browser does not tell');
    const modern = /^HTTP\/2/.test(this.#protocol);
    document.documentElement.dataset.protocol = modern ? 'h2' : 'h1';
    setText($('protocol-plain'), modern
      ? 'Everything on this page shares a single connection. Requests leave together, and their answers come back interleaved, in small frames.'
      : 'Each connection carries one request and one answer at a time. The browser opens several and lets the rest wait.');
    for (const name in facts) setText($(`fact-${name}`), modern || !ONLY_H2.includes(name) ? facts[name](status) : 'HTTP/2 only');
    if (this.#shown && !this.#opened) this.#open();
    if (alternate !== this.#alternate) {
      this.#alternate = alternate;
      this.#link();
    }
  }

  #draw() {
    if (!this.#measured) return;
    const delay = $('ways').elements.way.value === 'long';
    const rows = delay ? this.#delayed : this.#plain;
    const other = carried();
    const others = other && (delay ? other.delayed : other.plain);
    const total = Math.max(1, duration(rows), others ? duration(others) : 0);
    drawWaterfall($('waterfall'), rows, total);
    setText($('verdict'), verdict(rows, this.#protocol, delay));
    $('other').hidden = !other;
    if (other) {
      setText($('other-title'), other.protocol === this.#protocol ? 'As the address says' : `The same page over ${other.protocol}`);
      setText($('other-verdict'), verdict(others, other.protocol, delay));
      drawWaterfall($('other-waterfall'), others, total);
    }
    this.#link();
  }

  #link() {
    const link = $('compare');
    let href = null;
    try {
      if (this.#alternate && this.#measured) href = compareLink(this.#alternate, this.#protocol, this.#plain, this.#delayed);
    } catch {
      // Not an address: no link.
    }
    const own = this.#measured ? compareLink(location.href, this.#protocol, this.#plain, this.#delayed) : null;
    $('result').hidden = !own;
    if (own) $('result').href = own;
    link.hidden = !href;
    if (!href) return;
    link.href = href;
    setText(link, `Compare with ${/^HTTP\/2/.test(this.#protocol) ? 'HTTP/1.1' : 'HTTP/2'}`);
  }

  /** Both ways, once as the network is and once as if it were longer. */
  async #measure() {
    const button = $('measure');
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    setText($('measured'), 'Measuring…');
    if (!this.#measured) setText($('verdict'), 'Measuring: every file a few times, over connections that are open already…');
    const plain = await measure(this.#protocol, 0).catch(() => []);
    const delayed = plain.length ? await measure(this.#protocol, DELAY_MS).catch(() => []) : [];
    button.removeAttribute('aria-disabled');
    if (!delayed.length) {
      setText($('measured'), 'Not every file came: the device does not answer, or is busy with others. Measure again in a moment.');
      if (!this.#measured) setText($('verdict'), '');
      return;
    }
    // Where there is hardly any way, as on the same machine, the longer one shows what a Wi-Fi does.
    if (!this.#measured && duration(plain) < DELAY_MS * 4) $('ways').elements.way.value = 'long';
    this.#plain = plain;
    this.#delayed = delayed;
    this.#measured = true;
    setText($('measured'), 'Measured just now: every file asked for at the same moment, over connections that were open already, nothing from the cache; the middle one of three rounds.');
    this.#draw();
  }

  async #explain() {
    try {
      const response = await fetch('glossary.json');
      if (!response.ok) return;
      const entries = await response.json();
      $('glossary').replaceChildren(...entries.map(({ term, text, source }) => {
        const group = document.createElement('div');
        const title = document.createElement('dt');
        const meaning = document.createElement('dd');
        const origin = document.createElement('dd');
        title.textContent = term;
        meaning.textContent = text;
        origin.textContent = source;
        origin.className = 'source';
        group.append(title, meaning, origin);
        return group;
      }));
    } catch {
      // The explanations are a comfort; the page works without them.
    }
  }
}
