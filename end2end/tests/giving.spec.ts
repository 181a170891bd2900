import type { Page } from "@playwright/test";
import { ANNE, CAMILLE, HUGO, INES, KARIM, MARGAUX, NOUR, PAUL, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { afterTheFifteenSeconds, expect, mark, news, open, sheet, stayed, test, told } from "../phones";
import { said } from "../said";
import { comingLink, nextShift, openFirstTakeable, ownShifts, page, teammate, type Shift } from "../shifts";
import { askForCode, typeCode } from "../typing";

// Giving a seat, taking one, moving to one. What gives something away can be called back for fifteen seconds.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("giving");
});
test.afterAll(() => coop.close());

const annuler = (phone: Page) => phone.getByRole("button", { name: "Annuler" });
const onBoard = (phone: Page, shift: Shift, who: string) =>
  phone
    .getByRole("article")
    .filter({ has: phone.locator(`a.card__link[href="/vacation/${shift.id}"]`) })
    .filter({ hasText: who });

/** Every command that leaves a phone, by its kind. */
function leaving(phone: Page): string[] {
  const kinds: string[] = [];
  phone.on("request", (request) => {
    if (!request.url().endsWith("/api/v1/commands")) return;
    kinds.push(...request.postDataJSON().commands.map(({ kind }: { kind: string }) => kind));
  });
  return kinds;
}

async function give(phone: Page, shift: Shift) {
  await open(phone, page(shift));
  await phone.getByRole("link", { name: "Je ne peux pas venir" }).click();
  await sheet(phone, "Je ne peux pas venir").getByRole("link", { name: /^Donner ma place/ }).click();
  const giving = sheet(phone, "Donner ma place");
  // What it does to what one owes is said before the tap.
  await expect(giving.getByText(said("Tu donnes : …"))).toBeVisible();
  await giving.getByRole("button", { name: "Donner ma place" }).click();
  await expect(giving).toBeHidden();
}

test("Camille gives her Saturday, thinks better of it, and nobody ever hears of it", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE, { quick: true });
  const left = leaving(camille);
  const saturday = await nextShift(camille);
  await give(camille, saturday);
  await expect(camille.getByText("Part dans un instant")).toBeVisible();
  await annuler(camille).click();
  await expect(annuler(camille)).toHaveCount(0);
  await afterTheFifteenSeconds(camille);
  await open(camille, page(saturday));
  await expect(camille.getByText("La tienne", { exact: true })).toBeVisible();
  expect(left).toEqual([]);
});

test("an act that is not called back leaves by itself after fifteen seconds, and not before", async ({ phones }) => {
  const [camille, karim] = [await phones.of(coop, CAMILLE), await phones.of(coop, KARIM)];
  const saturday = await nextShift(camille);
  await open(karim, "/echanges");
  await mark(karim);
  const sent = camille.waitForRequest("**/api/v1/commands", { timeout: 25_000 });
  await give(camille, saturday);
  const given = Date.now();
  await expect(camille.getByText("Part dans un instant")).toBeVisible();
  await sent;
  expect(Date.now() - given).toBeGreaterThan(14_000);
  await expect(told(camille, "Ta place est proposée.")).toBeAttached();
  await expect(camille.getByText("Ta place reste la tienne tant que personne ne l’a prise.").first()).toBeVisible();
  await expect(onBoard(karim, saturday, CAMILLE.short)).toContainText("donne sa place");
  expect(await stayed(karim)).toBe(true);
});

