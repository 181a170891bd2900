// What makes a field pleasant to write the newsletter in: buttons, a preview of what members will read, a count near the end.
// Without this file the field stays a field, and what is written in it is worth the same.
//
//   <textarea data-prose>                          buttons before it, the preview after it
//   <textarea data-prose data-prose-preview="id">  its preview goes into the element of that id
//   <input type="file" data-picture>               the picture is made small before anybody sends it (picture.js)
//   <input type="file" data-picture="rows">        with a still smaller one of it, for rows
//
// It changes the page around these fields: still pages load it by themselves (still.js), the app once it is alive and shows
// such a field (`alpar:writing`, boot.js).
import { around, byLine, inline, INLINE, isLined, LINES, LINK, nextLine, touched } from "{{edits.js}}";

const GLUE = "{{editor.js}}";
const WASM = "{{editor_bg.wasm}}";
const PICTURE = "{{picture.js}}";

/** French spaces, as `french::nb` writes them. */
const nb = (text) => text.replace(/ ([;:!?»])/g, "\u202f$1").replace(/« /g, "«\u202f");
const apple = /Mac|iP(hone|ad|od)/.test(navigator.platform);

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// — The module: loaded by the first field that is used, and asked by all. —

let loading;

function editor() {
  loading ??= load().catch((error) => {
    console.info("No preview:", error);
    loading = undefined;
  });
  return loading;
}

async function load() {
  const wasm = fetch(WASM, { credentials: "same-origin" });
  // Without a network the import below says so first.
  wasm.catch(() => {});
  const glue = await import(GLUE);
  await glue.default({ module_or_path: wasm });
  return glue;
}

// — Edits. —

/** Types it, so that the browser's own undo takes it back and whoever listens to `input` hears of it. */
function apply(field, { from, to, text, start, end }) {
  field.focus();
  field.setSelectionRange(from, to);
  const typed = text ? document.execCommand("insertText", false, text) : from === to || document.execCommand("delete");
  if (!typed) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
  }
  field.setSelectionRange(start, end);
}

const selected = (field) => ({ value: field.value, start: field.selectionStart, end: field.selectionEnd });

// — Links: asked for in a dialog, under the same rule as on the server. —

const NOWHERE = nb("Cette adresse ne mène nulle part : elle commence par https://, ou c’est une adresse mail, ou une page d’Alpar comme /vacations.");

