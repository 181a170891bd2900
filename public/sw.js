// The app's doorman: opens the app without a network. It keeps one build's files and pictures of briefs, events and the shop,
// knows the member pages, and touches nothing else: no API answer, no page rendered by the server ever enters its cache.
const BUILD = null, FILES = null, CHAPTERS = null, LATER = null, PAGES = null;

const PREFIX = "alpar-";
const CACHE = PREFIX + BUILD;
const SHELL = "/shell.html";
/** The pictures of briefs and events, whatever the build; the app throws them away when its member leaves, or when room is needed. */
const PICTURES = "pictures";
/** The most that is kept of them, in bytes and in number. */
const PICTURES_ROOM = 12 * 1024 * 1024, PICTURES_MOST = 80;
/** The last photos of products that were looked at: at most 600 kB each. */
const PHOTOS = "product-photos", PHOTOS_MOST = 6;
/** The small ones of all products, for rows: with at most so many bytes each, 4 MB. */
const THUMBNAILS = "thumbnails", THUMBNAILS_MOST = 333, THUMBNAIL_HEAVIEST = 12_000;
/** Beside them, which of them make room last, and what these were gathered from once all of them are here. */
const NOTE = "/pictures/petites";
/** In the place of one that is not here: the row shows its letter. */
const NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
/** How long a window may take to say whether it may be reloaded, in milliseconds. */
const ANSWER_WITHIN = 2000;
/** How long a chapter or a picture may take before its network is one that does not answer, in milliseconds. */
const CHAPTER_WITHIN = 20_000;

// — Installing: everything or nothing, and byte for byte what was built. —

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

async function install() {
  const cache = await caches.open(CACHE);
  try {
    // On a first visit the chapters come after what is shown. Of a build in whose place another one comes, all are there.
    const first = self.registration.active ? { ...FILES, ...CHAPTERS } : FILES;
    await Promise.all(Object.entries(first).map(([address, integrity]) => keep(cache, address, integrity)));
    await Promise.all(Object.keys(LATER).map((address) => keepOn(cache, address)));
  } catch (error) {
    // Half a build is worse than none; the one in place goes on.
    await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, address, integrity, signal) {
  const hashed = address.startsWith("/pkg/");
  // The same file of the build before need not travel again.
  const known = hashed && (await caches.match(address));
  if (known) return cache.put(address, known);
  // `integrity` refuses a captive portal's page, and a file of another build.
  const answer = await fetch(address, { integrity, signal, cache: hashed ? "default" : "no-store", credentials: "same-origin", priority: "low" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return cache.put(address, answer);
}

let chaptersTurn = Promise.resolve();

/**
 * Keeps chapters: `first`, that of the page, or all of them, and then what the device may have thrown away of the rest. Whoever asks
 * meanwhile, from another window, waits: none is brought twice. What a network that goes away leaves out comes the next time.
 */
function keepChapters(first) {
  const wanted = first ? Object.keys(CHAPTERS).filter((address) => address === first) : [...Object.keys(CHAPTERS), ...Object.keys(FILES)];
  const work = async () => {
    try {
      await keepMissing(wanted);
    } catch (error) {
      if (error?.name !== "QuotaExceededError") throw error;
      // Pictures can do without being here; a page cannot do without its chapter.
      await forgetPictures();
      await keepMissing(wanted);
    }
  };
  chaptersTurn = chaptersTurn.then(work).catch((error) => console.warn("Not every chapter is kept:", error));
  return chaptersTurn;
}

/** Those that are not kept yet, one after the other. */
async function keepMissing(wanted) {
  const cache = await caches.open(CACHE);
  for (const address of wanted) {
    const integrity = CHAPTERS[address] ?? FILES[address];
    if (!(await cache.match(address))) await keep(cache, address, integrity, AbortSignal.timeout(CHAPTER_WITHIN));
  }
}

/** What was used in the build before and has not changed since. Nothing depends on it. */
async function keepOn(cache, address) {
  try {
    const known = await caches.match(address);
    if (known) await cache.put(address, known);
  } catch (error) {
    console.warn(`${address} is not kept:`, error);
  }
}

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldBuilds());
});

