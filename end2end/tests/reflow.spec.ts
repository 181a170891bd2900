import { type Browser, chromium, type Page } from "@playwright/test";
import { CAMILLE, IDRIS, MARGAUX, PAUL, THEO } from "../cast";
import { sharedCoop } from "../coop-server";
import { EMPLOYEE_PAGES, everyOfficePage, everyOrganisersPage, everyPage, GOVERNING_PAGES, isOffice, isSheet, PUBLIC, SUPPLY_PAGES } from "../pages";
import { expect, open, Phones, test } from "../phones";

// Everything reads in one column: at 400 % zoom, with letters twice as large; and everything can be hit with a thumb.
const BEFORE_THE_DOOR = ["/connexion?erreur=adresse", "/connexion/code?erreur=code-faux&reste=3", "/connexion/qui", "/installer", ...PUBLIC];

/** What sticks out on the right, or would have to be scrolled to. */
const sticksOut = (phone: Page) =>
  phone.evaluate(() => {
    const scrolled = [document.documentElement, ...document.querySelectorAll("dialog[open]")];
    const wider = scrolled.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => `${box.tagName} is ${box.scrollWidth} px wide`);
    const width = document.documentElement.clientWidth;
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const { right, width: own, height } = element.getBoundingClientRect();
      const hidden = element.closest(".visually-hidden, .skip, [hidden]") || getComputedStyle(element).visibility === "hidden";
      return own > 0 && height > 0 && right > width + 1 && !hidden;
    });
    return wider.length > 0 ? [...wider, ...out.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))] : [];
  });

/** Controls that a thumb would miss: less than 44 px either way, and not a word inside a sentence. */
const tooSmall = (phone: Page) =>
  phone.evaluate(() => {
    const open = document.querySelector("dialog:modal") ?? document;
    const controls = [...open.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")];
    const missed: string[] = [];
    for (const control of controls) {
      // Enter in a field presses what nobody sees.
      if (control.matches(".skip, [aria-hidden=true]") || !control.checkVisibility({ visibilityProperty: true })) continue;
      // A box is hit by the whole of its label, a card's link by the whole card.
      const covers = getComputedStyle(control, "::after").position === "absolute" && getComputedStyle(control, "::after").content !== "none";
      const label = control.closest("label");
      const area = label ?? (covers && control instanceof HTMLElement ? (control.offsetParent ?? control) : control);
      const { width, height } = area.getBoundingClientRect();
      const words = (control.textContent ?? "").trim();
      const around = (control.parentElement?.textContent ?? "").trim();
      const inSentence = control.matches("a") && getComputedStyle(control).display === "inline" && around.length > words.length;
      if (!inSentence && (width < 43.5 || height < 43.5)) missed.push(`${Math.round(width)} × ${Math.round(height)}: ${control.outerHTML.slice(0, 140)}`);
    }
    return missed;
  });

/** Every page of Camille's, one after the other on one phone. */
async function everywhere(phones: Phones, address: string, options: object, look: (phone: Page, name: string) => Promise<void>) {
  const coop = sharedCoop(address);
  const camille = await phones.of(coop, CAMILLE, options);
  // A shift that does not exist.
  phones.expect(camille, /404/);
  for (const [name, where] of await everyPage(camille)) {
    if (isOffice(name)) continue;
    await open(camille, where);
    if (isSheet(name)) await expect(camille.getByRole("dialog")).toBeVisible();
    await look(camille, name);
  }
  const margaux = await phones.of(coop, MARGAUX, options);
  for (const [name, where] of await everyOfficePage(margaux)) {
    await open(margaux, where);
    await look(margaux, name);
  }
  const theo = await phones.of(coop, THEO, options);
  for (const [name, where] of await everyOrganisersPage(theo)) {
    await open(theo, where);
    await theo.evaluate(() => document.querySelectorAll("details").forEach((part) => void (part.open = true)));
    await look(theo, name);
  }
  const paul = await phones.of(coop, PAUL, options);
  for (const where of [...SUPPLY_PAGES, ...EMPLOYEE_PAGES]) {
    await open(paul, where);
    await paul.evaluate(() => document.querySelectorAll("details").forEach((part) => void (part.open = true)));
    await look(paul, where);
  }
  const idris = await phones.of(coop, IDRIS, options);
  await open(idris, "/");
  await look(idris, "what Idris is asked");
  const written = [...GOVERNING_PAGES.map((where) => [idris, where] as const), [theo, "/groupe/vie-sociale/gerer"] as const];
  for (const [phone, where] of written) {
    await open(phone, where);
    await phone.evaluate(() => document.querySelectorAll("details").forEach((part) => void (part.open = true)));
    await look(phone, where);
  }
  const visitor = await phones.visitor(coop, options);
  for (const before of BEFORE_THE_DOOR) {
    await visitor.goto(before);
    await look(visitor, before);
  }
}

test("nothing is scrolled sideways at 400 % zoom", async ({ phones, baseURL }) => {
  test.slow();
  await everywhere(phones, baseURL ?? "", { viewport: { width: 320, height: 256 } }, async (phone, name) => {
    expect.soft(await sticksOut(phone), name).toEqual([]);
  });
});

test.describe("with letters twice as large", () => {
  let large: Browser;
  test.beforeAll(async ({}, info) => {
    const { launchOptions } = info.project.use;
    large = await chromium.launch({ ...launchOptions, args: [...(launchOptions?.args ?? []), "--blink-settings=defaultFontSize=32"] });
  });
  test.afterAll(() => large.close());

  test("nothing is scrolled sideways either", async ({ baseURL }) => {
    test.slow();
    const phones = new Phones(large);
    await everywhere(phones, baseURL ?? "", { viewport: { width: 390, height: 844 } }, async (phone, name) => {
      const size = await phone.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
      expect(size).toBeGreaterThanOrEqual(32);
      expect.soft(await sticksOut(phone), name).toEqual([]);
    });
    await phones.putAway();
  });
});

test("every control can be hit with a thumb", async ({ phones, baseURL }) => {
  test.slow();
  await everywhere(phones, baseURL ?? "", {}, async (phone, name) => {
    expect.soft(await tooSmall(phone), name).toEqual([]);
  });
});
