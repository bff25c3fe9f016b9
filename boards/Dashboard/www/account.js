// Signing in and out. Loaded only where the device has sessions; elsewhere the browser asks by itself.

import { onUnauthorized } from './feed.js';
import { setText } from './chart.js';

const $ = (id) => document.getElementById(id);
const PATH = 'api/session';
const LOOK_MS = 8000;
const PATIENCE_MS = 10000; // until a device that has not answered is asked once more

export class Account {
  #signedIn = false;
  #asking = null;
  #changes = 0; // how often somebody has signed in or out on this page

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
    this.#show(false);
    setText($('sign-in-note'), '');
    if (!dialog.open) dialog.showModal();
    $($('user').value ? 'password' : 'user').focus();
    this.#asking?.(false);
    return new Promise((done) => { this.#asking = done; });
  }

  /** Another tab may have signed in or out. */
  async #look() {
    const changes = this.#changes;
    try {
      const response = await fetch(PATH, { cache: 'no-store', signal: AbortSignal.timeout(LOOK_MS) });
      if (!response.ok) return;
      const { signedIn } = await response.json();
      // An answer that was on its way while somebody signed in or out here tells what was before.
      if (changes === this.#changes) this.#show(signedIn === true);
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
      const response = await this.#send({ user, password });
      if (response.ok) {
        this.#changes += 1;
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
      setText($('sign-in-note'), 'The device does not answer. Try again in a moment.');
    } finally {
      button.disabled = false;
    }
  }

  /** A device that serves others too may lose a request with its connection; to sign in twice does no harm. */
  async #send(names) {
    const ask = () => fetch(PATH, { method: 'POST', body: new URLSearchParams(names), signal: AbortSignal.timeout(PATIENCE_MS) });
    try {
      return await ask();
    } catch {
      setText($('sign-in-note'), 'The device has not answered. Asking once more…');
      return ask();
    }
  }

  async #leave() {
    try {
      const response = await fetch(PATH, { method: 'DELETE' });
      if (!response.ok) return;
      this.#changes += 1;
      this.#show(false);
    } catch {
      // Still signed in, as the button says.
    }
  }

  #show(signedIn) {
    this.#signedIn = signedIn;
    setText($('account-text'), signedIn ? 'Sign out' : 'Sign in');
  }
}
