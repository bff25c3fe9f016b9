// Runs before the first paint, so that neither the theme nor the view changes under the reader's eyes.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {
    // Storage is blocked: the theme of the system holds.
  }
  const view = /^#\/(protocol|settings|log)\b/.exec(location.hash);
  root.dataset.view = view ? view[1] : 'overview';
})();
