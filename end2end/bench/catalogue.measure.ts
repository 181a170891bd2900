import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, test, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { CAMILLE } from "../cast";
import { buysAt, crowd, oneOfTheLargest, wholeShop } from "../catalogue";
import { CoopServer } from "../coop-server";
import { hasEveryChapter, isReadyForTheCellar, open } from "../phones";
import { session } from "../session";
import { until } from "../until";
import { figure, listed, median } from "./figures";
import { firstSeen, prepare, slower } from "./shown";
import { Wire } from "./wire";

// Six thousand products on the device: what they cost on the wire, what a key costs among them, how soon they are there again and
// how much of the device they take. The co-op is one of its own, and its server is stopped for good before a key is measured.
let coop: CoopServer;
let wire: Wire;
/** What the cold starts begin with, once the first test has filled it. */
let device = "";
let filled = false;

const PRODUCTS = "6,000 products";
/** In KiB: 400 kB for all of it, 40 kB for one price. */
const ALL = 400_000 / 1024;
const ONE_PRICE = 40_000 / 1024;
/** In KiB. */
const MEMORY = 150_000_000 / 1024;
/** What a key costs the page until its answers stand under the field, in milliseconds, at a sixth of the speed. */
const KEY = 16;
const ROUNDS = 25;
const STARTS = 5;
/** What a cold start looks for: the demo shop has it. */
const SOUGHT = "yaourt chevre";
/** Typed letter by letter: what one word finds and what four find, with mistakes, by a supplier, by a code, and what is nowhere. */
const TYPED = [
  "lait entier",
  "pomme de tere",
  "tomates anciennes bio",
  "yahourt vanile",
  "beurre laiterie du parmelan",
  "37610000",
  "savon marseile extra",
  "xylophone géant",
];

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  coop = await CoopServer.open("bench-catalogue");
  await coop.stop();
  crowd(coop);
  await coop.start();
  wire = await Wire.to(coop.address);
  device = mkdtempSync(join(tmpdir(), "alpar-shop-"));
});
test.afterAll(async () => {
  await wire?.cut();
  await coop?.close();
  rmSync(device, { recursive: true, force: true });
});

type Screen = Parameters<typeof chromium.launchPersistentContext>[1];

/** A browser of its own, on what the device kept. */
const start = (screen: Screen): Promise<BrowserContext> =>
  chromium.launchPersistentContext(device, { ...screen, isMobile: true, hasTouch: true });

/** What of the catalogue passed on the wire, in KiB. */
const passed = () => {
  const answers = wire.passed.filter(({ path }) => path.startsWith("/api/v1/catalogue"));
  return { kib: answers.reduce((sum, { bytes }) => sum + bytes, 0) / 1024, answers: answers.length };
};

const whole = (phone: Page, but?: string) =>
  until(
    "the device keeps every shelf",
    async () => {
      const etag = await wholeShop(phone);
      return etag !== but ? etag : undefined;
    },
    60_000,
  );

test("all of it comes once, and a price that changes costs one shelf", async ({ launchOptions, viewport, locale, timezoneId }) => {
  const context = await start({ ...launchOptions, viewport, locale, timezoneId });
  const { cookies } = (await session(coop, CAMILLE)) as { cookies: Parameters<BrowserContext["addCookies"]>[0] };
  await context.addCookies(cookies);
  const phone = await context.newPage();
  await open(phone, `${wire.address}/rayons`);
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const before = await whole(phone);
  const first = passed();
  figure({ what: `the catalogue, ${PRODUCTS}: first load`, value: first.kib, unit: "KiB", most: ALL, beside: `${first.answers} answers` });
  // The second visit is the shell's, and keeps the clock.
  await phone.goto(`${wire.address}/vacations/miennes`);
  await phone.getByRole("region", { name: "À venir" }).waitFor();

  await coop.stop();
  buysAt(coop, oneOfTheLargest(coop), 777);
  await coop.start();
  wire.passed = [];
  await open(phone, `${wire.address}/rayons`);
  await whole(phone, before);
  const again = passed();
  figure({
    what: `the catalogue, ${PRODUCTS}: one price changes, on the largest shelf`,
    value: again.kib,
    unit: "KiB",
    most: ONE_PRICE,
    beside: `${again.answers} answers, the index among them`,
  });
  expect(again.kib).toBeLessThan(first.kib);
  await hasEveryChapter(phone);
  await context.close();
  filled = true;
});