/** What people paste or type for an address, as an address. */
function completed(typed) {
  const address = typed.trim();
  if (address.startsWith(`${location.origin}/`)) return address.slice(location.origin.length);
  if (/^[\w.+'-]+@[\w-]+(\.[\w-]+)+$/.test(address)) return `mailto:${address}`;
  if (/^[\w-]+(\.[\w-]+)+([/?#:].*)?$/.test(address)) return `https://${address}`;
  return address;
}

function textField(id, label, attributes, hint) {
  const input = element("input", { class: "field__input", id, type: "text", autocomplete: "off", ...attributes });
  const field = element("div", { class: "field" }, element("label", { class: "field__label", for: id }, label), input);
  if (hint) field.append(element("span", { class: "field__hint", id: `${id}-aide` }, hint));
  return { field, input };
}

/** Asks for words and address. Nothing when it is left; without an address, the link goes. */
function askForLink(words, address) {
  const asked = textField("lien-mots", "Mots à toucher", {});
  const led = textField("lien-adresse", "Adresse", { inputmode: "url", autocapitalize: "none", spellcheck: "false", "aria-describedby": "lien-adresse-aide" }, nb("https://…, une adresse mail, ou une page d’Alpar : /vacations"));
  const wrong = element("p", { class: "field__error", id: "lien-adresse-faux", role: "alert", hidden: "" });
  led.field.append(wrong);
  [asked.input.value, led.input.value] = [words, address];
  const close = element("button", { type: "button", class: "sheet__close" }, "Fermer");
  const title = element("h2", { class: "sheet__title", id: "lien-titre" }, "Un lien");
  const body = element("div", { class: "sheet__body" }, asked.field, led.field);
  const foot = element("footer", { class: "sheet__foot" }, element("button", { class: "button button--main button--block" }, "Mettre le lien"));
  const remove = element("button", { type: "button", class: "button button--danger button--block" }, "Retirer le lien");
  if (address) foot.append(remove);
  const form = element("form", { method: "dialog", novalidate: "" }, element("header", { class: "sheet__head" }, title, close), body, foot);
  const dialog = element("dialog", { class: "sheet", "aria-labelledby": "lien-titre" }, form);

  return new Promise((resolve) => {
    let answer;
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    remove.addEventListener("click", () => {
      answer = { address: "" };
      dialog.close();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const typed = completed(led.input.value);
      const glue = await editor();
      // Without the module it cannot be judged here: the server judges it anyway.
      if (!typed || (glue && !glue.isLink(typed))) {
        wrong.textContent = NOWHERE;
        wrong.hidden = false;
        led.input.setAttribute("aria-invalid", "true");
        led.input.setAttribute("aria-describedby", "lien-adresse-faux lien-adresse-aide");
        led.field.classList.add("field--wrong");
        led.input.focus();
        return;
      }
      answer = { words: asked.input.value.trim(), address: typed };
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (words ? led.input : asked.input).focus();
  });
}

async function link(field) {
  const before = selected(field);
  const there = around(before.value, before.start, before.end, LINK);
  const [from, to] = there ? [there.open, there.close] : [before.start, before.end];
  const [, words, inAngles, plain] = there?.match ?? [undefined, before.value.slice(from, to)];
  const answer = await askForLink(words.replace(/\\([\\[\]])/g, "$1").replace(/\s+/g, " "), inAngles ?? plain ?? "");
  field.focus();
  field.setSelectionRange(before.start, before.end);
  if (!answer || field.value !== before.value) return;
  if (!answer.address) return apply(field, { from, to, text: words, start: from, end: from + words.length });
  const shown = answer.words || answer.address.replace(/^(https?:\/\/|mailto:)/, "");
  const address = /[()]/.test(answer.address) ? `<${answer.address}>` : answer.address;
  const text = `[${shown.replace(/[\\[\]]/g, "\\$&")}](${address})`;
  apply(field, { from, to, text, start: from + text.length, end: from + text.length });
}

// — The buttons. Lucide's drawings (ISC, app/icons/LICENSE). —

const TOOLS = [
  { name: "bold", label: "Gras", key: "b", drawing: "M6 12h9a4 4 0 0 1 0 8H7a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h7a4 4 0 0 1 0 8" },
  { name: "italic", label: "Italique", key: "i", drawing: "M19 4h-9M14 20H5M15 4 9 20" },
  { name: "title", label: "Intertitre", drawing: "M6 12h12M6 20V4M18 20V4" },
  { name: "list", label: "Liste", drawing: "M3 5h.01M3 12h.01M3 19h.01M8 5h13M8 12h13M8 19h13" },
  {
    name: "numbered",
    label: "Liste numérotée",
    drawing: "M11 5h10M11 12h10M11 19h10M4 4h1v5M4 9h2M6.5 20H3.4c0-1 2.6-1.925 2.6-3.5a1.5 1.5 0 0 0-2.6-1.02",
  },
  { name: "quote", label: "Citation", drawing: "M17 5H3M21 12H8M21 19H8M3 12v7" },
  {
    name: "link",
    label: "Lien",
    key: "k",
    drawing: "M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71",
  },
];

function use(field, { name }) {
  if (field.disabled || field.readOnly) return;
  if (name === "link") return link(field);
  return apply(field, name in INLINE ? inline(selected(field), INLINE[name]) : byLine(selected(field), LINES[name]));
}

/** Whether what is selected has it already. */
function has(field, { name }) {
  const { value, start, end } = selected(field);
  if (name in LINES) return isLined(touched({ value, start, end }).lines, LINES[name]);
  return Boolean(around(value, start, end, name === "link" ? LINK : INLINE[name].spans));
}

function toolButton(tool) {
  const svg = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(svg, "svg");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", tool.drawing);
  for (const [name, value] of [["class", "icon"], ["viewBox", "0 0 24 24"], ["aria-hidden", "true"]]) drawing.setAttribute(name, value);
  drawing.append(path);
  const button = element("button", { type: "button", class: "writing__tool", "aria-label": tool.label, "aria-pressed": "false", title: tool.label }, drawing);
  if (tool.key) {
    const letter = tool.key.toUpperCase();
    button.setAttribute("aria-keyshortcuts", `${apple ? "Meta" : "Control"}+${letter}`);
    button.title = `${tool.label} (${apple ? "⌘" : "Ctrl+"}${letter})`;
  }
  return button;
}

/** One stop for the tab key; arrows lead from button to button. */
function toolbar(field) {
  const buttons = TOOLS.map(toolButton);
  const bar = element("div", { class: "writing__tools", role: "toolbar", "aria-label": "Mise en forme" }, ...buttons);
  if (field.id) bar.setAttribute("aria-controls", field.id);
  const stop = (at) => buttons.forEach((button, i) => (button.tabIndex = i === at ? 0 : -1));
  stop(0);
  // A press leaves the field its focus, and a phone its keyboard.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", ({ target }) => {
    const at = buttons.indexOf(target.closest("button"));
    if (at < 0) return;
    stop(at);
    use(field, TOOLS[at]);
  });
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const last = buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    stop(to);
    buttons[to].focus();
  });
  const refresh = () => buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(has(field, TOOLS[i]))));
  return { bar, refresh };
}

// — The count: shown when the end is near, said when it comes near and when it is passed. —

function counter(field) {
  const shown = element("p", { class: "writing__count", hidden: "" });
  const said = element("p", { class: "visually-hidden", role: "status" });
  let level = 0;
  const refresh = (cap) => {
    // Characters as the server counts them; never more than these.
    const far = field.value.length < cap * 0.9;
    const left = far ? cap : cap - [...field.value].length;
    const now = far || left > cap * 0.1 ? 0 : left < 0 ? 2 : 1;
    const count = `${Math.abs(left).toLocaleString("fr-FR")} caractère${Math.abs(left) < 2 ? "" : "s"}`;
    const words = nb(now === 2 ? `${count} de trop : raccourcis un peu pour pouvoir enregistrer.` : `Encore ${count}.`);
    shown.hidden = now === 0;
    shown.textContent = now ? words : "";
    shown.classList.toggle("writing__count--over", now === 2);
    field.setCustomValidity(now === 2 ? words : "");
    if (now !== level) said.textContent = now ? words : "";
    level = now;
  };
  return { parts: [shown, said], refresh };
}

// — The preview. —

const EMPTY = nb("Ce que tu écris apparaît ici, comme on le lira.");
const NO_PREVIEW = nb("L’aperçu demande le réseau la première fois. Ton texte est bien là.");

function previewOf(field) {
  const named = document.getElementById(field.dataset.prosePreview ?? "");
  // A landmark, but where a page has several: one would not know which.
  const role = document.querySelectorAll("[data-prose]").length > 1 ? "group" : "region";
  const home = named ?? element("div", { class: "writing__preview", role, "aria-label": "Aperçu" });
  // It would read all of it again at each key.
  home.setAttribute("aria-live", "off");
  const body = element("div", { class: "prose" });
  const note = element("p", { class: "writing__note" }, EMPTY);
  const parts = [element("h2", { class: "writing__title" }, "Aperçu"), note, body];
  home.append(...parts);
  // A tap on a link must not take the page, and what is unsaved on it, away.
  body.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
  });
  let shown;
  const refresh = (glue) => {
    if (!glue || field.value === shown) return;
    shown = field.value;
    try {
      body.innerHTML = glue.preview(shown);
      note.hidden = Boolean(shown.trim());
      note.textContent = EMPTY;
    } catch (error) {
      console.error(error);
      body.replaceChildren();
      note.textContent = NO_PREVIEW;
      note.hidden = false;
    }
  };
  const failed = () => {
    note.textContent = NO_PREVIEW;
    note.hidden = false;
  };
  const leave = () => (named ? parts.forEach((part) => part.remove()) : home.remove());
  return { after: named ? [] : [home], refresh, failed, leave };
}

