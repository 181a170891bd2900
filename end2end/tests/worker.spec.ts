import { resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { SiteServer } from "../site-server";

// The service worker of the release build, before a server that can be stopped, and that deploys at will.
const site = process.env.ALPAR_SITE ?? resolve(import.meta.dirname, "../../target/site");
let server: SiteServer;

test.beforeEach(async ({}, info) => {
  server = new SiteServer(site, 4180 + info.parallelIndex);
  await server.start();
});

test.afterEach(() => server.stop());

const anotherBuild = (build: string) => server.read("sw.js").replace(/const BUILD = "\w+"/, `const BUILD = "${build}"`);
const caches = (page: Page) => page.evaluate(() => window.caches.keys());
const onShell = (page: Page) => page.evaluate(() => document.body.hasAttribute("data-shell"));

async function install(page: Page) {
  await page.goto(`${server.address}/installer`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

/** Looks for a new worker and waits until it has come to rest. */
async function deploy(page: Page, worker: string) {
  server.worker = worker;
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const fresh = registration.installing ?? registration.waiting;
    if (!fresh) return "none";
    while (fresh.state === "installing") await new Promise((done) => fresh.addEventListener("statechange", done, { once: true }));
    return fresh.state;
  });
}

test("every member page opens with the server stopped, and again after a reload", async ({ page }) => {
  await install(page);
  const pages: { pattern: string }[] = JSON.parse(server.read("assets.json")).member_pages;
  await server.stop();
  for (const { pattern } of pages) {
    await page.goto(server.address + pattern.replace(":id", "019ab0c2-0000-7000-8000-000000000001"));
    expect(await onShell(page), pattern).toBe(true);
  }
  await page.reload();
  expect(await onShell(page)).toBe(true);
});

test("pages that are not members' come from the network alone", async ({ page }) => {
  await install(page);
  for (const path of ["/connexion", "/connexion/code", "/invitation/secret", "/installer", "/vacation/x/agenda.ics/y", "/vacation/"]) {
    await page.goto(server.address + path);
    await expect(page.locator("body[data-rendered]"), path).toBeVisible();
  }
  await server.stop();
  await expect(page.goto(`${server.address}/connexion`)).rejects.toThrow("ERR_CONNECTION_REFUSED");
});

test("a file of the build is the same whatever follows its address", async ({ page }) => {
  await install(page);
  await page.reload();
  const { files }: { files: Record<string, string> } = JSON.parse(server.read("assets.json"));
  await server.stop();
  const sizes = await page.evaluate(
    (addresses) => Promise.all(addresses.map(async (address) => (await (await fetch(address)).text()).length)),
    [files["alpar.css"], `${files["alpar.css"]}?later`],
  );
  expect(sizes[0]).toBeGreaterThan(0);
  expect(sizes[1]).toBe(sizes[0]);
});

test("the answer to a form comes from the server, and from the shell when there is none", async ({ page }) => {
  await install(page);
  for (const query of ["?act=1", "?porte=serveur"]) {
    await page.goto(`${server.address}/echanges${query}`);
    await expect(page.locator("body[data-rendered]")).toBeVisible();
  }
  await server.stop();
  await page.goto(`${server.address}/echanges?act=1`);
  expect(await onShell(page)).toBe(true);
});

test("nothing but the build's files is ever kept", async ({ page }) => {
  await install(page);
  await page.evaluate(async () => {
    await fetch("/api/v1/me").catch(() => undefined);
    await fetch("/connexion");
  });
  await page.goto(`${server.address}/echanges?act=1`);
  const kept = await page.evaluate(async () => {
    const names = await window.caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await window.caches.open(name)).keys()));
    return requests.flat().map((request) => new URL(request.url).pathname);
  });
  for (const path of kept) expect(path).toMatch(/^\/(pkg\/[\w.]+|shell\.html|favicon\.svg)$/);
  expect(kept).toContain("/shell.html");
});

test("what only some need is kept when it is first used, and by the next build too", async ({ page }) => {
  await install(page);
  await page.reload();
  const assets: { files: Record<string, string>; on_first_use: string[] } = JSON.parse(server.read("assets.json"));
  const later = assets.on_first_use.map((name) => assets.files[name]);
  expect(later.length).toBeGreaterThan(0);
  for (const address of later) expect(server.asked).not.toContain(address);
  const sizes = () =>
    page.evaluate((addresses) => Promise.all(addresses.map(async (address) => (await (await fetch(address)).arrayBuffer()).byteLength)), later);
  const first = await sizes();
  await server.stop();
  expect(await sizes()).toEqual(first);

  // Two builds later the cache of the first is gone.
  await server.start();
  for (const build of ["second", "third"]) {
    expect(await deploy(page, anotherBuild(build))).toBe("installed");
    await page.evaluate(async () => {
      navigator.serviceWorker.onmessage = ({ ports }) => ports[0]?.postMessage(true);
      (await navigator.serviceWorker.ready).waiting?.postMessage({ type: "apply" });
    });
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting === null)).toBe(true);
  }
  await expect.poll(async () => (await caches(page)).sort()).toEqual(["alpar-second", "alpar-third"]);
  await server.stop();
  expect(await sizes()).toEqual(first);
});

