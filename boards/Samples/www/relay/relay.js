"use strict";

const relays = document.getElementById("relays");
const trouble = document.getElementById("trouble");

async function show(id) {
  const response = await fetch(`api/relays/${id}`);
  if (!response.ok) {
    return false;
  }

  const { on } = await response.json();
  let box = document.getElementById(`relay${id}`);
  if (!box) {
    const label = document.createElement("label");
    box = document.createElement("input");
    box.type = "checkbox";
    box.id = `relay${id}`;
    box.addEventListener("change", () => change(id, box.checked));
    label.append(box, ` Relay ${id + 1} `);
    relays.append(label);
  }

  box.checked = on;
  return true;
}

async function change(id, on) {
  const response = await fetch(`api/relays/${id}`, { method: "PUT", body: JSON.stringify({ on }) });
  trouble.textContent = response.ok ? "" : `The relay was not switched: ${response.status}.`;
  await show(id);
}

async function start() {
  let id = 0;
  while (await show(id)) {
    id++;
  }

  new EventSource("api/events").addEventListener("relay", (event) => show(parseInt(event.data, 10)));
}

start();
