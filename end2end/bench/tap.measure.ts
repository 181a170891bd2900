import { test, type Page } from "@playwright/test";
import { CAMILLE } from "../cast";
import { open } from "../phones";
import { session } from "../session";
import { ownShifts } from "../shifts";
import { coop, figure, listed, median } from "./figures";
import { prepare, slower, tap } from "./shown";
import { Wire } from "./wire";

const TIMES = 5;
/** From a tap to its effect on the screen, in milliseconds, at a quarter of the speed. */
const MOST = 50;

test("taps show at once, with a network and without", async ({ browser }) => {
  const wire = await Wire.to(coop.address);
  const context = await browser.newContext({ baseURL: wire.address, storageState: await session(coop, CAMILLE) });
  const page = await context.newPage();
  await page.addInitScript(prepare);
  const [own] = await ownShifts(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await open(page, `/vacation/${own.id}`);
  await slower(page, 4);
  await everyTap(page, own.id, "online");
  await wire.cut();
  await everyTap(page, own.id, "offline");
  await context.close();
});

async function everyTap(page: Page, shift: string, how: string) {
  const times = new Map<string, number[]>();
  const note = (what: string, ms: number) => times.set(what, [...(times.get(what) ?? []), ms]);
  const go = (path: string) => `nav.nav a.nav__link[href="${path}"]`;
  for (let nth = 0; nth < TIMES; nth++) {
    note("« Je ne peux pas venir »: the sheet", await tap(page, 'main a[href$="feuille=absence"]', "dialog.sheet:modal"));
    note("« Donner ma place »: the next sheet", await tap(page, 'dialog a[href$="feuille=donner"]', 'dialog.sheet:modal input[value="anyone"]'));
    note("« Donner ma place », confirmed: the bar with « Annuler »", await tap(page, 'dialog button[type="submit"]', ".toast button"));
    note("« Annuler »: the bar is gone", await tap(page, ".toast button", ".toast button", true));
    note("a tab: the week", await tap(page, go("/vacations"), ".week .week__day"));
    const next = await page.locator(".week-strip__bar a.button--icon").last().getAttribute("href");
    const title = await page.locator(".week-strip__title").textContent();
    note("the next week", await tapUntil(page, `.week-strip__bar a[href="${next}"]`, title ?? ""));
    note("a shift of it", await tap(page, ".week a.card__link, .week a[href^='/vacation/']", "main .shift__when"));
    note("a tab: Accueil", await tap(page, go("/"), "main .home__needs, #manque"));
    await page.goto(`/vacation/${shift}`);
    await page.locator('main a[href$="feuille=absence"]').waitFor();
  }
  for (const [what, all] of times) {
    figure({ what: `${what} (CPU ×4, ${how})`, value: median(all), unit: "ms", most: MOST, beside: `the middle of ${listed(all)}` });
  }
}

/** The title is another one than before. */
async function tapUntil(page: Page, target: string, before: string): Promise<number> {
  await page.evaluate((before) => {
    const title = document.querySelector(".week-strip__title");
    const mark = () => {
      const now = document.querySelector(".week-strip__title");
      if (now && now.textContent !== before) now.setAttribute("data-other", "");
    };
    new MutationObserver(mark).observe(document.querySelector("main") ?? document.body, { childList: true, subtree: true, characterData: true });
    title?.removeAttribute("data-other");
  }, before);
  return tap(page, target, ".week-strip__title[data-other]");
}