/** Keeps this build and the one before it: a window of the old build may still ask for its files. */
async function forgetOldBuilds() {
  try {
    const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  } catch (error) {
    console.warn("Old builds stay:", error);
  }
}

// — Answering. —

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const page = memberPage(url.pathname);
    if (!page) return;
    const first = page.offline && !serverDoor(url) ? shellFirst : networkFirst;
    event.respondWith(first(request));
  } else if (url.pathname.startsWith("/pictures/")) {
    event.respondWith(isThumbnail(url.pathname) ? thumbnail(event, url.pathname) : picture(event, url.pathname));
  } else if (url.pathname.startsWith("/pkg/") || url.pathname in FILES) {
    event.respondWith(keptFirst(request));
  }
});

/** The pattern's page, or nothing: public pages, invitations and downloads are none of our business. */
function memberPage(pathname) {
  // It looks like the brief of a Monday, and is for anybody.
  if (pathname === "/breve/publique") return undefined;
  const asked = pathname.split("/");
  return PAGES.find(({ pattern }) => {
    const wanted = pattern.split("/");
    return wanted.length === asked.length && wanted.every((part, i) => (part.startsWith(":") ? asked[i] !== "" : part === asked[i]));
  });
}

/** The stored answer to a form, or an app that could not start: only the server can show these. */
function serverDoor(url) {
  return url.searchParams.has("act") || url.searchParams.get("porte") === "serveur";
}

async function shellFirst(request) {
  return (await shell()) ?? fetch(request);
}

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await shell();
    if (answer) return answer;
    throw error;
  }
}

/** The shell of this build, or nothing when the device has thrown the cache away. */
async function shell() {
  try {
    return await caches.match(SHELL, { cacheName: CACHE });
  } catch (error) {
    console.warn("The cache does not answer:", error);
  }
}

async function keptFirst(request) {
  const { pathname } = new URL(request.url);
  try {
    // By its bare address and in one cache it is found at once: whatever follows a « ? » is ignored by looking at all that each
    // cache has. A window of the build before asks for what this one does not have.
    const kept = (await caches.match(pathname, { cacheName: CACHE })) ?? (await caches.match(pathname));
    if (kept) return kept;
  } catch (error) {
    console.warn("The cache does not answer:", error);
  }
  const integrity = LATER[pathname] ?? CHAPTERS[pathname];
  return integrity ? keptFromNow(pathname, integrity) : fetch(request);
}

/** A file that not everybody needs, or not yet: kept when it is first used. */
async function keptFromNow(address, integrity) {
  const signal = address in CHAPTERS ? AbortSignal.timeout(CHAPTER_WITHIN) : undefined;
  const answer = await fetch(address, { integrity, signal, credentials: "same-origin" });
  if (!answer.ok) return answer;
  try {
    const cache = await caches.open(CACHE);
    await cache.put(address, answer.clone());
  } catch (error) {
    console.warn(`${address} is not kept:`, error);
  }
  return answer;
}

// — Pictures: the same for ever under their address, each kind within a cap, the oldest go first. —

async function picture(event, address) {
  const kept = await keptPicture(address);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (isPicture(answer) && lasts(answer)) {
    const copy = answer.clone();
    const keep = isThumbnail(address) ? keepThumbnail : isOfTheShop(answer) ? keepPhoto : keepPicture;
    event.waitUntil(inTurn(() => keep(address, copy)));
  }
  return answer;
}

/** One that is neither here nor to be had, or no more, leaves its place as it is. */
async function thumbnail(event, address) {
  const answer = await picture(event, address).catch(() => undefined);
  return answer && isPicture(answer) ? answer : new Response(NOTHING, { headers: { "content-type": "image/svg+xml" } });
}

const isThumbnail = (address) => address.endsWith("/petite");

