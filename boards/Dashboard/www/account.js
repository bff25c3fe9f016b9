// Signing in and out. Loaded only where the device has sessions; elsewhere the browser asks by itself.

import { onUnauthorized } from './feed.js';
import { setText } from './chart.js';

const $ = (id) => document.getElementById(id);
const PATH = 'api/session';

export class Account {
  #signedIn = false;
  #asking = null;

  constructor() {
    const dialog = $('sign-in');
    $('account').hidden = false;
    $('account').addEventListener('click', () => (this.#signedIn ? this.#leave() : this.ask()));
    $('sign-in-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#enter();
    });
    $('sign-in-cancel').addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      $('password').value = '';
      this.#asking?.(this.#signedIn);
      this.#asking = null;
      if (location.hash === '#/sign-in') location.replace('#/overview');
    });
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#look(); });
    onUnauthorized(() => this.ask());
    this.#look();
  }

  /** Opens the dialog. Resolves to whether somebody has signed in. */
  ask() {
    const dialog = $('sign-in');
    this.#signedIn = false;
    setText($('sign-in-note'), '');
    if (!dialog.open) dialog.showModal();
    $($('user').value ? 'password' : 'user').focus();
    this.#asking?.(false);
    return new Promise((done) => { this.#asking = done; });
  }

  /** Another tab may have signed in or out. */
  async #look() {
    try {
      const response = await fetch(PATH, { cache: 'no-store' });
      if (response.ok) this.#show((await response.json()).signedIn === true);
    } catch {
      // The device does not answer: what was true stays.
    }
  }

  async #enter() {
    const button = $('sign-in-enter');
    if (button.disabled) return;
    const user = $('user').value.trim();
    const password = $('password').value;
    if (!user || !password) {
      setText($('sign-in-note'), 'Write your name and your password.');
      $(user ? 'password' : 'user').focus();
      return;
    }
    button.disabled = true;
    setText($('sign-in-note'), 'Signing in…');
    try {
      const response = await fetch(PATH, { method: 'POST', body: new URLSearchParams({ user, password }) });
      if (response.ok) {
        this.#show(true);
        $('sign-in').close();
        return;
      }
      const wait = Number(response.headers.get('retry-after'));
      setText($('sign-in-note'), response.status === 429
        ? `Too many wrong passwords. Wait ${wait > 0 ? `${wait} s` : 'a few seconds'} and try again.`
        : response.status === 401 ? 'Name or password is wrong.' : `The device answered with error ${response.status}.`);
      $('password').select();
    } catch {
      setText($('sign-in-note'), 'The device does not answer.');
    } finally {
      button.disabled = false;
    }
  }

  async #leave() {
    try {
      const response = await fetch(PATH, { method: 'DELETE' });
      if (response.ok) this.#show(false);
    } catch {
      // Still signed in, as the button says.
    }
  }

  #show(signedIn) {
    this.#signedIn = signedIn;
    setText($('account-text'), signedIn ? 'Sign out' : 'Sign in');
  }
}
