// The queue's single keys: the letter on a button presses it. Never while somebody types, never with
// a modifier, and switched off where its moderator says so (WCAG 2.1.4).
"use strict";

document.addEventListener("keydown", (event) => {
  const queue = document.getElementById("queue");
  if (!queue || queue.dataset.keys !== "on" || event.repeat || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (document.querySelector(".htmx-request")) return;
  const key = event.key.toLowerCase();
  const pressed = [...queue.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});
