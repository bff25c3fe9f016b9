// The certificate of https: shown, uploaded, made. Loaded with the settings, where the device has one.

import { explain, getJson, send } from './feed.js';
import { bytes, setText, tell } from './chart.js';
import { confirm } from './device.js';
import { refuse } from './settings.js';

const $ = (id) => document.getElementById(id);
const PATH = 'api/certificate';
const DAY_S = 86400;
const LINES = /(?:..:?){1,8}/g; // of a fingerprint: eight pairs each
const CUT = 'https begins anew: open pages are cut, and your browser may ask whether to trust it. The one before is forgotten.';
const OPEN = 'This page is not open over https, so others in the network may read the key on its way. ';
const DONE = 'Taken. https begins anew within seconds. If this page does not go on by itself, load it anew.';

const PANEL = `<section class="panel certificate" data-feature="certificate" aria-labelledby="certificate-title">
<h2 id="certificate-title">Certificate for https</h2>
<p class="note" id="certificate-state">Reading…</p>
<div class="halves">
<dl class="sheet" id="certificate-facts" hidden>
<div><dt>Names</dt><dd id="certificate-names" dir="auto"></dd></div>
<div><dt>Subject</dt><dd id="certificate-subject" dir="auto"></dd></div>
<div><dt>Issuer</dt><dd id="certificate-issuer" dir="auto"></dd></div>
<div><dt>Valid</dt><dd><span id="certificate-time"></span><span id="certificate-left"></span></dd></div>
<div><dt>SHA-256</dt><dd class="fingerprint" id="certificate-hash" translate="no"></dd></div>
</dl>
<form id="certificate-form" novalidate>
<div class="field"><label for="certificate-file">New certificate</label><input id="certificate-file" type="file" aria-describedby="certificate-hint"></div>
<div class="field"><label for="key-file">Its key, if it is in a file of its own</label><input id="key-file" type="file" aria-describedby="certificate-hint">
<p class="note" id="certificate-hint">Both in PEM form, the key without a password. They are checked first; if anything is wrong, nothing is changed.</p></div>
<div class="submit"><button class="button" type="submit">Use it…</button><button class="button" id="certificate-make" type="button" data-feature="newcertificate" hidden>Make a new one…</button></div>
<p class="note" id="certificate-note" role="status"></p>
</form>
</div>
</section>`;

const ORIGINS = {
  none: 'There is none, so https is off until you upload one.',
  made: 'The device has made it itself.',
  uploaded: 'It was uploaded.',
  provisioned: 'The device was set up with it.',
};

const day = (seconds) => new Date(seconds * 1000).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

function left(to) {
  const days = Math.floor((to - Date.now() / 1000) / DAY_S);
  return days < 0 ? `ended ${-days} ${days === -1 ? 'day' : 'days'} ago` : days === 0 ? 'ends within a day' : `${days} ${days === 1 ? 'day' : 'days'} left`;
}

export class CertificatePage {
  #longest = 0;
  #renewing = false;
  #before = ''; // the fingerprint that was served with

  constructor(feed) {
    document.querySelector('[data-feature=pages]').insertAdjacentHTML('beforebegin', PANEL);
    $('certificate-make').hidden = !feed.features.has('newcertificate');
    $('certificate-form').addEventListener('submit', (event) => { event.preventDefault(); this.#upload(); });
    $('certificate-make').addEventListener('click', () => this.#make());
    feed.addEventListener('online', () => {
      if (this.#renewing) tell($('certificate-note'), 'https goes with the new one.');
      this.#renewing = false;
      this.show();
    });

    // https may have begun anew so soon that the device was never missed, and have cut the request that asked for the new one.
    feed.addEventListener('status', () => { if (this.#renewing && $('certificate-hash').textContent === this.#before) this.show(); });
  }

  async show() {
    try {
      this.#fill(await getJson(PATH));
    } catch {
      // It stays as it is; the banner says that the device does not answer.
    }
  }

  #fill({ origin, longest, subject, issuer, selfSigned, from, to, fingerprint, names }) {
    this.#longest = longest;
    const known = Boolean(fingerprint);
    const ended = known && to * 1000 < Date.now();
    setText($('certificate-state'), [
      ORIGINS[origin],
      selfSigned ? 'Nobody else has signed it, so every browser asks once whether to trust it.' : '',
      ended ? 'It has ended: browsers warn of it.' : '',
      origin !== 'none' && !known ? 'Its firmware does not show it.' : '',
    ].filter(Boolean).join(' '));
    $('certificate-facts').hidden = !known;
    if (!known) return;
    setText($('certificate-names'), names.join(', ') || 'no name');
    setText($('certificate-subject'), subject || 'not said');
    setText($('certificate-issuer'), issuer || 'not said');
    setText($('certificate-time'), `${day(from)} to ${day(to)}`);
    setText($('certificate-left'), left(to));
    $('certificate-hash').replaceChildren(...fingerprint.match(LINES).map((pairs) => Object.assign(document.createElement('span'), { textContent: pairs })));
  }

  async #upload() {
    const note = $('certificate-note');
    const [certificate] = $('certificate-file').files;
    const [key] = $('key-file').files;
    tell(note, '');
    const tooLong = this.#longest && certificate && certificate.size + (key?.size ?? 0) > this.#longest;
    if (refuse($('certificate-file'), !certificate ? 'Choose a file first.' : tooLong ? `The device takes at most ${bytes(this.#longest)}, with the key.` : '')) return;
    if (!await confirm('Use this certificate?', `${location.protocol === 'https:' ? '' : OPEN}If it is right, ${CUT}`, 'Use it')) return;
    const form = new FormData();
    form.append('certificate', certificate);
    if (key) form.append('key', key);
    if (await this.#send(PATH, form)) $('certificate-form').reset();
  }

  async #make() {
    if (await confirm('Make a new certificate?', `It is for the name of this device, and nobody else signs it. ${CUT}`, 'Make it')) await this.#send(`${PATH}/new`);
  }

  async #send(path, form) {
    const note = $('certificate-note');
    tell(note, 'Asking…');
    try {
      await send('POST', path, form);
      tell(note, DONE);
      this.#before = $('certificate-hash').textContent;
      this.#renewing = true;
      this.show();
      return true;
    } catch (error) {
      tell(note, error.detail ? `${error.detail} Nothing was changed.` : error.status === 507 ? 'The device cannot store it. Nothing was changed.' : explain(error), true);
      return false;
    }
  }
}