const isOfTheShop = (answer) => answer.headers.get("alpar-picture") === "shop";

/** A captive portal's page is none. */
const isPicture = (answer) => answer.ok && !answer.redirected && (answer.headers.get("content-type") ?? "").startsWith("image/");

/** A photo of an event is not for ever: somebody may ask for its removal. */
const lasts = (answer) => (answer.headers.get("cache-control") ?? "").includes("immutable");

async function keptPicture(address) {
  try {
    return await caches.match(address, { ignoreVary: true });
  } catch (error) {
    console.warn("The cache does not answer:", error);
  }
}

let turn = Promise.resolve();

/** One after the other: two at once would count the same room. */
function inTurn(work) {
  turn = turn.then(work).catch(async (error) => {
    console.warn("Pictures are not kept:", error);
    // No room left: an act that waits to be sent needs it more. A network that went away is no reason to forget any.
    if (error?.name === "QuotaExceededError") await forgetPictures().catch(() => {});
  });
  return turn;
}

const forgetPictures = () => Promise.all([PICTURES, PHOTOS, THUMBNAILS].map((name) => caches.delete(name)));

/** One that somebody looked at: where there is room for it beside those of the last issues. */
async function keepPicture(address, answer) {
  const bytes = await answer.blob();
  const cache = await caches.open(PICTURES);
  const sizes = await sizesOf(cache);
  if (sizes.size < PICTURES_MOST && sum(sizes) + bytes.size <= PICTURES_ROOM) await put(cache, address, bytes);
}

/** A product's that somebody looked at. */
async function keepPhoto(address, answer) {
  const cache = await caches.open(PHOTOS);
  await put(cache, address, await answer.blob());
  await makeRoom(cache, PHOTOS_MOST, []);
}

/** A small one that somebody saw. */
async function keepThumbnail(address, answer) {
  const bytes = await answer.blob();
  if (bytes.size > THUMBNAIL_HEAVIEST) return;
  const cache = await caches.open(THUMBNAILS);
  await put(cache, address, bytes);
  await makeRoom(cache, THUMBNAILS_MOST, (await noteIn(cache)).wanted);
}

/** Fetches those of favourites and of the list, as they are wanted: they make room last. `of`: what they were gathered from. */
async function keepThumbnails({ wanted, of }) {
  if (self.navigator.connection?.saveData) return;
  const cache = await caches.open(THUMBNAILS);
  const first = [...new Set(wanted)].slice(0, THUMBNAILS_MOST);
  const before = await noteIn(cache);
  if (before.of === of && String(before.wanted) === String(first)) return;
  const note = (of) => cache.put(NOTE, new Response(JSON.stringify({ of, wanted: first }), { headers: { "content-type": "application/json" } }));
  await note(null);
  let all = true;
  for (const address of first) {
    if (await cache.match(address)) continue;
    const bytes = await fetched(address);
    // Without a network the rest waits for the next time.
    if (bytes === undefined) return;
    // One that is there no more, or that no device keeps, would be the same the next time.
    if (bytes === GONE || bytes?.size > THUMBNAIL_HEAVIEST) continue;
    if (bytes === null) {
      all = false;
      continue;
    }
    await put(cache, address, bytes);
    await makeRoom(cache, THUMBNAILS_MOST, first);
  }
  if (all) await note(of);
}

const noteIn = async (cache) => (await (await cache.match(NOTE))?.json()) ?? { of: null, wanted: [] };

/** The oldest go, but for the first ones. */
async function makeRoom(cache, most, first) {
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname).filter((address) => address !== NOTE);
  const last = new Set(first);
  const oldest = kept.filter((address) => !last.has(address)).slice(0, Math.max(0, kept.length - most));
  await Promise.all(oldest.map((address) => cache.delete(address)));
}

const put = (cache, address, bytes) =>
  cache.put(address, new Response(bytes, { headers: { "content-type": bytes.type, "content-length": String(bytes.size) } }));

