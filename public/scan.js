// The camera as a reader of barcodes. Without this file the page's field and its button do the work, and so they do beside it.
//
//   <div data-scan></div>            becomes the camera's place
//   <form data-scan-code>            its field `code` gets the digits that were read, and it is sent
//
//   <div data-scan="carte"></div>    the same, for the QR of a member's card
//   <div data-scan-into="carte">     the form in it gets what was read in its field of that name, and is sent
//
// The browser's own reader where it has one (BarcodeDetector, on Android); elsewhere ours, a module that only those get who need
// it, kept on the device from then on. The app says when such a page is shown (`alpar:scanning`, boot.js).
const GLUE = "{{scanner.js}}";
const WASM = "{{scanner_bg.wasm}}";

/** What a shop's codes are printed in. */
const FORMATS = ["ean_13", "ean_8", "upc_a"];
/** What a member's card bears. The browser's own reader alone knows it: elsewhere its number is typed. */
const CARDS = ["qr_code"];
/** A frame is looked at this many milliseconds after the one before, or later where looking takes longer. */
const PAUSE = 80;
/** Frames are looked at no larger than this, in pixels. */
const WIDEST = 1280;
/** So many frames in a row that the browser's reader cannot look at, and ours takes over. */
const GIVES_UP = 3;
/** After so many milliseconds without a code, a hint. */
const LONG = 8000;

/** French spaces, as `french::nb` writes them. */
const nb = (text) => text.replace(/ ([;:!?»])/g, "\u202f$1").replace(/« /g, "«\u202f");

/** What is said, of a barcode or of a card. `type`: what to do by hand. */
function words(type, aim, noReader, another) {
  const noCamera = nb(`Cet appareil n’a pas de caméra. ${type}`);
  return {
    why: {
      NotAllowedError: nb(`La caméra est refusée à Alpar : autorise-la dans les réglages du navigateur. En attendant : ${type.toLowerCase()}`),
      NotFoundError: noCamera,
      OverconstrainedError: noCamera,
      NotReadableError: nb(`La caméra ne répond pas : une autre application s’en sert peut-être. ${type}`),
    },
    noAccess: nb(`Ce navigateur ne donne pas accès à la caméra. ${type}`),
    noReader: nb(`${noReader} ${type}`),
    aim: nb(aim),
    hint: nb(`Rien n’est lu : approche-toi ou recule un peu, cherche la lumière. Sinon : ${type.toLowerCase()}`),
    another,
  };
}

const OF_CODES = words(
  "Tape les chiffres qui sont sous les barres.",
  "Vise le code-barres, bien à plat et sans reflet.",
  "Le lecteur de codes-barres n’est pas encore sur cet appareil : il lui faut du réseau la première fois.",
  "Scanner un autre produit",
);
const OF_CARDS = words(
  "Tape le numéro qui est sous le QR.",
  "Vise le QR de la carte.",
  "Ce navigateur ne lit pas les QR.",
  "Scanner une autre carte",
);

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// — What reads: asked for each frame, answers digits or nothing. —

let loading;

/** One kind of reader on a page: of barcodes, or of cards. */
function reader(card) {
  if (!loading) {
    loading = load(card).catch((error) => {
      console.info("No reader:", error);
      loading = undefined;
      throw error;
    });
  }
  return loading;
}

async function load(card) {
  const found = card ? await ofTheBrowser(CARDS, isCard) : ((await ofTheBrowser(FORMATS, isCode)) ?? (await ours()));
  if (!found) throw new Error("nothing here reads cards");
  return found;
}

async function ofTheBrowser(wanted, isOne) {
  if (!("BarcodeDetector" in window)) return undefined;
  try {
    const known = await window.BarcodeDetector.getSupportedFormats();
    const formats = wanted.filter((format) => known.includes(format));
    if (!formats.includes(wanted[0])) return undefined;
    return watched(new window.BarcodeDetector({ formats }), isOne, wanted === CARDS ? undefined : ours);
  } catch (error) {
    console.info("The browser's reader does not answer:", error);
    return undefined;
  }
}

/** Some phones name what they read and lack the service that does it: each frame is refused, and ours reads. */
function watched(detector, isOne, other) {
  let refused = 0;
  let instead;
  return async (video) => {
    if (instead) return instead(video);
    try {
      const found = await detector.detect(video);
      refused = 0;
      return found.map(({ rawValue }) => rawValue).find(isOne);
    } catch (error) {
      refused += 1;
      if (refused < GIVES_UP || !other) throw error;
      refused = 0;
      instead = await other();
    }
  };
}

async function ours() {
  const wasm = fetch(WASM, { credentials: "same-origin" });
  // Without a network the import below says so first.
  wasm.catch(() => {});
  const glue = await import(GLUE);
  await glue.default({ module_or_path: wasm });
  const canvas = document.createElement("canvas");
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / Math.max(video.videoWidth, video.videoHeight));
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    if (width === 0 || height === 0) return undefined;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    drawing.drawImage(video, 0, 0, width, height);
    return glue.read(drawing.getImageData(0, 0, width, height).data, width, height);
  };
}

const isCode = (digits) => /^(\d{8}|\d{12,13})$/.test(digits);
const isCard = (text) => /^alpar:\d{1,9}$/.test(text);

// — The place of the camera. —

