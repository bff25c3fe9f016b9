// The log page, loaded only where the device offers it: the lines that the device still has, then each as it is written.

import { getLines, saveFile } from './feed.js';
import { clock, setText } from './chart.js';

const $ = (id) => document.getElementById(id);
const KEEP_LINES = 300;
const LATE = 3; // seconds that a status may have been on its way
const LEVELS = ['info', 'warning', 'error'];

export class LogPage {
  #feed;
  #paused = false;
  #waiting = [];
  #seen = new Set();
  #level = 0;
  #words = [];
  #uptime = 0;
  #start = Infinity; // of the device, in seconds of this page
  #away = false;
  #run = 0; // of the device; each numbers its lines anew

  constructor(feed) {
    this.#feed = feed;
    if (feed.status) this.#age(feed.status.uptime);
    this.#away = feed.offline;
    feed.addEventListener('log', ({ detail }) => this.#take(detail));
    feed.addEventListener('offline', () => { this.#away = true; });
    feed.addEventListener('status', ({ detail }) => this.#age(detail.uptime));
    $('log-pause').addEventListener('click', () => this.#pause(!this.#paused));
    $('log-clear').addEventListener('click', () => {
      this.#waiting = [];
      $('log-lines').replaceChildren();
      setText($('log-empty'), 'Cleared. New lines appear here as the device writes them.');
      this.#count();
    });
    $('log-save').addEventListener('click', () => this.#save());
    $('log-filter').addEventListener('submit', (event) => event.preventDefault());
    $('log-filter').addEventListener('input', () => this.#filter());
    this.#load();
  }

  /** Lines show when they are of the level or above, and have all words in them, in any case of letters. */
  #filter() {
    this.#level = Number($('log-filter').elements.level.value);
    this.#words = $('log-search').value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of $('log-lines').children) this.#sift(item);
    this.#end();
    this.#count();
  }

  #sift(item) {
    const text = item.textContent.toLowerCase();
    item.hidden = Number(item.dataset.level) < this.#level || !this.#words.every((word) => text.includes(word));
  }

  /** What is shown, as a text file. */
  #save() {
    const lines = [...$('log-lines').children].filter((item) => !item.hidden).map((item) => [...item.children].map((part) => part.textContent).join(' '));
    saveFile('log.txt', 'text/plain', `${lines.join('\n')}\n`);
  }

  async show() {
    this.#end();
    if (!this.#feed.streaming) await this.#load();
  }

  async #load() {
    try {
      for (const line of await getLines('api/log')) this.#add(line);
      setText($('log-empty'), 'Nothing yet. New lines appear here as the device writes them.');
    } catch {
      setText($('log-empty'), 'The lines so far could not be read. New ones appear here.');
    }
    if (!$('log-lines').childElementCount) $('log-empty').hidden = false;
    this.#count();
  }

  #take(data) {
    try {
      this.#add(JSON.parse(data));
    } catch {
      // No line of a log.
    }
  }

  /** A device that was restarted counts less than before, or, when it was away for long, from later. It numbers its lines anew. */
  #age(uptime) {
    const start = performance.now() / 1000 - uptime;
    const again = uptime < this.#uptime || (this.#away && start > this.#start + LATE);
    this.#uptime = uptime;
    this.#start = start;
    if (again) this.#run += 1;
    if (again || this.#away) this.#load();
    this.#away = false;
  }

  /** A line may come twice: with the history, and as an event. */
  #add(line) {
    const key = `${this.#run} ${line.n}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (this.#seen.size > 2 * KEEP_LINES) this.#seen.delete(this.#seen.values().next().value);
    const ago = Math.max(0, (this.#feed.status?.uptime ?? 0) - line.at) * 1000; // the device may not know the time
    const entry = { time: clock(Date.now() - ago), level: Math.max(0, LEVELS.indexOf(line.level)), text: String(line.text), run: this.#run, n: Number(line.n) };
    if (this.#paused) {
      this.#waiting.push(entry);
      if (this.#waiting.length > KEEP_LINES) this.#waiting.shift();
    } else {
      this.#append(entry);
    }
    this.#count();
  }

  #pause(on) {
    this.#paused = on;
    setText($('log-pause'), on ? 'Resume' : 'Pause');
    if (!on) this.#waiting.splice(0).forEach((line) => this.#append(line));
    this.#count();
  }

  #append({ time, level, text, run, n }) {
    const box = $('log-box');
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    const item = document.createElement('li');
    const stamp = document.createElement('time');
    stamp.textContent = time;
    item.append(stamp);
    Object.assign(item.dataset, { level, run, n });
    if (level) {
      item.className = `log-${LEVELS[level]}`;
      const mark = document.createElement('b');
      mark.textContent = LEVELS[level];
      item.append(mark);
    }
    const line = document.createElement('span');
    line.textContent = text;
    item.append(line);
    this.#sift(item);
    const lines = $('log-lines');
    const after = [...lines.children].findLast((other) => Number(other.dataset.run) < run || Number(other.dataset.n) < n);
    if (after) after.after(item);
    else lines.prepend(item);
    this.#missing(item);
    this.#missing(item.nextElementSibling);
    while (lines.childElementCount > KEEP_LINES) lines.firstElementChild.remove();
    if (atEnd) this.#end();
  }

  /** Says before a line how many the device has dropped, because they came faster than they could be sent. */
  #missing(item) {
    const before = item?.previousElementSibling;
    if (!item || before?.dataset.run !== item.dataset.run) return;
    const missing = item.dataset.n - before.dataset.n - 1;
    if (missing > 0) item.dataset.missing = `${missing} ${missing === 1 ? 'line is' : 'lines are'} missing`;
    else delete item.dataset.missing;
  }

  #end() {
    const box = $('log-box');
    box.scrollTop = box.scrollHeight;
  }

  #count() {
    const lines = $('log-lines').childElementCount;
    const held = this.#waiting.length;
    const shown = [...$('log-lines').children].filter((item) => !item.hidden).length;
    $('log-empty').hidden = shown > 0;
    if (lines > 0) setText($('log-empty'), 'No line is like that.');
    else if ($('log-empty').textContent === 'No line is like that.') setText($('log-empty'), 'Nothing yet. New lines appear here as the device writes them.');
    const all = `${lines} ${lines === 1 ? 'line' : 'lines'}`;
    setText($('log-count'), this.#paused ? `Paused, ${held} new` : shown < lines ? `${shown} of ${all}` : all);
  }
}
