import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, test, type BrowserContext, type Page } from "@playwright/test";
import { CAMILLE, MARGAUX, type Member } from "../cast";
import { databases, readKept } from "../kept";
import { hasEveryChapter, open } from "../phones";
import { session } from "../session";
import { ownShifts } from "../shifts";
import { until } from "../until";
import { coop, figure, listed, median } from "./figures";
import { firstSeen, prepare, slower } from "./shown";
import { Wire } from "./wire";

const STARTS = 5;

/** A page with an address of its own, and what is read on it first. */
interface Deep {
  name: string;
  who: Member;
  address: (phone: Page) => Promise<string>;
  reads: string;
}

const own = async (phone: Page) => {
  const link = phone.getByRole("region", { name: "À venir" }).getByRole("heading", { level: 3 }).getByRole("link").first();
  return (await link.getAttribute("href")) ?? "";
};

/** The office keeps every sheet of these days. */
const sheet = async (phone: Page) => {
  const snapshots = (await databases(phone)).find((name) => name.startsWith("snap-")) ?? "";
  const { sheets } = JSON.parse((await readKept(phone, snapshots, "me")) ?? "") as { sheets: { shift: string }[] };
  return `/vacation/${sheets[0].shift}/feuille`;
};

/** The first that is still announced. */
const event = async (phone: Page) => {
  const snapshots = (await databases(phone)).find((name) => name.startsWith("snap-")) ?? "";
  const { events } = JSON.parse((await readKept(phone, snapshots, "events")) ?? "") as { events: { event: { id: string } }[] };
  return `/sortie/${events[events.length - 1].event.id}`;
};

const DEEP: Deep[] = [
  { name: "/vacation/…", who: CAMILLE, address: own, reads: "main .shift__when" },
  { name: "/vacation/…/feuille", who: MARGAUX, address: sheet, reads: "main .day-sheet__choices" },
  { name: "/sortie/…", who: CAMILLE, address: event, reads: "main .event__facts" },
];

for (const deep of DEEP) {
  test(`a cold start on ${deep.name}, without a network`, async ({ launchOptions, viewport, locale, timezoneId }) => {
    const wire = await Wire.to(coop.address);
    const device = mkdtempSync(join(tmpdir(), "alpar-device-"));
    // Each start is a browser's of its own, on what the device kept.
    const start = (): Promise<BrowserContext> =>
      chromium.launchPersistentContext(device, { ...launchOptions, viewport, locale, timezoneId, isMobile: true, hasTouch: true });

    const before = await start();
    const { cookies } = (await session(coop, deep.who)) as { cookies: Parameters<BrowserContext["addCookies"]>[0] };
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
    const slices = ["/api/v1/briefs", "/api/v1/events"];
    await until("the last slices are kept", () => slices.every((slice) => wire.passed.some(({ path }) => path === slice)) || undefined);
    await hasEveryChapter(phone);
    const address = await deep.address(phone);
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
        await page.goto(wire.address + address, { waitUntil: "commit" });
        times.push(await firstSeen(page, deep.reads));
        await cold.close();
      }
      const slow = rate > 1 ? `, CPU ×${rate}` : "";
      figure({ what: `cold offline start on ${deep.name}: readable${slow}`, value: median(times), unit: "ms", most, beside: `the middle of ${listed(times)}` });
    }
    rmSync(device, { recursive: true, force: true });
  });
}
