// The settings page, loaded when it is opened.

import { explain, getJson, getLines, putJson, saveFile } from './feed.js';
import { setText } from './chart.js';

const $ = (id) => document.getElementById(id);
const LARGEST_NAME = 32;

export class SettingsPage {
  #changed = false;
  #saving = false;

  constructor(feed) {
    const form = $('settings-form');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    form.addEventListener('input', () => {
      this.#changed = true;
      setText($('settings-note'), '');
      this.#check(false);
    });
    $('diagnostics').addEventListener('click', () => this.#diagnose(feed.features));
    feed.addEventListener('status', ({ detail }) => this.#fill(detail));
    if (feed.status) this.#fill(feed.status);
  }

  show() {}

  /** What can be had is in the file; what cannot says why. */
  async #diagnose(features) {
    const note = $('diagnostics-note');
    setText(note, 'Reading…');
    const read = (asked) => asked.catch((error) => ({ error: String(error) }));
    const [status, log, history] = await Promise.all([
      read(getJson('api/status')),
      read(getLines('api/log')),
      features.has('history') ? read(getLines('api/history')) : null,
    ]);
    const { userAgent } = navigator;
    saveFile('diagnostics.json', 'application/json', `${JSON.stringify({ time: new Date().toISOString(), address: location.origin, userAgent, status, log, history }, null, 1)}\n`);
    setText(note, status.error ? 'The device does not answer; the file says so.' : 'Downloaded.');
  }

  /** What others set meanwhile is shown, unless somebody is just changing it. */
  #fill({ device, unit }) {
    if (this.#changed || this.#saving) return;
    $('device-name').value = device ?? '';
    $(unit === 'F' ? 'unit-f' : 'unit-c').checked = true;
    $('settings-fields').disabled = false;
    if ($('settings-note').textContent === 'Reading…') setText($('settings-note'), '');
  }

  #check(complain) {
    const input = $('device-name');
    const name = input.value.trim();
    const fault = !name ? 'Give the device a name.' : name.length > LARGEST_NAME ? `At most ${LARGEST_NAME} characters.` : '';
    if (complain || !fault) {
      setText($('device-name-error'), fault);
      input.setAttribute('aria-invalid', String(Boolean(fault)));
    }
    return !fault;
  }

  async #save() {
    if (!this.#check(true)) {
      $('device-name').focus();
      return;
    }
    const settings = {
      deviceName: $('device-name').value.trim(),
      temperatureUnit: $('unit-f').checked ? 'F' : 'C',
    };
    setText($('settings-note'), 'Saving…');
    this.#saving = true;
    try {
      const answer = await putJson('api/settings', settings);
      this.#changed = false;
      $('device-name').value = answer?.deviceName ?? settings.deviceName;
      setText($('settings-note'), 'Saved.');
    } catch (error) {
      setText($('settings-note'), explain(error));
    } finally {
      this.#saving = false;
    }
  }
}
