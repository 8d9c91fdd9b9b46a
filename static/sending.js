// Patchy Wi-Fi: what makes something is sent until it arrives. The form's key makes one post of it, however often it is
// sent; whether there is a network is found out by trying, whatever the browser believes.
"use strict";

const WAITS = [1, 2, 4, 8, 15, 30];
const MOST_TRIES = 40;
const UNREACHABLE = [502, 503, 504];
const NOT_SENT = "Not sent. Your text is safe on this page. It is tried again by itself.";
const GIVEN_UP = "Not sent. Your text is safe on this page. Try again when the connection is back.";
const BROKEN = "That did not work on our side. Your text is safe on this page. Try again in a moment.";

const isMaking = (form) => form.matches("form[method=post]") && form.elements.submission_key;

const say = (form, words, ...buttons) => {
  let line = form.querySelector(".unsent");
  if (!line) {
    line = document.createElement("p");
    line.className = "notice is-problem unsent";
    line.setAttribute("role", "alert");
    (form.querySelector(".send") || form).after(line);
  }
  if (line.firstChild?.textContent !== words) line.replaceChildren(words, " ", ...buttons);
};

const button = (words, pressed) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "as-link";
  made.textContent = words;
  made.addEventListener("click", pressed);
  return made;
};

// While a text waits to be sent again it is not changed: what was pressed is what arrives.
const freeze = (form, isFrozen) => {
  form.querySelectorAll("textarea, input:not([type=hidden])").forEach((field) => { field.readOnly = isFrozen; });
};

const settle = (form) => {
  waits.get(form)?.stop();
  freeze(form, false);
  form.querySelector(".unsent")?.remove();
  delete form.dataset.tries;
  delete form.dataset.sending;
};

const waits = new WeakMap(); // each form that waits to be sent again: how to do it now, and how to stop
const later = (form, again) => {
  waits.get(form)?.stop();
  const tries = Number(form.dataset.tries || 0) + 1;
  if (tries > MOST_TRIES) {
    settle(form);
    say(form, GIVEN_UP);
    return;
  }
  form.dataset.tries = tries;
  freeze(form, true);
  const go = () => {
    stop();
    if (form.isConnected) again();
  };
  const timer = setTimeout(go, WAITS[Math.min(tries, WAITS.length) - 1] * 1000);
  const stop = () => {
    clearTimeout(timer);
    window.removeEventListener("online", go);
    waits.delete(form);
  };
  waits.set(form, { go, stop });
  window.addEventListener("online", go);
  say(form, NOT_SENT, button("Try now", () => waits.get(form)?.go()), " ", button("Change the text", () => settle(form)));
};

// Forms that HTMX sends.
const resend = (event) => {
  const form = event.target;
  if (isMaking(form)) later(form, () => form.requestSubmit());
};
document.addEventListener("htmx:beforeRequest", (event) => waits.get(event.target)?.stop());
document.addEventListener("htmx:sendError", resend);
document.addEventListener("htmx:timeout", resend);
document.addEventListener("htmx:responseError", (event) => {
  if (!isMaking(event.target)) return;
  if (UNREACHABLE.includes(event.detail.xhr.status)) resend(event);
  else say(event.target, BROKEN);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const status = event.detail.xhr?.status;
  if (isMaking(event.target) && status && status < 500) settle(event.target);
});

// Forms that the browser would send: sent from here, so that the page stays when nothing comes back.
const leave = (address) => {
  const to = new URL(address, location.href);
  const isHere = to.pathname === location.pathname && to.search === location.search;
  location.assign(to);
  if (isHere) location.reload();
};

const show = (form, html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector(".frame");
  const action = form.getAttribute("action");
  if (![...page.forms].some((each) => each.getAttribute("action") === action)) {
    settle(form);
    say(form, page.querySelector("main p")?.textContent.trim() || BROKEN);
    return;
  }
  document.title = page.title;
  document.querySelector(".frame").replaceWith(fresh);
  htmx.process(fresh);
  htmx.trigger(fresh, "htmx:afterSettle", { target: fresh });
  window.scrollTo(0, 0);
  const first = fresh.querySelector("#mistakes [autofocus]");
  (first ?? fresh.querySelector("#mistakes, [autofocus]"))?.focus();
};

const send = async (form, fields) => {
  let reply;
  let html;
  try {
    const options = { method: "POST", body: fields, headers: { "Board-Sends": "page" }, signal: AbortSignal.timeout(20000) };
    reply = await fetch(form.getAttribute("action"), options);
    html = await reply.text();
    if (UNREACHABLE.includes(reply.status)) throw new Error("unreachable");
  } catch {
    later(form, () => send(form, fields));
    return;
  }
  const address = reply.headers.get("Board-Location");
  if (address) leave(address);
  else show(form, html);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const pressed = event.submitter;
  if (!isMaking(form) || form.hasAttribute("hx-post") || pressed?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (form.dataset.sending) {
    waits.get(form)?.go();
    return;
  }
  form.dataset.sending = "yes";
  const fields = new URLSearchParams(new FormData(form));
  if (pressed?.name) fields.append(pressed.name, pressed.value);
  send(form, fields);
});
