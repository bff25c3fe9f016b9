// The settings page, loaded when it is opened.

import { explain, getJson, getLines, putJson, saveFile, send } from './feed.js';
import { bytes, setText, tell } from './chart.js';

const $ = (id) => document.getElementById(id);
const LARGEST_NAME = 32;

/** Says at a field what is wrong with its value, or that nothing is. Returns whether something is; the field has the focus then. */
export function refuse(input, fault) {
  const id = `${input.id}-error`;
  let told = $(id);
  if (!told && fault) {
    told = Object.assign(document.createElement('p'), { id, className: 'fault' });
    (input.closest('.with-unit') ?? input).after(told);
    input.setAttribute('aria-describedby', `${input.getAttribute('aria-describedby') ?? ''} ${id}`.trim());
    input.addEventListener('input', () => refuse(input, ''));
  }
  if (!told) return false;
  // Who comes to the field hears what is wrong with it; who is there already is told.
  told.role = fault && document.activeElement === input ? 'alert' : null;
  setText(told, fault);
  input.setAttribute('aria-invalid', String(Boolean(fault)));
  if (fault) input.focus();
  return Boolean(fault);
}

export class SettingsPage {
  #changed = false;
  #saving = false;
  #device = null;
  #certificate = null;

  constructor(feed) {
    const form = $('settings-form');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    form.addEventListener('input', () => {
      this.#changed = true;
      tell($('settings-note'), '');
    });
    feed.addEventListener('features', () => this.#offer(feed));
    this.#offer(feed);
    $('pages-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#update();
    });
    $('diagnostics').addEventListener('click', () => this.#diagnose(feed.features));
    feed.addEventListener('status', ({ detail }) => {
      this.#fill(detail);
      if ((feed.features.has('device') && !this.#device) || (feed.features.has('certificate') && !this.#certificate)) this.#offer(feed);
    });
    if (feed.status) this.#fill(feed.status);
  }

  async show() {
    (await this.#device)?.show();
    (await this.#certificate)?.show();
  }

  /** What the device offers beside name and unit. */
  #offer(feed) {
    for (const part of document.querySelectorAll('[data-feature]')) part.hidden = !part.dataset.feature.split(' ').some((name) => feed.features.has(name));
    if (feed.features.has('device')) this.#device ??= import('./device.js').then(({ DevicePage }) => new DevicePage(feed)).catch(() => { this.#device = null; });
    if (feed.features.has('certificate')) this.#certificate ??= import('./certificate.js').then(({ CertificatePage }) => new CertificatePage(feed)).catch(() => { this.#certificate = null; });
    this.show();
  }

  /** What can be had is in the file; what cannot says why. */
  async #diagnose(features) {
    const note = $('diagnostics-note');
    tell(note, 'Reading…');
    const read = (asked) => asked.catch((error) => ({ error: String(error) }));
    const [status, log, history] = await Promise.all([
      read(getJson('api/status')),
      read(getLines('api/log')),
      features.has('history') ? read(getLines('api/history')) : null,
    ]);
    const { userAgent } = navigator;
    saveFile('diagnostics.json', 'application/json', `${JSON.stringify({ time: new Date().toISOString(), address: location.origin, userAgent, status, log, history }, null, 1)}\n`);
    tell(note, status.error ? 'The device does not answer; the file says so.' : 'Downloaded.', Boolean(status.error));
  }

  /** New pages: the device checks them before they take the place of the old ones. */
  async #update() {
    const [file] = $('pages-file').files;
    const note = $('pages-note');
    tell(note, '');
    if (refuse($('pages-file'), file ? '' : 'Choose a file first.')) return;
    tell(note, `Sending ${bytes(file.size)}…`);
    try {
      const { longest } = await getJson('api/pages');
      if (refuse($('pages-file'), file.size > longest ? `The device takes at most ${bytes(longest)}.` : '')) {
        tell(note, 'Nothing was changed.', true);
        return;
      }
      await send('PUT', 'api/pages', file);
      tell(note, 'The device serves them. This page is loaded anew…');
    } catch (error) {
      tell(note, error.status === 422 ? 'This is no whole pack of pages of this version. The old ones stay.'
        : error.status === 507 ? 'The drive has no room for it. The old ones stay.' : explain(error), true);
    }
  }

  /** What others set meanwhile is shown, unless somebody is just changing it. */
  #fill({ device, unit }) {
    if (this.#changed || this.#saving) return;
    $('device-name').value = device ?? '';
    $(unit === 'F' ? 'unit-f' : 'unit-c').checked = true;
    $('settings-fields').disabled = false;
    if ($('settings-note').textContent === 'Reading…') tell($('settings-note'), '');
  }

  #fault() {
    const name = $('device-name').value.trim();
    return !name ? 'Give the device a name.' : name.length > LARGEST_NAME ? `At most ${LARGEST_NAME} characters.` : '';
  }

  async #save() {
    if (refuse($('device-name'), this.#fault())) return;
    const settings = {
      deviceName: $('device-name').value.trim(),
      temperatureUnit: $('unit-f').checked ? 'F' : 'C',
    };
    tell($('settings-note'), 'Saving…');
    this.#saving = true;
    try {
      const answer = await putJson('api/settings', settings);
      this.#changed = false;
      $('device-name').value = answer?.deviceName ?? settings.deviceName;
      tell($('settings-note'), 'Saved.');
    } catch (error) {
      if (error.status === 507) this.#changed = false;
      tell($('settings-note'), explain(error), true);
    } finally {
      this.#saving = false;
    }
  }
}
