// A text of the brief saves itself while it is typed: on this device at once, and to the server after five quiet seconds.
// Nothing is ever overwritten in silence: what was written from an older version stands beside the one that is shown.

const QUIET_MS = 5000;
const CAP = 20000;
// Made new by each page, or the page's own; none of them is what somebody wrote.
const OURS = new Set(["id", "base", "vues"]);

for (const place of document.querySelectorAll("[data-saved]")) {
  const form = place.querySelector("form");
  if (form) saves(form, place.dataset.saved, place);
}

for (const place of document.querySelectorAll("[data-pictured]")) pictured(place, place.dataset.pictured);

/** A picture that was made small (picture.js) is sent at once; the form then names it. */
function pictured(place, member) {
  const find = (part) => place.querySelector(`[data-picture-${part}]`);
  const [there, choice, wrong] = [find("there"), find("choice"), find("wrong")];
  const field = (name) => place.querySelector(`[name=${name}]`);
  choice.hidden = false;
  place.addEventListener("alpar:picture", async ({ detail: { blob, width, height } }) => {
    const id = crypto.randomUUID();
    const say = (words) => {
      wrong.textContent = words;
      wrong.hidden = !words;
    };
    say("");
    let answer;
    try {
      const headers = { "alpar-member": member, "content-type": blob.type };
      answer = await fetch(`${place.dataset.pictureTo ?? "/api/v1/pictures"}/${id}`, { method: "POST", headers, body: blob, redirect: "error" });
    } catch {
      return say("Hors ligne : l’image n’est pas partie. Choisis-la de nouveau avec le réseau.");
    }
    if (!answer.ok) {
      const { message } = await answer.json().catch(() => ({}));
      return say(message ?? "L’image n’est pas partie : choisis-la de nouveau.");
    }
    for (const [name, value] of Object.entries({ picture: id, width, height })) field(name).value = value;
    // What the one before showed is not what this one shows.
    const alt = field("alt");
    alt.value = "";
    field("without").checked = false;
    show();
    alt.focus();
    alt.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // What this device kept comes back into the fields, its picture too.
  place.addEventListener("input", ({ target }) => target.name === "picture" && show());

  function show() {
    const shown = there.querySelector("img");
    there.hidden = !field("picture").value;
    [shown.width, shown.height] = ["width", "height"].map((side) => Number(field(side).value));
    if (!there.hidden) shown.src = `/pictures/${field("picture").value}`;
  }
}

function saves(form, key, place) {
  const state = place.querySelector("[data-state]");
  const found = place.querySelector("[data-found]");
  const written = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !OURS.has(name))).toString();
  const base = form.elements.namedItem("base");
  let saved = written();
  // What is on its way, until it has an answer: sent again as it is, so that it is never taken for somebody else's.
  let pending = null;
  let timer = 0;
  let leaving = false;

  const say = (words, wrong = false) => {
    state.textContent = words;
    state.classList.toggle("workshop__state--wrong", wrong);
  };
  const clock = () => {
    const now = new Date();
    return `${now.getHours()} h ${String(now.getMinutes()).padStart(2, "0")}`;
  };
  const dirty = () => pending !== null || written() !== saved;

  /** On this device: whatever happens to the page, it is here. */
  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify({ base: base.value, text: written(), at: clock() }));
    } catch {
      say("Cet appareil n’a plus de place pour garder ton texte : enregistre-le.", true);
    }
  }

  async function send() {
    clearTimeout(timer);
    if (leaving || (!pending && !dirty())) return;
    if (form.elements.namedItem("text").value.length > CAP) {
      say(`Le texte est trop long pour être enregistré : ${CAP.toLocaleString("fr")} caractères au plus. Il est gardé ici.`, true);
      return;
    }
    pending ??= { text: written(), body: new URLSearchParams([...new FormData(form)]) };
    const sent = pending;
    say("J’enregistre…");
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST",
        headers: { accept: "application/json" },
        body: sent.body,
        redirect: "error",
      });
    } catch {
      say("Hors ligne : ton texte est gardé sur cet appareil, et part avec le réseau.");
      return;
    }
    if (answer.status === 422) {
      // Nothing of it was kept: what is typed next is a text of its own.
      pending = null;
      const { wrong } = await answer.json().catch(() => ({ wrong: [] }));
      say(`Pas encore enregistré, gardé ici. ${(wrong ?? []).join(" ")}`, true);
      return;
    }
    if (!answer.ok) {
      say("Pas encore enregistré : ton texte est gardé sur cet appareil.", true);
      timer = setTimeout(send, 4 * QUIET_MS);
      return;
    }
    const { revision, beside } = await answer.json();
    pending = null;
    saved = sent.text;
    base.value = revision;
    if (beside > 0) {
      const link = document.createElement("a");
      link.href = `${location.pathname}#versions`;
      link.textContent = "Deux versions : règle-les";
      // Another page by its address: the one that shows both.
      link.addEventListener("click", () => setTimeout(() => location.reload()));
      say(`Enregistré à ${clock()}, à côté d’une autre version. `, true);
      state.append(link);
    } else {
      say(`Enregistré à ${clock()}.`);
    }
    if (written() === saved) localStorage.removeItem(key);
    else later();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, QUIET_MS);
  }

  function typed() {
    if (!dirty()) return;
    // « Enregistré » is true no longer.
    if (!state.classList.contains("workshop__state--wrong")) say("");
    keep();
    found.hidden = true;
    later();
  }

  /** What this device kept of an earlier visit, unless the server has it. */
  function look() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      kept = null;
    }
    const arrived = new URLSearchParams(location.search).get("fait") === "texte";
    if (!kept || kept.text === saved || arrived) {
      localStorage.removeItem(key);
      return;
    }
    say(`Cet appareil a gardé ce que tu avais écrit à ${kept.at}, et qui n’est pas parti.`);
    found.hidden = false;
    found.querySelector("[data-restore]").addEventListener("click", () => {
      fill(new URLSearchParams(kept.text));
      base.value = kept.base;
      found.hidden = true;
      form.elements.namedItem("text").focus();
      keep();
      send();
    });
    found.querySelector("[data-forget]").addEventListener("click", () => {
      localStorage.removeItem(key);
      found.hidden = true;
      say("");
    });
  }

  function fill(fields) {
    for (const field of form.elements) {
      if (!field.name || OURS.has(field.name) || field.type === "submit") continue;
      if (field.type === "checkbox") field.checked = fields.has(field.name);
      else field.value = fields.get(field.name) ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    // The page that comes back tells whether it arrived; until then this device keeps it.
    if (dirty()) keep();
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("online", () => dirty() && send());
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && dirty()) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => document.hidden && dirty() && send());
  look();
}
