import { expect, test } from "@playwright/test";
import { CAMILLE } from "../cast";
import { addressOf, memberPages } from "../pages";
import { open } from "../phones";
import { session } from "../session";
import { ownShifts } from "../shifts";
import { until } from "../until";
import { coop, figure } from "./figures";
import { prepare, shifted } from "./shown";
import { Wire } from "./wire";

// What travels and what moves: a first visit, a later start, and every page by both doors.
let wire: Wire;

test.beforeAll(async () => {
  wire = await Wire.to(coop.address);
});
test.afterAll(() => wire.cut());

const isSlice = (path: string) => /^\/api\/v1\/(me|calendar|groups|briefs)$/.test(path);

test("a first visit, then a later start", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: wire.address, storageState: await session(coop, CAMILLE) });
  const hosts = new Set<string>();
  context.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(wire.address).host) hosts.add(host);
  });
  const page = await context.newPage();
  await open(page, "/vacations");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await until("the slices came", () => wire.passed.filter(({ path }) => isSlice(path)).length >= 4 || undefined);
  const shell = wire.passed.filter(({ path }) => !path.startsWith("/api/"));
  const sum = (answers: { bytes: number }[]) => answers.reduce((sum, { bytes }) => sum + bytes, 0);
  const slices = wire.passed.filter(({ path }) => isSlice(path));
  figure({
    what: "a first visit, as it passed on the wire",
    value: sum(shell) / 1024,
    unit: "KiB",
    most: 400,
    beside: `${shell.length} answers; the co-op's data beside it: ${(sum(slices) / 1024).toFixed(1)} KiB`,
  });
  figure({ what: "no request to a foreign host", so: hosts.size === 0, beside: [...hosts].join(", ") });
  await page.close();

  // The worker looks for a new build of itself: that is one conditional request.
  wire.passed = [];
  const later = await context.newPage();
  await open(later, "/vacations");
  await until("the slices came", () => wire.passed.filter(({ path }) => isSlice(path)).length >= 4 || undefined);
  const asked = wire.passed.filter(({ path }) => !path.startsWith("/api/") && path !== "/sw.js");
  figure({ what: "a later start: bytes for the shell", value: sum(asked), unit: "count", most: 0, beside: asked.map(({ path }) => path).join(", ") });
  const again = wire.passed.filter(({ path }) => isSlice(path));
  const told = wire.passed.map(({ path, status, bytes }) => `${path} ${status} ${bytes} B`).join(", ");
  figure({ what: "a later start: a 304 for each slice", so: again.every(({ status }) => status === 304), beside: told });
  await context.close();
});

test("nothing moves while a page arrives", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: wire.address, storageState: await session(coop, CAMILLE) });
  const first = await context.newPage();
  const [own] = await ownShifts(first);
  await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await first.close();
  const state = await session(coop, CAMILLE);
  for (const [door, serviceWorkers] of [["rendered by the server", "block"], ["from the shell", "allow"]] as const) {
    const moved: string[] = [];
    let most = 0;
    const used = serviceWorkers === "allow" ? context : await browser.newContext({ baseURL: wire.address, storageState: state, serviceWorkers });
    for (const known of memberPages()) {
      const page = await used.newPage();
      await page.addInitScript(prepare);
      await open(page, addressOf(known, own));
      await expect(page.locator("main h1").first()).toBeVisible();
      // Whatever comes late has come once the page rests: two frames after the last request ended.
      await page.waitForFunction(() => document.fonts.status === "loaded");
      await until("the page rests", () => page.evaluate(() => performance.now() > 1500 || undefined));
      const value = Math.round((await shifted(page)) * 1000) / 1000;
      if (value > 0) moved.push(`${known.pattern} ${value}`);
      most = Math.max(most, value);
      await page.close();
    }
    figure({
      what: `layout shift, ${door}: the worst of ${memberPages().length} pages`,
      value: most * 1000,
      unit: "count",
      most: 0,
      beside: moved.length ? `thousandths; ${moved.join(", ")}` : "thousandths",
    });
    if (used !== context) await used.close();
  }
  await context.close();
});
