import type { Locator, Page } from "@playwright/test";
import { CAMILLE, IDRIS, KARIM, LEA, NOUR, SOLENE } from "../cast";
import { CoopServer } from "../coop-server";
import { afterTheFifteenSeconds, expect, mark, news, open, type Phones, sheet, stayed, test, theLoop, told } from "../phones";
import { said } from "../said";
import { coming, comingLink, nextShift, ownShifts, page, teammate, type Shift } from "../shifts";

// Ticking is saying yes: the exchange happens when the last one ticks, whole, and everybody sees it.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("exchange");
});
test.afterAll(() => coop.close());

/** A shift to tick, whichever week it stands in. */
async function pill(ticks: Locator, shift: Shift): Promise<Locator> {
  const found = ticks.locator(`input[name=wishes][value="${shift.id}"]`);
  if (!(await found.isVisible())) await ticks.getByText("Les semaines suivantes").click();
  return found;
}

/** The next shift, as the largest thing on Accueil. */
const hero = (phone: Page, shift: Shift) => phone.getByRole("heading", { level: 2 }).locator(`a[href="/vacation/${shift.id}"]`);

/** The lead's phone, waiting on Accueil. */
async function leadsPhone(phones: Phones, shift: Shift): Promise<Page> {
  const phone = await phones.of(coop, coop.leadOf(shift.id));
  await open(phone, "/");
  await mark(phone);
  return phone;
}

test("Camille's Saturday and Karim's Thursday change hands when Camille ticks it, on every phone at once", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE, { quick: true });
  const karim = await phones.of(coop, KARIM);
  const [saturday, thursday] = [await nextShift(camille), await nextShift(karim)];
  expect(saturday.said).toMatch(/^Sam\. .*, 9 h – 12 h$/);
  expect(thursday.said).toMatch(/^Jeu\. .*, 18 h – 21 h$/);
  expect(coop.leadOf(saturday.id)).toEqual(SOLENE);
  const [solene, thursdaysLead] = [await leadsPhone(phones, saturday), await leadsPhone(phones, thursday)];
  await open(karim, "/");
  await mark(karim);

  await test.step("Camille says what would suit her", async () => {
    await open(camille, "/");
    await camille.getByRole("link", { name: "Je ne peux pas venir" }).click();
    await sheet(camille, "Je ne peux pas venir").getByRole("link", { name: /^Échanger/ }).click();
    const ticks = sheet(camille, "Échanger");
    await expect(ticks.getByText("0 vacation cochée")).toBeVisible();
    const wanted = await pill(ticks, thursday);
    await expect(wanted).toHaveAccessibleName(said("jeudi …, de 18 heures à 21 heures, quelqu’un y cherche un échange"));
    await wanted.check();
    await expect(ticks.getByText("1 vacation cochée")).toBeVisible();
    await ticks.getByRole("button", { name: "Proposer l’échange" }).click();
    await expect(ticks).toBeHidden();
    await expect(camille.getByRole("button", { name: "Annuler" })).toBeVisible();
  });

  await test.step("nothing moves while she can still call it back", async () => {
    await expect(karim.getByRole("link", { name: /^Jeudi/ })).toBeVisible();
    await expect(news(karim, "Échange fait.")).toHaveCount(0);
  });

  await test.step("then both have moved, without a page being loaded anew", async () => {
    await afterTheFifteenSeconds(camille);
    await expect(told(camille, "Échange conclu : Karim → toi")).toBeAttached();
    await expect(news(karim, "Échange fait.")).toContainText("Camille M.");
    await expect(hero(karim, saturday)).toBeVisible();
    await expect(news(solene, "Ton équipe change.")).toContainText("Karim B. vient à la place de Camille M.");
    await expect(news(thursdaysLead, "Ton équipe change.")).toContainText("Camille M. vient à la place de Karim B.");
    for (const phone of [karim, solene, thursdaysLead]) expect(await stayed(phone)).toBe(true);
  });

  await test.step("each has the other's shift, and nobody has both", async () => {
    const [hers, his] = [await ownShifts(camille), await ownShifts(karim)];
    const ids = (shifts: Shift[]) => shifts.map(({ id }) => id);
    expect(ids(hers)).toContain(thursday.id);
    expect(ids(hers)).not.toContain(saturday.id);
    expect(ids(his)).toContain(saturday.id);
    expect(ids(his)).not.toContain(thursday.id);
    // One exchange each: nothing was lost or doubled.
    await expect(coming(camille)).toHaveCount(hers.length);
  });

  await test.step("the seat remembers who had it, and the message leaves at « Vu »", async () => {
    await open(karim, page(saturday));
    await expect(teammate(karim, "Toi")).toBeVisible();
    await karim.getByText("Historique des places").click();
    await expect(karim.getByRole("listitem").filter({ hasText: "prise à Camille M. par échange" })).toContainText("Karim B.");
    await karim.getByRole("link", { name: "Accueil" }).click();
    await news(karim, "Échange fait.").getByRole("button", { name: /^Vu/ }).click();
    await expect(news(karim, "Échange fait.")).toHaveCount(0);
    await open(karim, "/");
    await expect(news(karim, "Échange fait.")).toHaveCount(0);
  });
});

