"use strict";

// The page asks the route that the application maps in HelloNanoApplication.cs.
document.getElementById("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = document.getElementById("name").value;
  const answer = document.getElementById("answer");
  try {
    const response = await fetch("hello/" + encodeURIComponent(name));
    answer.textContent = await response.text();
  } catch {
    answer.textContent = "The device does not answer.";
  }
});