function bring(place) {
  if (place.dataset.alive !== undefined) return;
  place.dataset.alive = "";
  const card = place.dataset.scan === "carte";
  const spoken = card ? OF_CARDS : OF_CODES;

  const video = element("video", { class: "scan__video", playsinline: "", "aria-label": "Ce que voit la caméra" });
  video.muted = true;
  const torch = element("button", { type: "button", class: "button scan__torch", "aria-pressed": "false", hidden: "" }, "Lampe");
  const view = element("div", { class: "scan__view", hidden: "" }, video, element("span", { class: "scan__aim", "aria-hidden": "true" }), torch);
  const said = element("p", { class: "scan__said", role: "status" });
  const open = element("button", { type: "button", class: "button button--main button--block" }, "Ouvrir la caméra");
  const close = element("button", { type: "button", class: "button button--block", hidden: "" }, "Fermer la caméra");
  place.append(view, said, open, close);

  let stream;
  // What was begun before the last stop goes nowhere.
  let turn = 0;
  let paused = false;

  const say = (words) => {
    if (said.textContent !== words) said.textContent = words;
  };

  function show(running) {
    // What is hidden keeps no focus: the other button takes it over.
    const focused = place.contains(document.activeElement);
    view.hidden = close.hidden = !running;
    open.hidden = running;
    place.dataset.camera = running ? "open" : "closed";
    if (focused) (running ? close : open).focus({ preventScroll: true });
  }

  function stop() {
    turn += 1;
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    video.srcObject = null;
    torch.hidden = true;
    torch.setAttribute("aria-pressed", "false");
    show(false);
  }

  function failed(words) {
    stop();
    say(words);
    open.textContent = "Réessayer";
  }

  async function start() {
    stop();
    const mine = turn;
    if (!navigator.mediaDevices?.getUserMedia) return failed(spoken.noAccess);
    say("");
    // Both at once: who says yes to the camera does not wait for the reader too.
    const reading = reader(card);
    reading.catch(() => {});
    let asked;
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
      asked = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch (error) {
      console.info("No camera:", error);
      if (mine === turn) failed(spoken.why[error?.name] ?? spoken.noAccess);
      return;
    }
    // Closed, hidden or left in the meantime: it must not stay open for nobody.
    if (mine !== turn || !place.isConnected) return asked.getTracks().forEach((track) => track.stop());
    stream = asked;
    const [track] = stream.getVideoTracks();
    track.addEventListener("ended", () => mine === turn && failed(spoken.why.NotReadableError));
    let read;
    // Safari plays nothing that is not shown.
    show(true);
    try {
      video.srcObject = stream;
      await video.play();
      read = await reading;
    } catch (error) {
      console.info("Nothing is read:", error);
      if (mine === turn) failed(video.readyState > 1 ? spoken.noReader : spoken.why.NotReadableError);
      return;
    }
    if (mine !== turn) return;
    torch.hidden = !track.getCapabilities?.().torch;
    say(spoken.aim);
    look(read, mine, performance.now());
  }

  async function look(read, mine, since) {
    while (mine === turn) {
      // The app has gone to another page.
      if (!place.isConnected) return stop();
      const code = await read(video).catch((error) => void console.info("A frame is not read:", error));
      if (mine !== turn) return;
      if (code) return found(code);
      if (performance.now() - since > LONG) say(spoken.hint);
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }

  function found(code) {
    stop();
    navigator.vibrate?.(60);
    open.textContent = spoken.another;
    const form = document.querySelector(card ? "[data-scan-into='carte'] form" : "form[data-scan-code]");
    const field = form?.elements.namedItem(card ? "carte" : "code");
    if (!field) return;
    say("");
    field.value = code;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    form.requestSubmit();
  }

  open.addEventListener("click", start);
  close.addEventListener("click", () => {
    stop();
    say("");
  });
  torch.addEventListener("click", async () => {
    const on = torch.getAttribute("aria-pressed") !== "true";
    try {
      await stream?.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: on }] });
      torch.setAttribute("aria-pressed", String(on));
    } catch (error) {
      console.info("No light:", error);
      torch.hidden = true;
    }
  });

  // A camera that nobody looks through is closed; who comes back finds it open again.
  const hidden = () => {
    if (!place.isConnected) return leave();
    if (document.hidden && stream) {
      paused = true;
      stop();
    } else if (!document.hidden && paused) {
      paused = false;
      start();
    }
  };
  const leave = () => {
    stop();
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", stop);
    gone.disconnect();
  };
  // The app leaves the page without leaving the document.
  const gone = new MutationObserver(() => place.isConnected || leave());
  gone.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", stop);

  show(false);
  // So that it is there without a network the next time, whatever becomes of the camera.
  reader(card).catch(() => card && failed(spoken.noReader));
  // Already allowed: nothing is asked, and nobody taps twice. Not after a code, whose answer is being read.
  const begun = turn;
  if (!new URL(location.href).searchParams.get("code")) allowed().then((yes) => yes && turn === begun && place.isConnected && start());
}

/** Whether the camera was allowed before. */
async function allowed() {
  try {
    return (await navigator.permissions.query({ name: "camera" })).state === "granted";
  } catch {
    return false;
  }
}

const all = () => document.querySelectorAll("[data-scan]").forEach(bring);

window.addEventListener("alpar:scanning", all);
all();
