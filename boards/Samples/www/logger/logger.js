"use strict";

new EventSource("api/events").addEventListener("reading", (event) => {
  document.getElementById("reading").textContent = (event.data / 100).toFixed(2);
});
