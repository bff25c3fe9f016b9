// The settings that not every board has: network, time, password, restart. Loaded where the device offers them.

import { HttpError, explain, getJson, putJson, send } from './feed.js';
import { setText, tell, useZone } from './chart.js';
import { refuse } from './settings.js';

const $ = (id) => document.getElementById(id);
const LOOK_MS = 1500;
const SCAN_MS = 20000;

const bars = (dbm) => (dbm >= -55 ? 'excellent' : dbm >= -67 ? 'good' : dbm >= -75 ? 'fair' : 'weak');

/** A name in a sentence. Its direction of writing is its own, and leaves the sentence alone. */
const apart = (name) => `“\u2068${name}\u2069”`;

const octets = (text) => new TextEncoder().encode(text).length;

/** Asks before something that cannot be undone. */
export function confirm(title, text, yes) {
  const dialog = $('confirm');
  setText($('confirm-title'), title);
  setText($('confirm-text'), text);
  setText($('confirm-yes'), yes);
  dialog.returnValue = '';
  dialog.showModal();
  $('confirm-no').focus();
  return new Promise((done) => {
    dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true });
  });
}

export class DevicePage {
  #feed;
  #device = null;
  #changed = new Set();
  #watching = 0;
  #restarting = Infinity; // its uptime when it was told to restart

