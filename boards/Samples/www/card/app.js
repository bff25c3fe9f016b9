const note = document.getElementById('note');
document.getElementById('upload').addEventListener('submit', async event => {
  event.preventDefault();
  const file = event.target.elements.file.files[0];
  note.textContent = 'Sending…';
  try {
    const response = await fetch('files/' + encodeURIComponent(file.name), { method: 'PUT', body: file });
    if (response.status === 401) {
      location = 'sign-in';
      return;
    }

    note.textContent = response.ok ? `${file.name} is on the card.` : `${file.name} was not written: ${(await response.json()).title}.`;
  } catch {
    note.textContent = 'The device does not answer.';
  }
});
