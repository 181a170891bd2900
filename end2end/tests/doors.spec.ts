import type { Page } from "@playwright/test";
import { IDRIS, LEA, MARGAUX, type Member, PAUL, THEO } from "../cast";
import { sharedCoop } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { addressOf, everyOrganisersPage, memberPages, OWN_SHEETS, SUPPLY_PAGES } from "../pages";
import { expect, isReadyForTheCellar, isStill, open, type Phones, test, theLoop } from "../phones";
import { nextShift, page } from "../shifts";

// Two doors, one app: the server's page come alive, and the app mounted on the offline shell, are the same to whoever
// listens. Margaux is of the office, so every page is hers; Idris is asked for a yes.
const onShell = (phone: Page) => phone.evaluate(() => document.body.hasAttribute("data-shell"));
const tree = (phone: Page) => phone.locator("body").ariaSnapshot();

async function bothDoors(phones: Phones, address: string, who: Member) {
  const rendered = await phones.of(sharedCoop(address), who, { serviceWorkers: "block" });
  const mounted = await phones.of(sharedCoop(address), who);
  const own = await nextShift(mounted);
  await isReadyForTheCellar(mounted);
  return { rendered, mounted, own };
}

async function openBoth(rendered: Page, mounted: Page, address: string) {
  await Promise.all([open(rendered, address), open(mounted, address)]);
}

test("every member page is the same through both doors", async ({ phones, baseURL }) => {
  test.slow();
  const { rendered, mounted, own } = await bothDoors(phones, baseURL ?? "", MARGAUX);
  // Communication's pages are not hers, through either; a file of members that nobody brought is not there, nor a dossier of Vie sociale.
  for (const phone of [rendered, mounted]) phones.expect(phone, /status of 40[34]/);
  for (const known of memberPages()) {
    await test.step(known.pattern, async () => {
      await openBoth(rendered, mounted, addressOf(known, own));
      expect(await isStill(mounted), known.pattern).toBe(known.still ?? false);
      expect([await onShell(rendered), await onShell(mounted)], known.pattern).toEqual([false, known.offline]);
      // What is still asked for when a page is shown arrives through either door first.
      await expect(async () => expect(await tree(mounted), known.pattern).toBe(await tree(rendered))).toPass({ timeout: 15_000 });
      await expect(rendered.getByRole("heading", { level: 1 })).toHaveCount(1);
      expect(await mounted.title()).toBe(await rendered.title());
    });
  }
});

test("Approvisionnement's pages are the same through both doors", async ({ phones, baseURL }) => {
  test.slow();
  const coop = sharedCoop(baseURL ?? "");
  const [rendered, mounted] = [await phones.of(coop, PAUL, { serviceWorkers: "block" }), await phones.of(coop, PAUL)];
  await open(mounted, "/");
  await isReadyForTheCellar(mounted);
  for (const address of SUPPLY_PAGES) {
    await test.step(address, async () => {
      await openBoth(rendered, mounted, address);
      await expect(async () => expect(await tree(mounted), address).toBe(await tree(rendered))).toPass({ timeout: 15_000 });
      await expect(rendered.getByRole("heading", { level: 1 })).toHaveCount(1);
    });
  }
});

test("every sheet is the same through both doors", async ({ phones, baseURL }) => {
  test.slow();
  const { rendered, mounted, own } = await bothDoors(phones, baseURL ?? "", MARGAUX);
  for (const [title, name] of Object.entries(OWN_SHEETS)) {
    await test.step(title, async () => {
      await openBoth(rendered, mounted, page(own, name));
      await expect(rendered.getByRole("dialog", { name: title })).toBeVisible();
      await expect.poll(() => tree(mounted), title).toBe(await tree(rendered));
    });
  }
});

test("what Idris is asked is the same through both doors", async ({ phones, baseURL }) => {
  const { rendered, mounted } = await bothDoors(phones, baseURL ?? "", IDRIS);
  for (const address of ["/", "/echanges"]) {
    await openBoth(rendered, mounted, address);
    await expect(theLoop(rendered, "Léa", "Nour")).toBeVisible();
    await expect.poll(() => tree(mounted), address).toBe(await tree(rendered));
  }
});

test("events are the same through both doors, to whoever answered and to whoever makes them", async ({ phones, baseURL }) => {
  test.slow();
  const coop = sharedCoop(baseURL ?? "");
  const events = await (await Elsewhere.of(coop, LEA)).events();
  const [full] = events.filter(({ event }) => event.terms.details.title === "Soirée soupe");
  const off = events.find(({ event }) => "cancelled" in event.state);
  const lists = ["", "?voir=miennes", "?voir=passees", "?voir=annee"].map((which) => `/sorties${which}`);
  for (const who of [LEA, THEO]) {
    const [rendered, mounted] = [await phones.of(coop, who, { serviceWorkers: "block" }), await phones.of(coop, who)];
    await open(mounted, "/sorties");
    await isReadyForTheCellar(mounted);
    const made = who === THEO ? [...(await everyOrganisersPage(rendered)).values()] : [];
    for (const address of [...lists, `/sortie/${full.event.id}`, `/sortie/${off?.event.id}`, ...made]) {
      await test.step(`${who.first}, ${address}`, async () => {
        await openBoth(rendered, mounted, address);
        await expect(async () => expect(await tree(mounted), address).toBe(await tree(rendered))).toPass({ timeout: 15_000 });
        await expect(rendered.getByRole("heading", { level: 1 })).toHaveCount(1);
      });
    }
  }
});
