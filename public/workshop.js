// A text of the brief, or of a public page, saves itself while it is typed: on this device at once, and to the server after five quiet seconds.
// Nothing is ever overwritten in silence: what was written from an older version stands beside the one that is shown.

const QUIET_MS = 5000;
// Made new by each page, or the page's own; none of them is what somebody wrote.
const OURS = new Set(["id", "base", "vues"]);

const SIGNED_OUT = "Tu n’es plus connecté·e : reconnecte-toi dans un autre onglet, puis touche « Enregistrer ».";
/** Where sending again by itself would change nothing, and why: by the answer's status. Being led elsewhere has none. */
const STOPS = {
  0: SIGNED_OUT,
  400: "Le serveur n’a pas pu lire l’envoi : recharge la page, puis reprends ton texte.",
  401: SIGNED_OUT,
  403: "Tu ne peux plus changer ce texte : demande au groupe Communication.",
  404: "Ce texte n’est plus là.",
  413: "C’est trop long pour être envoyé : raccourcis-le.",
};

const address = new URL(location.href);
/** This page is what a save led to. */
const arrived = ["texte", "publier"].includes(address.searchParams.get("fait"));

for (const place of document.querySelectorAll("[data-saved]")) {
  const form = place.querySelector("form");
  if (form) saves(form, place.dataset.saved, place);
}

for (const place of document.querySelectorAll("[data-pictured]")) pictured(place, place.dataset.pictured);

// Said once: loaded anew, or come back to, the page must not take what was typed since for what was saved then.
if (arrived) {
  address.searchParams.delete("fait");
  history.replaceState(history.state, "", address);
}