// — A field, with all of it. —

function enliven(field) {
  const [tools, count, preview] = [toolbar(field), counter(field), previewOf(field)];
  const listening = new AbortController();
  const on = (target, event, act) => target.addEventListener(event, act, { signal: listening.signal });
  let glue;
  let frame = 0;

  // At most once a frame, however fast somebody types.
  const refresh = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      tools.refresh();
      if (glue) count.refresh(glue.cap());
      preview.refresh(glue);
    });
  };
  const wake = async () => {
    if (!glue) glue = await editor();
    if (!glue) preview.failed();
    refresh();
  };
  on(field, "focus", wake);
  on(field, "input", refresh);
  on(document, "selectionchange", () => document.activeElement === field && refresh());
  on(field, "keydown", (event) => {
    if (event.isComposing || event.altKey || event.shiftKey) return;
    const command = apple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    const tool = command && TOOLS.find(({ key }) => key === event.key.toLowerCase());
    const next = event.key === "Enter" && !event.ctrlKey && !event.metaKey && nextLine(selected(field));
    if (!tool && !next) return;
    event.preventDefault();
    if (tool) use(field, tool);
    else apply(field, next);
  });

  field.before(tools.bar);
  field.after(...count.parts, ...preview.after);
  if (document.activeElement === field) wake();
  return () => {
    listening.abort();
    cancelAnimationFrame(frame);
    for (const part of [tools.bar, ...count.parts]) part.remove();
    preview.leave();
  };
}