/** What is kept: its address, and how many bytes it has. */
async function sizesOf(cache) {
  const sized = async (request) => [new URL(request.url).pathname, Number((await cache.match(request))?.headers.get("content-length") ?? 0)];
  return new Map(await Promise.all((await cache.keys()).map(sized)));
}

const sum = (sizes) => [...sizes.values()].reduce((all, size) => all + size, 0);

/** Fetches what the app's briefs and events show, as they are wanted, as far as there is room; what they no longer show goes. */
async function keepPictures(wanted) {
  // A network that is paid by the byte brings only what somebody looks at.
  if (self.navigator.connection?.saveData) return;
  const shown = new Set(wanted);
  if (shown.size === 0) return void (await caches.delete(PICTURES));
  const cache = await caches.open(PICTURES);
  const order = [...shown].slice(0, PICTURES_MOST);
  const sizes = await sizesOf(cache);
  const forget = async (address) => {
    sizes.delete(address);
    await cache.delete(address);
  };
  for (const address of [...sizes.keys()].filter((address) => !order.includes(address))) await forget(address);
  for (const [at, address] of order.entries()) {
    if (sizes.has(address)) continue;
    const bytes = await fetched(address);
    // Without a network the rest waits for the next time.
    if (bytes === undefined) return;
    if (bytes === null || bytes === GONE) continue;
    // Those of older issues make room for it.
    const older = order.slice(at + 1).filter((address) => sizes.has(address));
    while (sum(sizes) + bytes.size > PICTURES_ROOM && older.length > 0) await forget(older.pop());
    if (sum(sizes) + bytes.size > PICTURES_ROOM) return;
    await put(cache, address, bytes);
    sizes.set(address, bytes.size);
  }
}

/** Our server has it no more; a captive portal does not say so. */
const GONE = "gone";

/**
 * A picture's bytes; `GONE`, null for what is none, undefined where the network went away, be it half-way, or does not answer: one
 * must not hold back the others.
 */
async function fetched(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", priority: "low", signal: AbortSignal.timeout(CHAPTER_WITHIN) });
    if (answer.status === 404 && answer.headers.has("alpar")) return GONE;
    return isPicture(answer) ? await answer.blob() : null;
  } catch {
    return undefined;
  }
}

// — Updating: only when every window agrees. —

self.addEventListener("message", (event) => {
  if (event.data?.type === "apply") event.waitUntil(apply(event.source));
  if (event.data?.type === "chapters") event.waitUntil(keepChapters(event.data.first));
  if (event.data?.type === "pictures") event.waitUntil(inTurn(() => keepPictures(event.data.wanted)));
  if (event.data?.type === "thumbnails") event.waitUntil(inTurn(() => keepThumbnails(event.data)));
});

async function apply(asker) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const answers = await Promise.all(windows.map(ask));
  if (answers.every(Boolean)) await self.skipWaiting();
  else asker?.postMessage({ type: "refused" });
}

/** A window that does not answer is asleep with who knows what in it: that is a no. */
function ask(client) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(false), ANSWER_WITHIN);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      resolve(data === true);
    };
    client.postMessage({ type: "may-reload" }, [port2]);
  });
}

// — Pushes: each one shows something, whatever is in it. —

self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
});

function show(data) {
  let message = {};
  try {
    message = data?.json() ?? {};
  } catch {
    // Not ours, or cut short: the member still hears that something happened.
  }
  return self.registration.showNotification(String(message.title ?? "Alpar"), {
    body: String(message.body ?? "Il y a du nouveau à la coop."),
    tag: message.tag ? String(message.tag) : undefined,
    icon: "/icons/icon-192.png",
    badge: "/icons/mono-96.png",
    lang: "fr",
    data: { url: String(message.url ?? "/") },
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});

async function open(address) {
  const url = new URL(address ?? "/", self.location.origin);
  const target = url.origin === self.location.origin ? url.href : self.location.origin + "/";
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((client) => client.url === target);
  if (there) return there.focus();
  return self.clients.openWindow(target);
}
