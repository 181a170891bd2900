import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, test, type BrowserContext } from "@playwright/test";
import { CAMILLE } from "../cast";
import { open } from "../phones";
import { session } from "../session";
import { ownShifts } from "../shifts";
import { until } from "../until";
import { coop, figure, listed, median } from "./figures";
import { firstSeen, prepare, slower } from "./shown";
import { Wire } from "./wire";

const STARTS = 5;

test("a cold start on a deep link, without a network", async ({ launchOptions, viewport, locale, timezoneId }) => {
  const wire = await Wire.to(coop.address);
  const device = mkdtempSync(join(tmpdir(), "alpar-device-"));
  // Each start is a browser's of its own, on what the device kept.
  const start = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(device, { ...launchOptions, viewport, locale, timezoneId, isMobile: true, hasTouch: true });

  const before = await start();
  const { cookies } = (await session(coop, CAMILLE)) as { cookies: Parameters<BrowserContext["addCookies"]>[0] };
  await before.addCookies(cookies);
  const phone = await before.newPage();
  await open(phone, `${wire.address}/`);
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The second visit is the shell's, and keeps the clock.
  await phone.goto(`${wire.address}/vacations/miennes`);
  await phone.getByRole("region", { name: "À venir" }).waitFor();
  await until("the device keeps everything", () =>
    phone.evaluate(async () => {
      const names = (await indexedDB.databases()).map(({ name }) => name);
      return (names.includes("device") && names.some((name) => name?.startsWith("snap-"))) || undefined;
    }),
  );
  const link = phone.getByRole("region", { name: "À venir" }).getByRole("heading", { level: 3 }).getByRole("link").first();
  const deep = (await link.getAttribute("href")) ?? "";
  await until("the last slice is kept", () => wire.passed.some(({ path }) => path === "/api/v1/groups") || undefined);
  await phone.close();
  await before.close();
  await wire.cut();

  for (const [rate, most] of [[1, 300], [6, 1500]] as const) {
    const times: number[] = [];
    for (let nth = 0; nth < STARTS; nth++) {
      const cold = await start();
      const page = cold.pages()[0] ?? (await cold.newPage());
      await page.addInitScript(prepare);
      if (rate > 1) await slower(page, rate);
      await page.goto(wire.address + deep, { waitUntil: "commit" });
      times.push(await firstSeen(page, "main .shift__when"));
      await cold.close();
    }
    const slow = rate > 1 ? `, CPU ×${rate}` : "";
    figure({ what: `cold offline start on /vacation/…: readable${slow}`, value: median(times), unit: "ms", most, beside: `the middle of ${listed(times)}` });
  }
  rmSync(device, { recursive: true, force: true });
});
