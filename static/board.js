// What every page needs. All of it is comfort: without JavaScript the same things work with a press more.
"use strict";

const notice = (words) => {
  const area = document.getElementById("notice");
  const line = document.createElement("p");
  line.className = "notice is-problem";
  line.textContent = words;
  area.replaceChildren(line);
  area.scrollIntoView({ block: "nearest" });
};

// Patchy Wi-Fi: say so, and say that the text is safe. Background requests fail quietly.
const isQuiet = (element) => element.matches(".changes, .autosave, .similar, .badge-link, [data-findings], [role=combobox], [hx-trigger^=load]");
const makes = (element) => element.matches("form") && element.elements.submission_key; // static/sending.js tries again
document.addEventListener("htmx:sendError", (event) => {
  if (event.target.matches(".autosave")) {
    const status = event.target.querySelector(".draft");
    status.firstChild.textContent = "Not saved: no connection ";
  } else if (!isQuiet(event.target) && !makes(event.target)) {
    notice("Not sent. Your text is safe on this page. Try again in a moment.");
  }
});
document.addEventListener("htmx:responseError", (event) => {
  if (!isQuiet(event.target) && !makes(event.target)) notice("That did not work on our side. Your text is safe on this page. Try again in a moment.");
});

// A tab nobody looks at does not ask for news.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches(".changes") && document.hidden) event.preventDefault();
});

// After a swap the focus would be lost: give it back to the button that was pressed, or to what is new.
document.addEventListener("htmx:afterSwap", (event) => {
  const asked = event.detail.requestConfig?.elt;
  if (!asked || isQuiet(asked) || asked.matches("[data-preview]")) return;
  if (document.activeElement && document.activeElement !== document.body) return;
  const swapped = document.getElementById(event.detail.target.id) || document.body;
  const next = swapped.querySelector("[data-fresh], button:not([hidden]), a[href]");
  if (next) next.focus({ preventScroll: !next.matches("[data-fresh]") });
});

// The menu closes with Escape and with a press elsewhere.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.me[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("search-box").focus();
  }
});
document.addEventListener("click", (event) => {
  const menu = document.querySelector("details.me[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});

// What was typed into a password field can be looked at, if nobody else is looking.
document.querySelectorAll("[data-reveals]").forEach((button) => {
  const field = document.getElementById(button.dataset.reveals);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
});

// A form that was refused: lead to what is wrong with it.
document.addEventListener("DOMContentLoaded", () => {
  (document.querySelector("#mistakes [autofocus]") ?? document.getElementById("mistakes"))?.focus();
});

// The sheet says when it was printed, not when the page was opened.
window.addEventListener("beforeprint", () => {
  const place = document.querySelector("[data-printed]");
  const opened = performance.timing ? performance.timing.responseStart : 0;
  if (place && opened && Date.now() - opened > 60000) {
    const format = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: place.dataset.zone });
    place.textContent = format.format(new Date()).replace(",", "");
  }
});
