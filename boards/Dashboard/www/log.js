// The log page, loaded only where the device offers it. Lines arrive as events of the type "log".

import { clock, setText } from './format.js';

const $ = (id) => document.getElementById(id);
const KEEP_LINES = 300;
const LEVELS = { warn: 'warning', warning: 'warning', error: 'error' };

/** A log event is {"level", "text"} in JSON, or a plain line. */
function parse(data) {
  try {
    const { level, text, message } = JSON.parse(data);
    const line = text ?? message;
    if (line !== undefined) return { level: LEVELS[level] ?? '', text: String(line) };
  } catch {
    // A plain line.
  }
  return { level: '', text: String(data) };
}

export class LogPage {
  #paused = false;
  #waiting = [];

  constructor(feed) {
    feed.addEventListener('log', (event) => this.#add({ ...parse(event.detail), time: clock() }));
    $('log-pause').addEventListener('click', () => this.#pause(!this.#paused));
    $('log-clear').addEventListener('click', () => {
      this.#waiting = [];
      $('log-lines').replaceChildren();
      $('log-empty').hidden = false;
      this.#count();
    });
  }

  show() {
    const box = $('log-box');
    box.scrollTop = box.scrollHeight;
  }

  #pause(on) {
    this.#paused = on;
    setText($('log-pause'), on ? 'Resume' : 'Pause');
    if (!on) {
      this.#waiting.splice(0).forEach((line) => this.#append(line));
    }
    this.#count();
  }

  #add(line) {
    if (this.#paused) {
      this.#waiting.push(line);
      if (this.#waiting.length > KEEP_LINES) this.#waiting.shift();
    } else {
      this.#append(line);
    }
    this.#count();
  }

  #append({ time, level, text }) {
    const box = $('log-box');
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    const item = document.createElement('li');
    const stamp = document.createElement('time');
    stamp.textContent = time;
    item.append(stamp);
    if (level) {
      const mark = document.createElement('b');
      mark.className = `log-${level}`;
      mark.textContent = level;
      item.append(mark);
    }
    const line = document.createElement('span');
    line.textContent = text;
    item.append(line);
    const lines = $('log-lines');
    lines.append(item);
    while (lines.childElementCount > KEEP_LINES) lines.firstElementChild.remove();
    $('log-empty').hidden = true;
    if (atEnd) box.scrollTop = box.scrollHeight;
  }

  #count() {
    const lines = $('log-lines').childElementCount;
    const held = this.#waiting.length;
    setText($('log-count'), this.#paused ? `Paused, ${held} new` : `${lines} ${lines === 1 ? 'line' : 'lines'}`);
  }
}