/** A picture that was made small (picture.js) is sent at once; the form then names it. */
function pictured(place, member) {
  const find = (part) => place.querySelector(`[data-picture-${part}]`);
  const [there, choice, wrong] = [find("there"), find("choice"), find("wrong")];
  const field = (name) => place.querySelector(`[name=${name}]`);
  choice.hidden = false;
  place.addEventListener("alpar:picture", async ({ detail: { blob, width, height, tiny } }) => {
    const id = crypto.randomUUID();
    const to = `${place.dataset.pictureTo ?? "/api/v1/pictures"}/${id}`;
    const send = (to, body) =>
      fetch(to, { method: "POST", headers: { "alpar-member": member, "content-type": body.type }, body, redirect: "error" });
    const say = (words) => {
      wrong.textContent = words;
      wrong.hidden = !words;
    };
    say("");
    let answer;
    try {
      answer = await send(to, blob);
    } catch {
      return say("Hors ligne : l’image n’est pas partie. Choisis-la de nouveau avec le réseau.");
    }
    if (!answer.ok) {
      const { message } = await answer.json().catch(() => ({}));
      return say(message ?? "L’image n’est pas partie : choisis-la de nouveau.");
    }
    // Without it a row shows a letter: no reason to choose the photo again.
    if (tiny) await send(`${to}/petite`, tiny).catch((error) => console.info("No small one:", error));
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
  const text = form.elements.namedItem("text");
  /** What the server has; nothing where it refused what the fields show. */
  let saved = written();
  // What is on its way, until it has an answer: sent again as it is, so that it is never taken for somebody else's.
  let pending = null;
  let timer = 0;
  let leaving = false;
  /** What the server would not have, and why; nothing is sent by itself from there on. */
  let stopped = null;
  let room = true;

  // A page that came back from one of its forms has that form's address: loaded anew, it would send it once more.
  const own = place.dataset.own ?? `${new URL(form.action).pathname}/bloc/${form.elements.namedItem("block").value}`;
  if (location.pathname !== own) history.replaceState(history.state, "", own);

  const say = (words, wrong = false) => {
    state.textContent = words;
    state.classList.toggle("workshop__state--wrong", wrong);
  };
  const clock = () => {
    const now = new Date();
    return `${now.getHours()} h ${String(now.getMinutes()).padStart(2, "0")}`;
  };
  const dirty = () => pending !== null || written() !== saved;
  const stays = () =>
    room ? "Ton texte est gardé sur cet appareil." : "Cet appareil n’a plus de place pour le garder : copie-le avant de partir.";

  /** On this device: whatever happens to the page, it is here. `sent`: with the form, whose page tells what became of it. */
  function keep(sent = false) {
    try {
      localStorage.setItem(key, JSON.stringify({ base: base.value, text: written(), at: clock(), sent }));
      room = true;
    } catch {
      room = false;
      say("Cet appareil n’a plus de place pour garder ton texte : enregistre-le.", true);
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  async function send() {
    clearTimeout(timer);
    if (leaving || stopped || !dirty()) return;
    // The field says how many characters the server takes; where it does not, the server does.
    const most = Number(text.dataset.cap) || Infinity;
    if (text.value.length > most && [...text.value].length > most) {
      say(`Le texte est trop long pour être enregistré : ${most.toLocaleString("fr")} caractères au plus. ${stays()}`, true);
      return;
    }
    if (!pending) pending = { text: written(), body: new URLSearchParams([...new FormData(form)]) };
    const sent = pending;
    say("J’enregistre…");
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST",
        headers: { accept: "application/json" },
        body: sent.body,
        // The page to sign in is no sign that anything was saved.
        redirect: "manual",
      });
    } catch {
      say(room ? "Hors ligne : ton texte est gardé sur cet appareil, et part avec le réseau." : `Hors ligne. ${stays()}`, !room);
      return;
    }
    if (answer.status === 422) {
      // Nothing of it was kept: what is typed next is a text of its own.
      pending = null;
      const { wrong } = await answer.json().catch(() => ({ wrong: [] }));
      say(`Pas encore enregistré. ${stays()} ${(wrong ?? []).join(" ")}`, true);
      return;
    }
    if (answer.status in STOPS) {
      pending = null;
      stopped = { status: answer.status, long: sent.text.length };
      say(`Plus rien ne s’enregistre tout seul. ${STOPS[answer.status]} ${stays()}`, true);
      return;
    }
    // What is no answer of ours saved nothing.
    const answered = answer.ok ? await answer.json().catch(() => null) : null;
    if (!Number.isInteger(answered?.revision)) {
      say(`Pas encore enregistré. ${stays()}`, true);
      timer = setTimeout(send, 4 * QUIET_MS);
      return;
    }
    pending = null;
    saved = sent.text;
    base.value = answered.revision;
    if (answered.beside > 0) {
      const link = document.createElement("a");
      link.href = `${own}#versions`;
      link.textContent = "Deux versions : règle-les";
      // Another page by its address: the one that shows both.
      link.addEventListener("click", () => setTimeout(() => location.reload()));
      say(`Enregistré à ${clock()}, à côté d’une autre version. `, true);
      state.append(link);
    } else {
      say(`Enregistré à ${clock()}.`);
    }
    if (written() !== saved) later();
    // What another tab keeps of the same block since is not what was saved here.
    else if (kept()?.text === saved) localStorage.removeItem(key);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, QUIET_MS);
  }

  function typed() {
    if (!dirty()) return;
    // Only what was too long may be taken after all, once it is shorter.
    if (stopped?.status === 413 && written().length < stopped.long) {
      stopped = null;
      say("");
    }
    // « Enregistré » is true no longer.
    if (!state.classList.contains("workshop__state--wrong")) say("");
    keep();
    found.hidden = true;
    later();
  }

  /** Whether the page came back because the server would not have what the fields show. */
  function refused() {
    // The server would not publish it, and has it all the same.
    if (place.matches("[data-waits]")) return false;
    if (place.matches("[data-refused]") || place.querySelector("[data-refused]")) return true;
    // What came back may be another form of the page: this one's mistakes stand in it, or it is what was sent.
    const wrong = document.querySelector(".workshop__wrong");
    return Boolean(wrong && (form.querySelector("[aria-invalid=true]") || kept()?.text === written()));
  }

  /** What this device kept of an earlier visit, unless the server has it. */
  function look() {
    const before = kept();
    const back = refused();
    if (back) saved = null;
    if (!before || before.text === written() || (before.sent && (arrived || back))) {
      if (!back) return localStorage.removeItem(key);
      // Nobody else has it.
      keep();
      if (room) say(`Pas encore enregistré. ${stays()}`, true);
      return;
    }
    say(`Cet appareil a gardé ce que tu avais écrit à ${before.at}, et qui n’est pas parti.`);
    found.hidden = false;
    found.querySelector("[data-restore]").addEventListener("click", () => {
      fill(new URLSearchParams(before.text));
      base.value = before.base;
      found.hidden = true;
      text.focus();
      keep();
      send();
    });
    found.querySelector("[data-forget]").addEventListener("click", () => {
      localStorage.removeItem(key);
      found.hidden = true;
      say("");
    });
  }

  function stay() {
    leaving = false;
  }

  function fill(fields) {
    for (const field of form.elements) {
      if (!field.name || OURS.has(field.name) || field.type === "submit") continue;
      if (field.type === "checkbox") field.checked = fields.has(field.name);
      else field.value = fields.get(field.name) ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // What a browser would put back into the fields by itself is not what the server has: this device's copy is offered instead.
  form.autocomplete = "off";
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    // The page that comes back tells whether it arrived; until then this device keeps it.
    if (dirty()) keep(true);
    leaving = true;
    clearTimeout(timer);
    // Held back after all, where there is no network (still.js): the page stays, and goes on saving.
    setTimeout(() => event.defaultPrevented && stay());
  });
  window.addEventListener("pageshow", stay);
  window.addEventListener("online", () => dirty() && send());
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && dirty()) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => document.hidden && dirty() && send());
  look();
}