test("what Inès gives leaves at once when her phone goes back into her pocket", async ({ phones }) => {
  const [ines, karim] = [await phones.of(coop, INES), await phones.of(coop, KARIM)];
  const monday = await nextShift(ines);
  await open(karim, "/echanges");
  await give(ines, monday);
  await expect(annuler(ines)).toBeVisible();
  const asked = Date.now();
  await ines.evaluate(() => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(onBoard(karim, monday, INES.short)).toBeVisible();
  expect(Date.now() - asked).toBeLessThan(10_000);
});

test("what Margaux gives before she closes the page leaves, though nobody waited", async ({ phones }) => {
  const [margaux, karim] = [await phones.of(coop, MARGAUX, { quick: true }), await phones.of(coop, KARIM)];
  const monday = await nextShift(margaux);
  await open(karim, "/echanges");
  await give(margaux, monday);
  await expect(annuler(margaux)).toBeVisible();
  const context = margaux.context();
  await margaux.close();
  const again = await context.newPage();
  await open(again, "/vacations");
  await again.clock.fastForward(15_100);
  await expect(onBoard(karim, monday, MARGAUX.short)).toBeVisible();
});

test("Inès claims Hugo's seat, and Hugo reads at once that he need not come", async ({ phones }) => {
  const [ines, hugo] = [await phones.of(coop, INES), await phones.of(coop, HUGO)];
  const thursday = await nextShift(hugo);
  await open(hugo, "/");
  await mark(hugo);
  await open(ines, "/echanges");
  await onBoard(ines, thursday, HUGO.short).getByRole("link", { name: "Prendre la place" }).click();
  const choices = sheet(ines, "Prendre la place de Hugo");
  await expect(choices).toContainText("Compte comme");
  await choices.getByRole("button", { name: /^Prendre la place/ }).click();
  await expect(told(ines, "C’est fait. La place est à toi : jeu.")).toBeAttached();
  await expect(annuler(ines)).toHaveCount(0);
  await expect(teammate(ines, "Toi")).toBeVisible();
  await expect(news(hugo, "Ta place est prise.")).toContainText("Inès D. prend ta place");
  expect(await stayed(hugo)).toBe(true);
  await open(hugo, page(thursday));
  await expect(teammate(hugo, INES.short)).toBeVisible();
  await expect(teammate(hugo, "Toi")).toHaveCount(0);
});

test("Théo offers his seat to Camille and Anne by name: Anne takes it, and Camille's card is gone", async ({ phones }) => {
  const [camille, anne, theo, karim] = [
    await phones.of(coop, CAMILLE),
    await phones.of(coop, ANNE),
    await phones.of(coop, THEO),
    await phones.of(coop, KARIM),
  ];
  const wednesday = await nextShift(theo);
  await open(karim, "/echanges");
  await expect(onBoard(karim, wednesday, THEO.short)).toHaveCount(0);
  const forMe = (phone: Page) => phone.getByRole("article").filter({ hasText: /Une place pour toi/ });
  for (const phone of [camille, anne]) {
    await open(phone, "/");
    await expect(forMe(phone)).toBeVisible();
  }
  await forMe(anne).getByRole("link", { name: "Prendre la place de Théo" }).click();
  await sheet(anne, "Prendre la place de Théo").getByRole("button", { name: /^Prendre la place/ }).click();
  await expect(told(anne, "La place est à toi")).toBeAttached();
  await expect(forMe(camille)).toHaveCount(0);
  await open(theo, "/");
  await expect(news(theo, "Ta place est prise.")).toContainText("Anne M. prend ta place");
});

test("Paul takes a place that nobody has, from what Accueil says is missing", async ({ phones }) => {
  const paul = await phones.of(coop, PAUL);
  await open(paul, "/");
  const missing = paul.getByRole("region", { name: "Il manque du monde" }).getByRole("link", { name: /^Prendre (une|l’autre) place/ });
  const choices = await openFirstTakeable(paul, missing);
  await expect(choices.getByText(/^Compte comme/)).toBeVisible();
  const shift = new URL(paul.url()).pathname.replace("/vacation/", "");
  await choices.getByRole("button", { name: "Prendre la place" }).click();
  await expect(told(paul, "C’est fait. La place est à toi")).toBeAttached();
  await expect(teammate(paul, "Toi")).toBeVisible();
  await open(paul, "/vacations/miennes");
  await expect(comingLink(paul, { id: shift, said: "" })).toBeVisible();
});

test("Karim keeps his Thursday after all: his exchange leaves the board", async ({ phones }) => {
  const [karim, nour] = [await phones.of(coop, KARIM, { quick: true }), await phones.of(coop, NOUR)];
  const thursday = await nextShift(karim);
  await open(nour, "/echanges");
  await expect(onBoard(nour, thursday, KARIM.short)).toContainText("« Concert le jeudi soir »");
  await open(karim, page(thursday));
  await karim.getByRole("button", { name: "Garder ma place" }).click();
  await expect(annuler(karim)).toBeVisible();
  await expect(onBoard(nour, thursday, KARIM.short)).toBeVisible();
  await afterTheFifteenSeconds(karim);
  await expect(told(karim, "Tu gardes ta place.")).toBeAttached();
  await expect(karim.getByRole("link", { name: "Je ne peux pas venir" })).toBeVisible();
  await expect(onBoard(nour, thursday, KARIM.short)).toHaveCount(0);
});

test("Margaux moves to a free place elsewhere, a week ahead at least, and her old one is free", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX, { quick: true });
  const move = sheet(margaux, "Je ne peux pas venir").getByRole("link", { name: /^Déplacer/ });
  for (const shift of await ownShifts(margaux)) {
    await open(margaux, page(shift, "absence"));
    // Not where it is too late, nor where the team would be too small.
    if ((await move.count()) > 0) break;
  }
  await move.click();
  const moving = sheet(margaux, "Déplacer");
  const choice = moving.getByRole("radio").last();
  const to = ((await choice.getAttribute("value")) ?? "").split("~")[0];
  await choice.check();
  await moving.getByRole("button", { name: /^Déplacer : / }).click();
  await afterTheFifteenSeconds(margaux);
  await expect(told(margaux, "Ta place est déplacée")).toBeAttached();
  await expect(teammate(margaux, "Toi")).toHaveCount(0);
  await expect(teammate(margaux, "Une place libre").first()).toBeVisible();
  await open(margaux, page({ id: to, said: "" }));
  await expect(teammate(margaux, "Toi")).toBeVisible();
});