// — Pictures: nobody sends one as the camera made it, with the place where it was taken. —

const WAIT = nb("La photo se prépare : encore un instant.");
const NO_TOOLS = nb("Il faut le réseau pour préparer une photo la première fois : choisis-la de nouveau quand il est là.");
const notes = new WeakMap();
const turns = new WeakMap();

function note(input, words, wrong = false) {
  if (!notes.has(input)) {
    notes.set(input, element("p", { role: "status" }));
    input.after(notes.get(input));
  }
  const line = notes.get(input);
  line.className = wrong ? "field__error" : "field__hint";
  line.textContent = words;
}

async function prepare(input) {
  const [file] = input.files;
  const turn = {};
  turns.set(input, turn);
  input.setCustomValidity(WAIT);
  note(input, WAIT);
  const made = await import(PICTURE).then(
    ({ small }) => small(file, input.dataset.picture === "rows"),
    () => ({ wrong: NO_TOOLS }),
  );
  // Another was chosen meanwhile.
  if (turns.get(input) !== turn) return;
  input.setCustomValidity("");
  if (made.wrong) {
    input.value = "";
    return note(input, nb(made.wrong), true);
  }
  const chosen = new DataTransfer();
  chosen.items.add(made.blob);
  input.files = chosen.files;
  const side = (pixels) => pixels.toLocaleString("fr-FR");
  note(input, nb(`La photo est prête : ${side(made.width)} × ${side(made.height)}, ${side(Math.ceil(made.blob.size / 1000))} ko.`));
  input.dispatchEvent(new CustomEvent("alpar:picture", { detail: made, bubbles: true }));
}

document.addEventListener("change", ({ target }) => {
  if (target.matches?.("input[type=file][data-picture]") && target.files.length) prepare(target);
});

// — The fields that are there, and those that come. —

const alive = new Map();

function look() {
  for (const [field, leave] of alive) {
    if (field.isConnected) continue;
    leave();
    alive.delete(field);
  }
  for (const field of document.querySelectorAll("textarea[data-prose]")) {
    if (!alive.has(field)) alive.set(field, enliven(field));
  }
}

new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
look();
