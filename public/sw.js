// The app's doorman: opens the app without a network. It keeps one build's files and the pictures of briefs and events,
// knows the member pages, and touches nothing else: no API answer, no page rendered by the server ever enters its cache.
const BUILD = null, FILES = null, LATER = null, PAGES = null;

const PREFIX = "alpar-";
const CACHE = PREFIX + BUILD;
const SHELL = "/shell.html";
/** The pictures of briefs and events, whatever the build; the app throws them away when its member leaves, or when room is needed. */
const PICTURES = "pictures";
/** The most that is kept of them, in bytes and in number. */
const PICTURES_ROOM = 12 * 1024 * 1024, PICTURES_MOST = 80;
/** How long a window may take to say whether it may be reloaded, in milliseconds. */
const ANSWER_WITHIN = 2000;

// — Installing: everything or nothing, and byte for byte what was built. —

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

async function install() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.entries(FILES).map(([address, integrity]) => keep(cache, address, integrity)));
    await Promise.all(Object.keys(LATER).map((address) => keepOn(cache, address)));
  } catch (error) {
    // Half a build is worse than none; the one in place goes on.
    await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, address, integrity) {
  const hashed = address.startsWith("/pkg/");
  // The same file of the build before need not travel again.
  const known = hashed && (await caches.match(address));
  if (known) return cache.put(address, known);
  // `integrity` refuses a captive portal's page, and a file of another build.
  const answer = await fetch(address, { integrity, cache: hashed ? "default" : "no-store", credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return cache.put(address, answer);
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
    event.respondWith(picture(event, url.pathname));
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
  try {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
  } catch (error) {
    console.warn("The cache does not answer:", error);
  }
  const { pathname } = new URL(request.url);
  return pathname in LATER ? keptFromNow(pathname) : fetch(request);
}

/** A file that not everybody needs: kept when it is first used. */
async function keptFromNow(address) {
  const answer = await fetch(address, { integrity: LATER[address], credentials: "same-origin" });
  if (!answer.ok) return answer;
  try {
    const cache = await caches.open(CACHE);
    await cache.put(address, answer.clone());
  } catch (error) {
    console.warn(`${address} is not kept:`, error);
  }
  return answer;
}

// — The pictures of briefs and events: the same for ever under their address, within a cap, the oldest go first. —

async function picture(event, address) {
  const kept = await keptPicture(address);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (isPicture(answer) && lasts(answer)) {
    const copy = answer.clone();
    event.waitUntil(inTurn(() => keepPicture(address, copy)));
  }
  return answer;
}

/** A captive portal's page is none. */
const isPicture = (answer) => answer.ok && !answer.redirected && (answer.headers.get("content-type") ?? "").startsWith("image/");

/** A photo of an event is not for ever: somebody may ask for its removal. */
const lasts = (answer) => (answer.headers.get("cache-control") ?? "").includes("immutable");

async function keptPicture(address) {
  try {
    return await caches.match(address, { cacheName: PICTURES, ignoreVary: true });
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
    if (error?.name === "QuotaExceededError") await caches.delete(PICTURES).catch(() => {});
  });
  return turn;
}

/** One that somebody looked at: where there is room for it beside those of the last issues. */
async function keepPicture(address, answer) {
  const bytes = await answer.blob();
  const cache = await caches.open(PICTURES);
  const sizes = await sizesOf(cache);
  if (sizes.size < PICTURES_MOST && sum(sizes) + bytes.size <= PICTURES_ROOM) await put(cache, address, bytes);
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
    if (bytes === null) continue;
    // Those of older issues make room for it.
    const older = order.slice(at + 1).filter((address) => sizes.has(address));
    while (sum(sizes) + bytes.size > PICTURES_ROOM && older.length > 0) await forget(older.pop());
    if (sum(sizes) + bytes.size > PICTURES_ROOM) return;
    await put(cache, address, bytes);
    sizes.set(address, bytes.size);
  }
}

/** A picture's bytes; null for what is none, undefined where the network went away, be it half-way. */
async function fetched(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", priority: "low" });
    return isPicture(answer) ? await answer.blob() : null;
  } catch {
    return undefined;
  }
}

// — Updating: only when every window agrees. —

self.addEventListener("message", (event) => {
  if (event.data?.type === "apply") event.waitUntil(apply(event.source));
  if (event.data?.type === "pictures") event.waitUntil(inTurn(() => keepPictures(event.data.wanted)));
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