test("Léa, Nour and Idris close a loop of three on the last one's tap, and their leads see it", async ({ phones }) => {
  const cast = { lea: await phones.of(coop, LEA), nour: await phones.of(coop, NOUR), idris: await phones.of(coop, IDRIS) };
  const monday = await nextShift(cast.lea);
  const wednesday = await nextShift(cast.nour);
  const friday = await nextShift(cast.idris);
  const leads = [await leadsPhone(phones, monday), await leadsPhone(phones, wednesday), await leadsPhone(phones, friday)];

  await test.step("Idris alone is asked, and sees what he leaves, what he takes, and with whom", async () => {
    for (const [phone, others] of [
      [cast.lea, ["Nour", "Idris"]],
      [cast.nour, ["Léa", "Idris"]],
    ] as const) {
      await open(phone, "/echanges");
      await expect(theLoop(phone, ...others)).toHaveCount(0);
    }
    await open(cast.idris, "/echanges");
    const asked = theLoop(cast.idris, "Léa", "Nour");
    await expect(asked.getByRole("definition")).toHaveText([friday, monday].map((shift) => said(shift.said.slice(1))));
    await expect(asked.getByRole("listitem")).toHaveText(["Léa", "Nour", "toi"]);
    await expect(asked.getByRole("button")).toHaveText(["Accepter", "Pas cette fois"]);
  });

  for (const phone of [cast.lea, cast.nour]) {
    await open(phone, "/");
    await mark(phone);
  }

  await test.step("his yes moves all three", async () => {
    await theLoop(cast.idris, "Léa", "Nour").getByRole("button", { name: "Accepter" }).click();
    await expect(told(cast.idris, "Échange conclu : Léa → Nour → toi")).toBeAttached();
    await expect(theLoop(cast.idris, "Léa", "Nour")).toHaveCount(0);
    for (const phone of [cast.lea, cast.nour]) await expect(news(phone, "Échange fait.")).toBeVisible();
    for (const [phone, now] of [
      [cast.lea, wednesday],
      [cast.nour, friday],
    ] as const) {
      await expect(hero(phone, now)).toBeVisible();
      expect(await stayed(phone)).toBe(true);
    }
  });

  await test.step("each lead is told who comes instead of whom", async () => {
    for (const [lead, joined, left] of [
      [leads[0], "Idris B.", "Léa G."],
      [leads[1], "Léa G.", "Nour L."],
      [leads[2], "Nour L.", "Idris B."],
    ] as const) {
      await expect(news(lead, "Ton équipe change.")).toContainText(`${joined} vient à la place de ${left}`);
      expect(await stayed(lead)).toBe(true);
    }
  });

  await test.step("and their plannings say the same", async () => {
    for (const [phone, before, now] of [
      [cast.lea, monday, wednesday],
      [cast.nour, wednesday, friday],
      [cast.idris, friday, monday],
    ] as const) {
      await open(phone, "/vacations/miennes");
      await expect(comingLink(phone, now)).toBeVisible();
      await expect(comingLink(phone, before)).toHaveCount(0);
    }
  });
});