test("the chapters are kept once a window says so: that of its page first, and each is fetched once, whoever else asks", async ({ page }) => {
  await install(page);
  const assets: { files: Record<string, string>; chapters: string[] } = JSON.parse(server.read("assets.json"));
  const all = assets.chapters.map((name) => assets.files[name]).sort();
  const [, second] = all;
  const kept = (addresses: string[]) =>
    page.evaluate(async (addresses) => {
      const found = await Promise.all(addresses.map((address) => window.caches.match(address)));
      return addresses.filter((_, i) => found[i]);
    }, addresses);
  const say = (...messages: object[]) =>
    page.evaluate(async (messages) => {
      const { active } = await navigator.serviceWorker.ready;
      for (const message of messages) active?.postMessage(message);
    }, messages);
  expect(await kept([assets.files["acts.wasm"]]), "acts are taken from the start").toHaveLength(1);
  expect(await kept(all)).toEqual([]);
  await say({ type: "chapters", first: second }, { type: "chapters", first: "/pkg/home.ofanotherbuild.wasm" });
  await expect.poll(() => kept(all)).toEqual([second]);

  // The network goes away before the others are here, and comes back.
  await server.stop();
  await say({ type: "chapters" });
  await server.start();
  await say({ type: "chapters" }, { type: "chapters" });
  await expect.poll(() => kept(all)).toEqual(all);
  expect(server.asked.filter((path) => all.includes(path)).sort()).toEqual(all);
});

test("a file that is kept when it is used is kept only as it was built", async ({ page }) => {
  server.worker = server.read("sw.js").replace(/("\/pkg\/editor\.\w+\.js": "sha384-)../, "$1AA");
  await install(page);
  await page.reload();
  const { files } = JSON.parse(server.read("assets.json"));
  await expect(page.evaluate((address) => fetch(address).then(() => "answered"), files["editor.js"])).rejects.toThrow("Failed to fetch");
  expect(await page.evaluate((address) => window.caches.match(address).then(Boolean), files["editor.js"])).toBe(false);
});

test("a build that arrives changed is not installed, and the one before goes on", async ({ page }) => {
  await install(page);
  const before = await caches(page);
  const tampered = anotherBuild("tampered").replace(/("\/shell\.html": "sha384-)../, "$1AA");
  expect(await deploy(page, tampered)).toBe("redundant");
  expect(await caches(page)).toEqual(before);
  await server.stop();
  await page.goto(`${server.address}/`);
  expect(await onShell(page)).toBe(true);
});

test("a new build waits until every window agrees", async ({ page, context }) => {
  await install(page);
  await page.reload();
  const other = await context.newPage();
  await other.goto(`${server.address}/installer`);
  for (const window of [page, other]) {
    await window.evaluate(() => {
      Object.assign(globalThis, { agrees: true, told: [] as string[] });
      navigator.serviceWorker.addEventListener("message", ({ data, ports }) => {
        (globalThis as unknown as { told: string[] }).told.push(data.type);
        ports[0]?.postMessage((globalThis as unknown as { agrees: boolean }).agrees);
      });
    });
  }
  expect(await deploy(page, anotherBuild("second"))).toBe("installed");
  const apply = () => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.postMessage({ type: "apply" }));
  const told = () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  const active = () => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting === null);

  await other.evaluate(() => Object.assign(globalThis, { agrees: false }));
  await apply();
  await expect.poll(told).toContain("refused");
  expect(await active()).toBe(false);

  await other.evaluate(() => Object.assign(globalThis, { agrees: true }));
  await apply();
  await expect.poll(active).toBe(true);
  expect((await caches(page)).length).toBe(2);

  // The third build leaves the second, and forgets the first.
  expect(await deploy(page, anotherBuild("third"))).toBe("installed");
  await apply();
  await expect.poll(async () => (await caches(page)).sort()).toEqual(["alpar-second", "alpar-third"]);
});

test("with its files thrown away by the device, pages come from the server", async ({ page }) => {
  await install(page);
  await page.evaluate(async () => {
    for (const name of await window.caches.keys()) await window.caches.delete(name);
  });
  await page.goto(`${server.address}/vacations`);
  await expect(page.locator("body[data-rendered]")).toBeVisible();
});

test("what the device has thrown away of the build is kept again once a window has all that it needs", async ({ page }) => {
  await install(page);
  await page.evaluate(async () => {
    for (const name of await window.caches.keys()) await window.caches.delete(name);
    (await navigator.serviceWorker.ready).active?.postMessage({ type: "chapters" });
  });
  const assets: { files: Record<string, string>; on_first_use: string[] } = JSON.parse(server.read("assets.json"));
  const wanted = Object.entries(assets.files).flatMap(([name, address]) => (assets.on_first_use.includes(name) ? [] : [address]));
  const missing = () =>
    page.evaluate(async (addresses) => {
      const found = await Promise.all(addresses.map((address) => window.caches.match(address)));
      return addresses.filter((_, i) => !found[i]);
    }, ["/shell.html", ...wanted]);
  await expect.poll(missing).toEqual([]);
  await server.stop();
  await page.goto(`${server.address}/vacations`);
  expect(await onShell(page)).toBe(true);
});

test("the kill switch takes the worker and its files off the device", async ({ page }) => {
  await install(page);
  server.worker = server.read("sw-kill.js");
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await expect.poll(() => caches(page)).toEqual([]);
  await page.goto(`${server.address}/vacations`);
  await expect(page.locator("body[data-rendered]")).toBeVisible();
});

test("a push always shows something", async ({ page, context }) => {
  await context.grantPermissions(["notifications"], { origin: server.address });
  await install(page);
  const protocol = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    protocol.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(server.address));
      if (ours) resolve(ours.registrationId);
    });
  });
  await protocol.send("ServiceWorker.enable");
  const registrationId = await registered;
  const shown = () =>
    page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body }) => `${title}: ${body}`));
  for (const [data, expected] of [
    ['{"title":"Il manque du monde","body":"Samedi 9 h, caisse"}', "Il manque du monde: Samedi 9 h, caisse"],
    ["not JSON", "Alpar: Il y a du nouveau à la coop."],
  ]) {
    await protocol.send("ServiceWorker.deliverPushMessage", { origin: server.address, registrationId, data });
    await expect.poll(shown).toContain(expected);
  }
});