test("a key is answered among six thousand products, without a server", async ({ browser }) => {
  test.setTimeout(900_000);
  const context = await browser.newContext({ baseURL: wire.address, storageState: await session(coop, CAMILLE) });
  const page = await context.newPage();
  await open(page, "/vacations");
  await isReadyForTheCellar(page);
  await whole(page);
  await wire.cut();
  await coop.stop();
  await page.goto("/rayons");
  const box = page.getByRole("searchbox", { name: "Chercher un produit" });
  await box.fill("lait entier");
  await page.locator(".product-row:not([hidden]) a").first().waitFor({ timeout: 60_000 });
  const resting = await memory(browser, page);

  await slower(page, 6);
  const spent = await spending(page);
  const { keys, all } = await page.evaluate(
    async ([typed, rounds]) => {
      const field = document.getElementById("chercher") as HTMLInputElement;
      // What is waiting to run has run, the app's own reactions with it.
      const settled = () =>
        new Promise<void>((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve();
          port2.postMessage(null);
        });
      const drawn = () => new Promise<void>((resolve) => requestAnimationFrame(() => void settled().then(resolve)));
      let all = 0;
      const key = async (value: string) => {
        // The one before is on the screen, with what follows its frame and the frame of that: no key pays for another one.
        await drawn();
        await drawn();
        // Nobody types in step with the slices in which a page is slowed down.
        await new Promise((go) => setTimeout(go, Math.random() * 40));
        all++;
        const start = performance.now();
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await settled();
        const written = performance.now() - start;
        // And where everything is on the page is known again.
        void document.body.offsetHeight;
        return { written, laid: performance.now() - start };
      };
      await key("a");
      const keys: Record<string, { written: number; laid: number }[]> = {};
      for (let round = 0; round < rounds; round++) {
        for (const words of typed) {
          await key("");
          for (let end = 1; end <= words.length; end++) {
            const begun = words.slice(0, end);
            (keys[begun] ??= []).push(await key(begun));
          }
        }
      }
      return { keys, all };
    },
    [TYPED, ROUNDS] as const,
  );
  const told = await spent();
  const each = (what: keyof Spent) => (told[what] / all).toFixed(1);
  // A key is its event, all that the app does about it until nothing of it waits any more, then style and layout of the page as it is
  // by then. What comes later is not in it, for the next key does not wait for it: the rows that follow a frame, painting, photos
  // after a pause. So it stands beside, with all that the page did from the first key to the last, emptied fields among them.
  // Chromium slows a page down by stopping it, in slices of some 15 ms (see search.measure.ts): what a key costs is its mean.
  const mean = (times: number[]) => times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const means = Object.entries(keys).map(([begun, times]) => ({ begun, ms: mean(times.map(({ laid }) => laid)) }));
  const sorted = [...means].sort((a, b) => a.ms - b.ms);
  const at = (values: number[], part: number) => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)];
  const slowest = sorted[sorted.length - 1];
  const firsts = means.filter(({ begun }) => begun.length === 1).map(({ ms }) => ms);
  const scripts = Object.values(keys).map((times) => mean(times.map(({ written }) => written)));
  const single = Object.values(keys).flat();
  figure({
    what: `search among ${PRODUCTS}, per key with its layout (CPU ×6, offline): 19 of 20 keys`,
    value: at(sorted.map(({ ms }) => ms), 0.95),
    unit: "ms",
    most: KEY,
    beside:
      `${means.length} keys, each the mean of ${ROUNDS} rounds; the middle one ${median(sorted.map(({ ms }) => ms)).toFixed(1)}, the slowest ` +
      `« ${slowest.begun} » ${slowest.ms.toFixed(1)}; first letters ${listed(firsts)}; without layout, 19 of 20: ${at(scripts, 0.95).toFixed(1)}; ` +
      `single ones, 19 of 20: ${at(single.map(({ laid }) => laid), 0.95).toFixed(1)}; all that the page did, per key: ` +
      `scripts ${each("ScriptDuration")}, style ${each("RecalcStyleDuration")}, layout ${each("LayoutDuration")}, ` +
      `everything ${each("TaskDuration")}`,
  });

  const typed = await memory(browser, page);
  const parts = Object.entries(typed.parts).map(([what, bytes]) => `${what} ${(bytes / 1_000_000).toFixed(1)} MB`);
  figure({
    what: `memory of the page with ${PRODUCTS}, after ${single.length} keys`,
    value: typed.bytes / 1024,
    unit: "KiB",
    most: MEMORY,
    beside: `${typed.how}; ${parts.join(", ")}; before the keys ${(resting.bytes / 1_000_000).toFixed(0)} MB`,
  });
  await context.close();
});

