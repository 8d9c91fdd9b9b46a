// The writing field's toolbar and preview, and suggestions under a field. Loaded where somebody writes.
"use strict";

const MARKS = {
  bold: { around: "**" },
  italic: { around: "*" },
  quote: { line: () => "> " },
  list: { line: () => "- " },
  numbered: { line: (index) => `${index + 1}. ` },
  link: { insert: (chosen) => `[${chosen || "words"}](https://)` },
  table: { insert: () => "\n| A | B |\n| --- | --- |\n|  |  |\n" },
};

const format = (field, action) => {
  const mark = MARKS[action];
  const { selectionStart: start, selectionEnd: end, value } = field;
  const chosen = value.slice(start, end);
  let from = start;
  let text;
  if (mark.around) {
    text = `${mark.around}${chosen}${mark.around}`;
  } else if (mark.line) {
    from = value.lastIndexOf("\n", start - 1) + 1;
    text = value.slice(from, end).split("\n").map((line, index) => mark.line(index) + line).join("\n");
  } else {
    text = mark.insert(chosen);
  }
  field.focus();
  field.setRangeText(text, from, end, "end");
  if (mark.around && !chosen) field.setSelectionRange(start + mark.around.length, start + mark.around.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const equip = (frame) => {
  const toolbar = frame.querySelector("[role=toolbar]");
  const field = frame.querySelector("textarea");
  if (!toolbar || toolbar.dataset.ready) return;
  toolbar.dataset.ready = "yes";
  toolbar.hidden = false;
  const buttons = [...toolbar.querySelectorAll("button")];

  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.format) format(field, button.dataset.format);
    if (button && "preview" in button.dataset) togglePreview(button, field);
  });
  toolbar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    buttons.forEach((button, index) => { button.tabIndex = index === next ? 0 : -1; });
    buttons[next].focus();
  });
  field.addEventListener("keydown", (event) => {
    const action = (event.ctrlKey || event.metaKey) && { b: "bold", i: "italic", k: "link" }[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      format(field, action);
    }
  });
  let pause;
  field.addEventListener("input", () => {
    const button = toolbar.querySelector("[data-preview][aria-pressed=true]");
    clearTimeout(pause);
    if (button) pause = setTimeout(() => htmx.trigger(button, "preview"), 400);
  });
};

const togglePreview = (button) => {
  const shown = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(shown));
  document.getElementById(button.getAttribute("hx-target").slice(1)).hidden = !shown;
  if (shown) htmx.trigger(button, "preview");
};

// "Replace with …" beside a field: done in the field, where the passage stands now.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-findings] [data-replacement]");
  if (!button) return;
  event.preventDefault();
  const place = button.closest("[data-findings]");
  const field = document.getElementById(place.dataset.findings);
  const { passage, replacement, start } = button.dataset;
  const expected = [...field.value].slice(0, Number(start)).join("").length;
  const from = field.value.startsWith(passage, expected) ? expected : field.value.indexOf(passage);
  button.closest("li").remove();
  if (!place.querySelector("li")) place.replaceChildren();
  field.focus();
  if (from < 0) return;
  field.setRangeText(replacement, from, from + passage.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

const equipAll = () => {
  document.querySelectorAll("[data-editor]").forEach(equip);
};
document.addEventListener("DOMContentLoaded", equipAll);
document.addEventListener("htmx:afterSettle", equipAll);
