// The protocol page: what this very connection does, and how this page travelled over it.

import { NONE, bytes, number, setText } from './chart.js';
import { carried, compareLink, drawWaterfall, measureAgain, measureLoad, nextHop, protocolName, verdict } from './waterfall.js';

const $ = (id) => document.getElementById(id);

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
  #rows = [];
  #files = [];
  #visible = false;
  #again = false;

  constructor(feed) {
    feed.addEventListener('status', ({ detail }) => this.update(detail));
    if (feed.status) this.update(feed.status);
    $('measure').addEventListener('click', () => this.#measure());
    // Polling would fill the browser's timing buffer; the page's own entries are taken first.
    performance.addEventListener('resourcetimingbufferfull', () => performance.clearResourceTimings());
    this.#loaded().then(() => {
      this.#rows = measureLoad();
      this.#files = [...new Set(this.#rows.map((r) => r.name))];
      if (this.#visible) this.#draw();
      if (carried()?.again) this.#measure(); // like is compared with like
    });
  }

  async #loaded() {
    if (document.readyState !== 'complete') await new Promise((done) => { addEventListener('load', done, { once: true }); });
    await this.#explain();
    await new Promise((done) => { setTimeout(done, 300); });
  }

  show() {
    this.#visible = true;
    if (this.#rows.length) this.#draw();
  }

  hide() {
    this.#visible = false;
  }

  update(status) {
    const hop = nextHop();
    this.#protocol = typeof status.protocol === 'string' ? status.protocol : protocolName(hop);
    const { scheme, port } = status.alternate ?? {};
    const alternate = scheme && port ? `${scheme}://${location.hostname}:${port}/` : '';
    setText($('protocol-name'), this.#protocol || NONE);
    setText($('protocol-hop'), hop ? `The browser calls it ${hop}` : 'The browser does not tell');
    const modern = /^HTTP\/2/.test(this.#protocol);
    document.documentElement.dataset.protocol = modern ? 'h2' : 'h1';
    setText($('protocol-plain'), modern
      ? 'Everything on this page shares a single connection. Requests leave together, and their answers come back interleaved, in small frames.'
      : 'Each connection carries one request and one answer at a time. The browser opens several and lets the rest wait.');
    for (const name in facts) setText($(`fact-${name}`), modern || !ONLY_H2.includes(name) ? facts[name](status) : 'HTTP/2 only');
    if (alternate !== this.#alternate) {
      this.#alternate = alternate;
      this.#link();
    }
  }

  #draw() {
    const other = carried();
    const total = Math.max(1, ...this.#rows.map((r) => r.end), ...(other?.rows.map((r) => r.end) ?? []));
    drawWaterfall($('waterfall'), this.#rows, total);
    setText($('verdict'), verdict(this.#rows, this.#protocol));
    $('other').hidden = !other;
    if (other) {
      setText($('other-title'), `The same page over ${other.protocol}`);
      setText($('other-verdict'), verdict(other.rows, other.protocol));
      drawWaterfall($('other-waterfall'), other.rows, total);
    }
    this.#link();
  }

  #link() {
    const link = $('compare');
    let href = null;
    try {
      if (this.#alternate && this.#rows.some((r) => !r.cached)) href = compareLink(this.#alternate, this.#protocol, this.#rows, this.#again);
    } catch {
      // Not an address: no link.
    }
    link.hidden = !href;
    if (!href) return;
    link.href = href;
    setText(link, `Compare with ${/^HTTP\/2/.test(this.#protocol) ? 'HTTP/1.1' : 'HTTP/2'}`);
  }

  async #measure() {
    const button = $('measure');
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    setText($('measured'), 'Measuring…');
    const rows = await measureAgain(this.#files);
    if (rows.length) {
      this.#rows = rows;
      this.#again = true;
    }
    setText($('measured'), rows.length ? 'Measured just now: every file asked for at the same moment, nothing from the cache.' : 'No answer from the device.');
    this.#draw();
    button.removeAttribute('aria-disabled');
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