for (const [rate, most] of [[1, 300], [6, 1500]] as const) {
  test(`a cold start on /rayons, CPU ×${rate}, without a server`, async ({ launchOptions, viewport, locale, timezoneId }) => {
    test.skip(!filled, "the device is filled by the first test");
    await wire.cut();
    const shown: number[] = [];
    const found: number[] = [];
    const cold = async (address: string, reads: string) => {
      const context = await start({ ...launchOptions, viewport, locale, timezoneId });
      try {
        const page = context.pages()[0] ?? (await context.newPage());
        await page.addInitScript(prepare);
        if (rate > 1) await slower(page, rate);
        await page.goto(wire.address + address, { waitUntil: "commit" });
        return await firstSeen(page, reads);
      } finally {
        await context.close();
      }
    };
    for (let nth = 0; nth < STARTS; nth++) {
      shown.push(await cold("/rayons", "main .range-tile"));
      found.push(await cold(`/rayons?q=${encodeURIComponent(SOUGHT)}`, "main .product-row a[href^='/produit/']"));
    }
    const slow = rate > 1 ? `, CPU ×${rate}` : "";
    figure({
      what: `cold offline start on /rayons with ${PRODUCTS}: readable${slow}`,
      value: median(shown),
      unit: "ms",
      most,
      beside: `the middle of ${listed(shown)}; the first answer of a search that the address asks for ${median(found).toFixed(0)}, of ${listed(found)}`,
    });
  });
}

/** In milliseconds. */
type Spent = Record<"ScriptDuration" | "RecalcStyleDuration" | "LayoutDuration" | "TaskDuration", number>;

/** Counts what the page does from here on, as the browser does, until it is asked. */
async function spending(page: Page): Promise<() => Promise<Spent>> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Performance.enable");
  const counted = async () => new Map((await protocol.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value * 1000]));
  const before = await counted();
  return async () => {
    const after = await counted();
    await protocol.detach();
    const since = (what: keyof Spent) => (after.get(what) ?? 0) - (before.get(what) ?? 0);
    return {
      ScriptDuration: since("ScriptDuration"),
      RecalcStyleDuration: since("RecalcStyleDuration"),
      LayoutDuration: since("LayoutDuration"),
      TaskDuration: since("TaskDuration"),
    };
  };
}

interface Memory {
  bytes: number;
  how: string;
  parts: Record<string, number>;
}

/** What a page takes: all that its process has for itself, where the system tells it; else its heaps and its module's memory. */
async function memory(browser: Browser, page: Page): Promise<Memory> {
  const protocol = await page.context().newCDPSession(page);
  // What nobody holds any more is not the page's.
  await protocol.send("HeapProfiler.collectGarbage");
  const heap = (await protocol.send("Runtime.getHeapUsage")) as unknown as Record<string, number | undefined>;
  await protocol.detach();
  const parts = { scripts: heap.usedSize ?? 0, document: heap.embedderHeapUsedSize ?? 0, "module and buffers": heap.backingStorageSize ?? 0 };
  const sum = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
  const own = await privateBytes(browser).catch(() => undefined);
  return own === undefined ? { bytes: sum, how: "its heaps", parts } : { bytes: own, how: "all that its process has for itself", parts };
}

/** Of the renderer that has most of its own: the page's. */
async function privateBytes(browser: Browser): Promise<number> {
  const protocol = await browser.newBrowserCDPSession();
  const { processInfo } = (await protocol.send("SystemInfo.getProcessInfo")) as { processInfo: { type: string; id: number }[] };
  await protocol.detach();
  const own = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    const lines = readFileSync(`/proc/${id}/smaps_rollup`, "utf8").matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm);
    return [...lines].reduce((sum, [, kib]) => sum + Number(kib) * 1024, 0);
  });
  return Math.max(...own);
}