test("Anne shows a link to Nour, who signs in and takes her Friday with it, once", async ({ phones }) => {
  const anne = await phones.of(coop, ANNE, { quick: true });
  const nour = await phones.visitor(coop);
  const friday = (await ownShifts(anne)).find(({ said }) => said.startsWith("Ven.") && said.includes("15 h – 18 h"));
  expect(friday).toBeDefined();
  if (!friday) return;
  await open(anne, page(friday, "absence"));
  await sheet(anne, "Je ne peux pas venir").getByRole("link", { name: /^Demander à quelqu’un/ }).click();
  const inviting = sheet(anne, "Demander à quelqu’un");
  await inviting.getByRole("button", { name: "Faire le lien" }).click();
  await expect(inviting.getByRole("img", { name: "QR à montrer" })).toBeVisible();
  const link = await inviting.getByLabel("Le lien").inputValue();
  expect(link).toMatch(new RegExp(`^${coop.address}/invitation/[0-9a-f]{64}$`));
  await afterTheFifteenSeconds(anne);
  await expect(told(anne, "Le lien marche.")).toBeAttached();

  await test.step("opening it asks who one is, keeps the secret out of the address, and changes nothing", async () => {
    await nour.goto(link);
    await expect(nour).toHaveURL("/connexion");
    await typeCode(nour, await askForCode(nour, coop, NOUR.email));
    await expect(nour).toHaveURL(link);
    await expect(nour.getByText("Anne M. te propose sa place.")).toBeVisible();
    await open(anne, page(friday));
    await expect(teammate(anne, "Toi")).toBeVisible();
  });

  await test.step("one tap takes it", async () => {
    await open(anne, "/");
    await nour.getByRole("button", { name: "Prendre cette place" }).click();
    await expect(told(nour, "La place est à toi")).toBeAttached();
    await expect(news(anne, "Ta place est prise.").first()).toContainText("Nour L. prend ta place");
    await nour.goto(link);
    await expect(nour.getByText("Ce lien ne vaut plus rien")).toBeVisible();
  });
});
