// Suggestions under a field (ARIA combobox): arrows choose, Enter takes, Escape closes. An option with an address is
// gone to; one with a value replaces the last word of a comma separated list.
"use strict";

const suggest = (field) => {
  if (field.dataset.ready) return;
  field.dataset.ready = "yes";
  const list = () => document.getElementById(field.dataset.suggests);
  const options = () => [...list().querySelectorAll("[role=option]")];
  let dismissed = null; // what stood in the field when Escape was pressed: a late answer stays closed
  const show = () => {
    const isAsked = document.activeElement === field && field.value !== dismissed;
    const isWanted = isAsked && options().length > 0;
    list().hidden = !isWanted;
    field.setAttribute("aria-expanded", String(isWanted));
    field.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list().hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    if (option.dataset.address) {
      location.assign(option.dataset.address);
      return;
    }
    const before = field.value.slice(0, field.value.lastIndexOf(",") + 1);
    field.value = `${before}${before ? " " : ""}${option.dataset.value}, `;
    close();
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === field.dataset.suggests) show();
  });
  field.addEventListener("keydown", (event) => {
    if (list().hidden) return;
    const all = options();
    const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = now < 0 && step < 0 ? all.length - 1 : (now + step + all.length) % all.length;
      all.forEach((option, index) => option.setAttribute("aria-selected", String(index === next)));
      field.setAttribute("aria-activedescendant", all[next].id);
      all[next].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && now >= 0) {
      event.preventDefault();
      take(all[now]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      dismissed = field.value;
      close();
    }
  });
  field.parentElement.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      event.preventDefault();
      take(option);
    }
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
};

const suggestAll = () => document.querySelectorAll("[data-suggests]").forEach(suggest);
document.addEventListener("DOMContentLoaded", suggestAll);
document.addEventListener("htmx:afterSettle", suggestAll);
