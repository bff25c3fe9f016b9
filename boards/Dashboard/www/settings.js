// The settings page, loaded only where the device offers it.

import { explain, getJson, putJson } from './api.js';
import { setText } from './format.js';

const $ = (id) => document.getElementById(id);
const LARGEST_NAME = 32;

export class SettingsPage {
  #onChange;
  #saved = null;

  constructor(onChange) {
    this.#onChange = onChange;
    const form = $('settings-form');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    form.addEventListener('input', () => {
      setText($('settings-note'), '');
      this.#check(false);
    });
    this.load();
  }

  async load() {
    try {
      const settings = await getJson('/api/settings');
      this.#saved = settings;
      this.#fill(settings);
      this.#onChange(settings);
      $('settings-fields').disabled = false;
      setText($('settings-note'), '');
    } catch {
      setText($('settings-note'), 'The settings could not be read.');
    }
  }

  show() {
    if (!this.#saved) this.load();
  }

  #fill({ deviceName, temperatureUnit }) {
    $('device-name').value = deviceName ?? '';
    $(temperatureUnit === 'F' ? 'unit-f' : 'unit-c').checked = true;
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
    try {
      const answer = await putJson('/api/settings', settings);
      this.#saved = { ...settings, ...answer };
      this.#fill(this.#saved);
      this.#onChange(this.#saved);
      setText($('settings-note'), 'Saved.');
    } catch (error) {
      setText($('settings-note'), explain(error));
    }
  }
}
