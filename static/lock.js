// The idle lock: warn, cover, keep what was typed on the server, leave the page. The server counts; this asks it.
"use strict";

const place = document.getElementById("lock");
const door = document.querySelector("[data-door]");
const HERE = { "HX-Request": "true" };

const post = (address, fields) => fetch(address, { method: "POST", headers: HERE, body: new URLSearchParams(fields) });
const token = () => document.querySelector("[name=csrf_token]").value;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// What was typed since the page was opened goes into its person's drafts, which other people never see.
const keep = () => Promise.all([...document.querySelectorAll(".autosave")].map((save) => {
  const form = save.closest("form");
  if (!form?.dataset.typed) return null;
  const fields = new FormData(form);
  fields.delete("submission_key");
  const address = save.getAttribute("hx-post");
  return post(address, fields).then((reply) => {
    if (reply.status !== 409) return reply;
    fields.set("beside", "1"); // written in another window too: both texts are kept
    return post(address, fields);
  }).then((reply) => {
    if (reply.status >= 500 || reply.status === 409 || reply.status === 429) throw new Error("not kept");
  });
}));
document.addEventListener("input", (event) => {
  if (event.target.form) event.target.form.dataset.typed = "yes";
}, true);

const guard = () => {
  let timer;
  let told = Date.now();
  let isCovered = false;
  const seconds = place.querySelector("[data-seconds]");
  const next = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(check, Math.max(wait, 1) * 1000);
  };

  // Seconds until the lock by the server's count; null while it cannot be asked.
  const left = async () => {
    try {
      const reply = await fetch(place.dataset.state, { cache: "no-store" });
      return reply.ok ? (await reply.json()).seconds : null;
    } catch {
      return null;
    }
  };

  const idle = Number(place.dataset.idle);
  const warning = Math.min(60, idle / 2);
  const check = async () => {
    if (isCovered) return;
    const now = (await left()) ?? Math.round(idle - (Date.now() - told) / 1000);
    if (now <= 0) cover();
    else if (now <= warning) warn(now);
    else {
      if (place.open) place.close();
      next(now - warning);
    }
  };

  const warn = (now) => {
    if (!place.open) place.showModal();
    seconds.textContent = now;
    next(now > 10 ? Math.min(10, now - 10) : now);
  };

  const carryOn = () => {
    if (isCovered) return;
    told = Date.now();
    if (place.open) place.close();
    next(idle - warning);
    post(place.querySelector("form").action, { csrf_token: token() }).then((reply) => {
      if (reply.status === 401) cover();
    }, () => {});
  };

  // From here on nothing of the page can be seen or reached; once it is kept, nothing of it is left in the browser.
  const cover = async () => {
    if (isCovered) return;
    isCovered = true;
    clearTimeout(timer);
    const field = document.activeElement?.closest("textarea[id], input[id]");
    const page = location.pathname.replace(/^(.*\/questions\/\d+)\/.*$/, "$1"); // without the words of its title
    const here = page + location.search + (field ? `#${field.id}` : "");
    document.documentElement.classList.add("is-covered");
    document.title = place.dataset.locked;
    place.querySelector("h2").textContent = place.dataset.locked;
    place.querySelector("p").textContent = place.dataset.saving;
    place.querySelector("form").hidden = true;
    if (!place.open) place.showModal();
    for (let wait = 1; ; wait = Math.min(wait * 2, 30)) {
      try {
        await keep();
        const reply = await post(place.dataset.lock, { csrf_token: token(), next: here });
        location.replace(reply.headers.get("HX-Redirect") || place.dataset.lock);
        return;
      } catch {
        place.querySelector("p").textContent = place.dataset.waiting;
        await pause(wait * 1000);
      }
    }
  };

  place.addEventListener("cancel", (event) => event.preventDefault());
  place.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  const used = () => {
    if (place.open || Date.now() - told > 60000) carryOn();
  };
  document.addEventListener("keydown", used, true);
  document.addEventListener("pointerdown", used, true);
  document.addEventListener("board:locked", check);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) check();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-lock-now]")) return;
    event.preventDefault();
    cover();
  });
  next(idle - warning);
};

// Signing out and making way for somebody else: what is typed is kept first.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-leaves]") || form.dataset.kept) return;
  event.preventDefault();
  form.dataset.kept = "yes";
  // A form cannot be sent again from within its own submit event: a moment later it can.
  Promise.race([keep(), pause(4000)]).catch(() => {}).then(() => pause(0)).then(() => form.requestSubmit(event.submitter));
});

// Back and Forward may show a page as it was left, without asking the server.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

if (place) guard();
if (door) {
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return;
    const reply = await fetch(door.dataset.door, { cache: "no-store" }).catch(() => null);
    if (reply?.ok && (await reply.json()).seconds > 0) location.reload();
  });
}

// Back where somebody was before the lock: in the field they were typing in, behind the last word.
const field = document.getElementById(location.hash.slice(1));
if (field?.matches("textarea, input")) {
  if (field.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
  field.focus();
}
