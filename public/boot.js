// Starts the app on either door: it takes over what the server rendered, or the offline shell.
// Below our floor (iOS 16.4, Chrome 109, Firefox 115) nothing is loaded: links and forms do the work.
const WASM = "{{alpar_bg.wasm}}";
const GLUE = "{{alpar.js}}";
const WRITING = "{{writing.js}}";
const SCAN = "{{scan.js}}";

{{ahead}}

const shell = document.body.hasAttribute("data-shell");
const ahead = self.alparAhead;
const capable = Boolean(ahead);

async function start() {
  // The modules and the glue arrive side by side.
  const glue = await import(GLUE);
  await glue.default({ module_or_path: ahead.get(WASM).coming });
  glue.start();
}

/** Lets the worker keep a chapter, as soon as there is a worker: the page can then do without a network. Or all of them. */
function keepChapters(first) {
  navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ type: "chapters", first }));
}

/** How long the app may take to come before its page says that it did not, in milliseconds. */
const COMES_WITHIN = 10_000;

// What the app never says itself: that it could not start. The other door is one tap away.
function failed(error) {
  console.error(error);
  say("data-failed");
}

/** Says why nothing is shown; the app takes these words away when it comes after all. */
function say(why) {
  const words = document.querySelector(".shell-start");
  if (!words) return;
  const door = new URL(location.href);
  door.searchParams.set("porte", "serveur");
  words.querySelector("[data-server-door]").href = door.pathname + door.search;
  for (const known of ["data-failed", "data-late"]) words.querySelector(`[${known}]`).hidden = known !== why;
  // Below the floor it would be the same again.
  const again = words.querySelector("[data-again]");
  again.hidden = !capable;
  again.onclick = () => location.reload();
  words.hidden = false;
}

if (capable) {
  // A worker that is in control keeps it as it is asked for: nothing is looked up twice while the page comes.
  if (ahead.page && !navigator.serviceWorker?.controller) keepChapters(ahead.page);
  const late = setTimeout(() => say("data-late"), COMES_WITHIN);
  start()
    .catch(failed)
    .finally(() => clearTimeout(late));
} else if (shell) failed(new Error("below the floor"));

// — The service worker: registered when the page is done, updated when every window agrees. —
//
// Between this script and the app, on `window`:
//   alpar:update-ready    a new version waits; `document.documentElement.dataset.update` says so too
//   alpar:update-apply    (from the app) the member tapped « Nouvelle version »
//   alpar:update-refused  another window has something unsent or unsaved
//   alpar:writing         (from the app) the page that is shown has a field to write in, `data-prose` or `data-picture`
//   alpar:settled         (from the app) all that this page needed has come: the worker may bring the other chapters
//   alpar:scanning        (from the app) the page that is shown has a place for the camera, `data-scan`
//   alpar:may-reload      cancelable: `preventDefault()` while a draft is dirty or an act is on its way
const HIDDEN_LONG_ENOUGH = 5 * 60 * 1000;
const LAST_RELOAD = "alpar-reloaded-at";
let registration;
let agreed = false;
/** Another build is in control by now, and this window could not be loaded anew then. */
let behind = false;

const tell = (name) => window.dispatchEvent(new CustomEvent(name));
const mayReload = () => window.dispatchEvent(new CustomEvent("alpar:may-reload", { cancelable: true }));

function ready() {
  document.documentElement.dataset.update = "ready";
  tell("alpar:update-ready");
}

function follow(worker) {
  worker?.addEventListener("statechange", () => {
    // Without a controller it is the first one: nothing to replace.
    if (worker.state === "installed" && navigator.serviceWorker.controller) ready();
  });
}

function apply() {
  if (registration?.waiting) registration.waiting.postMessage({ type: "apply" });
  // Another window has applied it: only this one is left.
  else if (behind && mayReload()) loadAnew();
  else if (behind) tell("alpar:update-refused");
}

function loadAnew() {
  sessionStorage.setItem(LAST_RELOAD, String(Date.now()));
  location.reload();
}

function listen() {
  navigator.serviceWorker.addEventListener("message", ({ data, ports }) => {
    if (data?.type === "may-reload") {
      agreed = mayReload();
      ports[0]?.postMessage(agreed);
    } else if (data?.type === "refused") {
      agreed = false;
      tell("alpar:update-refused");
    }
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // Never twice in a row: a worker that keeps changing must not take the page with it.
    const last = Number(sessionStorage.getItem(LAST_RELOAD) ?? 0);
    if (agreed && mayReload() && Math.abs(Date.now() - last) >= 30_000) return loadAnew();
    // The bar goes on saying so.
    behind = true;
    ready();
  });
  navigator.serviceWorker.startMessages();
  window.addEventListener("alpar:update-apply", apply);
  let timer;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(apply, HIDDEN_LONG_ENOUGH);
    else {
      registration?.update().catch(() => {});
      keepChapters();
    }
  });
  // Not before the page has all that it needs; what a network that went away left out comes when it is back.
  for (const name of ["alpar:settled", "online"]) window.addEventListener(name, () => keepChapters());
}

async function register() {
  try {
    registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
    if (registration.waiting && navigator.serviceWorker.controller) ready();
    follow(registration.installing);
    registration.addEventListener("updatefound", () => follow(registration.installing));
  } catch (error) {
    // Private windows and some settings refuse workers; the app then needs its server.
    console.info("No service worker:", error);
  }
}

// Fields work without it, plainly.
if (capable) window.addEventListener("alpar:writing", () => import(WRITING).catch((error) => console.info("Plain fields:", error)));
if (capable) window.addEventListener("alpar:scanning", () => import(SCAN).catch((error) => console.info("No camera:", error)));

if (capable && "serviceWorker" in navigator) {
  listen();
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register, { once: true });
}
