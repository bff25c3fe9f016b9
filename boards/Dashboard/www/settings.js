// The settings page, loaded when it is opened.

import { explain, putJson } from './feed.js';
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
    feed.addEventListener('status', ({ detail }) => this.#fill(detail));
    if (feed.status) this.#fill(feed.status);
  }

  show() {}

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
      const answer = await putJson('/api/settings', settings);
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