  constructor(feed) {
    this.#feed = feed;
    this.#zones();
    $('wifi-choose').addEventListener('click', () => this.#choose());
    $('wifi-scan').addEventListener('click', () => this.#scan());
    $('wifi-form').addEventListener('submit', (event) => { event.preventDefault(); this.#try(); });
    $('wifi-cancel').addEventListener('click', () => $('wifi-dialog').close());
    $('wifi-list').addEventListener('change', ({ target }) => {
      $('wifi-name').value = target.value;
      refuse($('wifi-name'), '');
    });
    $('host-form').addEventListener('submit', (event) => { event.preventDefault(); this.#host(); });
    $('time-form').addEventListener('submit', (event) => { event.preventDefault(); this.#time(); });
    for (const form of ['host-form', 'time-form']) $(form).addEventListener('input', () => this.#changed.add(form));
    $('password-form').addEventListener('submit', (event) => { event.preventDefault(); this.#password(); });
    $('restart').addEventListener('click', () => this.#restart());
    $('reset').addEventListener('click', () => this.#reset());
    feed.addEventListener('online', () => this.show());
    feed.addEventListener('status', ({ detail }) => this.#isBack(detail));
    for (const button of document.querySelectorAll('#confirm button')) button.addEventListener('click', () => $('confirm').close(button.value));
  }

  async show() {
    try {
      this.#fill(await getJson('api/device'));
    } catch {
      // The forms stay as they are; the banner says that the device does not answer.
    }
  }

  #fill(device) {
    this.#device = device;
    if (typeof device.wifi === 'string') setText($('wifi-now'), device.wifi || 'none');
    if (!this.#changed.has('host-form')) $('host-name').value = device.hostName ?? '';
    if (!this.#changed.has('time-form')) {
      $('time-server').value = device.timeServer ?? '';
      $('time-zone').value = device.timeZone ?? '';
    }
    useZone(device.timeZone);
    const testing = device.wifiState === 'testing';
    $('wifi-choose').disabled = testing;
    if (testing) {
      tell($('wifi-note'), 'Trying it. This page goes on when the device answers again, here or in the new network…');
      this.#watch();
    } else if (device.wifiTrouble) {
      tell($('wifi-note'), device.wifiTrouble, true);
    } else if (this.#watching) {
      tell($('wifi-note'), `The device is in ${apart(device.wifi)}.`);
    }
    if (!testing) this.#watching = 0;
  }

  /** Looks until the test is over. */
  #watch() {
    this.#watching += 1;
    setTimeout(() => this.show(), LOOK_MS);
  }

  #zones() {
    const select = $('time-zone');
    let names = [];
    try {
      names = Intl.supportedValuesOf('timeZone');
    } catch {
      // An older browser: only its own zone.
    }
    select.append(new Option('In the reader’s own zone', ''), ...names.map((name) => new Option(name.replaceAll('_', ' '), name)));
  }

  // ---- Wi-Fi

  #choose() {
    for (const id of ['wifi-name', 'wifi-password']) {
      $(id).value = '';
      refuse($(id), '');
    }
    setText($('wifi-error'), '');
    setText($('wifi-what'), `The device leaves ${this.#device?.wifi ? apart(this.#device.wifi) : 'its network'} for up to a minute and tries the other one. If that works it stays there, and this page is found under the name of the device or its new address. If not, it comes back, and says here why.`);
    $('wifi-list').replaceChildren();
    $('wifi-dialog').showModal();
    this.#scan();
  }

  async #scan() {
    const note = $('wifi-found');
    const button = $('wifi-scan');
    if (button.ariaDisabled === 'true') return;
    tell(note, 'Listening for networks…');
    button.ariaDisabled = 'true'; // a button that is disabled loses the focus
    try {
      await send('POST', 'api/device/networks');
      const end = performance.now() + SCAN_MS;
      do {
        await new Promise((done) => { setTimeout(done, LOOK_MS); });
      } while ((await getJson('api/device')).wifiState === 'scanning' && performance.now() < end);
      const networks = await (await send('GET', 'api/device/networks')).json();
      $('wifi-list').replaceChildren(...networks.map(({ name, signal }) => {
        const label = document.createElement('label');
        const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'network', value: name });
        const text = Object.assign(document.createElement('span'), { textContent: name, dir: 'auto' });
        const strength = Object.assign(document.createElement('small'), { textContent: bars(signal) });
        label.append(input, text, strength);
        return label;
      }));
      tell(note, networks.length ? '' : 'None was heard. Networks of 5 GHz are not; one that hides its name can be written below.');
    } catch (error) {
      tell(note, explain(error), true);
    } finally {
      button.ariaDisabled = null;
    }
  }

  async #try() {
    const name = $('wifi-name').value;
    const password = $('wifi-password').value;
    const length = octets(name);
    if (refuse($('wifi-name'), !length ? 'Choose a network, or write its name.' : length > 32 ? 'A name has at most 32 bytes.' : '')
      || refuse($('wifi-password'), password && !/^[0-9a-f]{64}$/i.test(password) && (octets(password) < 8 || octets(password) > 63) ? 'A password has 8 to 63 characters.' : '')) return;
    setText($('wifi-error'), '');
    try {
      await send('PUT', 'api/device/wifi', JSON.stringify({ name, password }), { 'Content-Type': 'application/json' });
      $('wifi-dialog').close();
      tell($('wifi-note'), `Trying ${apart(name)}…`);
      $('wifi-note').focus();
      this.#watch();
    } catch (error) {
      setText($('wifi-error'), error instanceof HttpError && error.status === 409 ? 'Another network is being tried already.' : explain(error));
    }
  }

  // ---- The rest

  #host() {
    const hostName = $('host-name').value.trim().toLowerCase();
    tell($('host-note'), '');
    if (refuse($('host-name'), /^(?!-)[a-z0-9-]{1,63}$/.test(hostName) && !hostName.endsWith('-') ? '' : 'Only letters from a to z, digits and hyphens, and no hyphen at either end.')) return;
    this.#save('host', { hostName }, 'Saved. It is taken at the next start.');
  }

  #time() {
    const timeServer = $('time-server').value.trim();
    tell($('time-note'), '');
    if (refuse($('time-server'), /^[a-z0-9.:-]{1,64}$/i.test(timeServer) ? '' : 'The name of a server, for instance pool.ntp.org, or its address.')) return;
    this.#save('time', { timeServer, timeZone: $('time-zone').value }, 'Saved.');
  }

  async #save(part, value, done) {
    const note = $(`${part}-note`);
    tell(note, 'Saving…');
    try {
      const device = await putJson('api/device', value);
      this.#changed.delete(`${part}-form`);
      if (device) this.#fill(device);
      tell(note, done);
    } catch (error) {
      if (error.status === 507) this.#changed.delete(`${part}-form`);
      tell(note, explain(error), true);
    }
  }

  async #password() {
    const first = $('password-new').value;
    const note = $('password-note');
    tell(note, '');
    if (refuse($('password-new'), first.length < 8 || octets(first) > 64 ? 'A password has 8 to 64 characters.' : '')
      || refuse($('password-again'), first === $('password-again').value ? '' : 'The two are not the same.')) return;
    tell(note, 'Saving…');
    try {
      await send('PUT', 'api/device/password', JSON.stringify({ password: first }), { 'Content-Type': 'application/json' });
      $('password-form').reset();
      tell(note, 'Changed. Whoever is signed in signs in again with the new one.');
    } catch (error) {
      tell(note, error instanceof HttpError && error.status === 507 ? 'The drive does not keep it: the old password holds.' : explain(error), true);
    }
  }

  #isBack({ uptime }) {
    if (this.#restarting === Infinity || uptime >= this.#restarting) return;
    this.#restarting = Infinity;
    tell($('restart-note'), 'It has restarted.');
    this.show();
  }

  async #restart() {
    if (!await confirm('Restart the device?', 'It is gone for some ten seconds. What it measured before is forgotten; settings stay.', 'Restart')) return;
    await this.#begin('api/device/restart', 'It restarts. This page goes on by itself.');
  }

  async #reset() {
    const has = (feature) => this.#feed.features.has(feature);
    const parts = ['Name', 'unit', has('password') && 'password', has('time') && 'time', has('wifi') && 'Wi-Fi', has('certificate') && 'a certificate that was uploaded'].filter(Boolean);
    const then = has('wifi') ? ': it opens a Wi-Fi of its own to be told which one to join' : '';
    if (!await confirm('Forget all settings?', `${new Intl.ListFormat('en-GB').format(parts)} are forgotten, and the device restarts as a new one${then}. This cannot be undone.`, 'Forget everything')) return;
    await this.#begin('api/device/reset', 'It forgets its settings and restarts.');
  }

  async #begin(path, done) {
    const note = $('restart-note');
    tell(note, 'Asking…');
    try {
      await send('POST', path);
      this.#restarting = this.#feed.status?.uptime ?? Infinity;
      tell(note, done);
    } catch (error) {
      tell(note, explain(error), true);
    }
  }
}
