import type { Page } from "@playwright/test";
import { nothingIsFound } from "../axe";
import { CAMILLE, MARGAUX, NOUR, SOLENE } from "../cast";
import { CoopServer } from "../coop-server";
import { databases, keptActs, readKept } from "../kept";
import { expect, isReadyForTheCellar, NO_NETWORK, news, open, test } from "../phones";
import { nextShift } from "../shifts";

// A Saturday, from 8:40 on, with the server stopped from 8:45 to 12:10; Margaux of the office holds the same sheet.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("day-sheet");
});
test.afterAll(() => coop.close());

const HOUR = 3_600_000;

const region = (phone: Page, name: string) => phone.getByRole("region", { name });

/** The one tap that says it; a second takes it back. */
const choice = (phone: Page, what: string, name: string) =>
  region(phone, "Qui est là").getByRole("button", { name: `${what} : ${name}` });

const isPressed = (phone: Page, what: string, name: string, on = true) =>
  expect(choice(phone, what, name)).toHaveAttribute("aria-pressed", String(on));

/** The names of the team, without its lead, as the sheet shows them. */
const team = (phone: Page) =>
  region(phone, "Qui est là")
    .getByRole("group")
    .evaluateAll((groups) => groups.map((group) => group.getAttribute("aria-label") ?? ""));

const snapshots = async (phone: Page) => (await databases(phone)).find((name) => name.startsWith("snap-")) ?? "";

/** What the phone keeps of the sheets: their phones and the alarm among it. */
const keptMe = async (phone: Page) => (await readKept(phone, await snapshots(phone), "me")) ?? "";

/** Everything on this phone has its answer. */
const settled = (phone: Page) =>
  expect
    .poll(async () => (await keptActs(phone)).filter(({ is, status }) => is !== "answered" || status !== "applied"))
    .toEqual([]);

test("a whole Saturday is kept on two phones without the server, arrives once, and the next lead reads what was left", async ({
  phones,
}) => {
  test.slow();
  const [solene, margaux, camille] = [
    await phones.of(coop, SOLENE, { quick: true }),
    await phones.of(coop, MARGAUX, { quick: true }),
    await phones.of(coop, CAMILLE),
  ];
  for (const phone of [solene, margaux, camille]) phones.expect(phone, NO_NETWORK);
  const saturday = await nextShift(solene);
  const page = `/vacation/${saturday.id}/feuille`;

  await test.step("four days before there is no sheet, and nothing of it on the phone", async () => {
    await open(solene, page);
    await expect(solene.getByRole("heading", { name: "Cette feuille n’est pas à toi" })).toBeVisible();
    expect(await keptMe(solene)).not.toContain("télésurveillance");
  });

  await coop.pass({ hours: 96, minutes: 40 });
  await open(solene, "/");
  await solene.getByRole("link", { name: "Feuille du jour" }).click();
  await expect(solene.getByRole("heading", { level: 1, name: "Feuille du jour" })).toBeVisible();
  await expect(solene.getByText("télésurveillance")).toBeAttached();
  await isReadyForTheCellar(solene);
  await open(margaux, page);
  await expect(margaux.getByText("télésurveillance")).toHaveCount(0);
  await isReadyForTheCellar(margaux);
  await open(camille, page);
  await expect(camille.getByRole("heading", { name: "Cette feuille n’est pas à toi" })).toBeVisible();
  const others = (await team(solene)).filter((name) => name !== SOLENE.short);
  const [absent, away, late] = others;
  expect(others.length).toBeGreaterThanOrEqual(3);

  await coop.stop();
  await solene.reload();
  await expect(solene.getByRole("status").filter({ hasText: "Hors ligne" })).toBeVisible();

  await test.step("9:10: two absent, one late; a wrong tap is taken back", async () => {
    await solene.clock.fastForward(HOUR / 2);
    await choice(solene, "Absent·e", absent).click();
    await choice(solene, "Absent·e", away).click();
    await choice(solene, "En retard", late).click();
    await isPressed(solene, "En retard", late);
    await choice(solene, "En retard", late).click();
    await isPressed(solene, "En retard", late, false);
    await choice(solene, "En retard", late).click();
    for (const name of [absent, away]) await isPressed(solene, "Absent·e", name);
  });

  await test.step("a walk-in, by name", async () => {
    await solene.getByLabel("Qui est là sans place ?").fill(NOUR.short);
    await region(solene, "Venu·es en plus").getByRole("button", { name: "Ajouter" }).click();
    await expect(region(solene, "Venu·es en plus").getByRole("listitem").filter({ hasText: NOUR.short })).toContainText(
      "Compte comme une vacation",
    );
  });

  await test.step("the checklist", async () => {
    const lines = region(solene, "Ouverture").getByRole("button");
    for (let at = 0; at < (await lines.count()); at += 1) {
      await lines.nth(at).click();
      await expect(lines.nth(at)).toHaveAttribute("aria-pressed", "true");
    }
  });

  await test.step("a fridge that is too warm says what to do", async () => {
    await region(solene, "Relevé des frigos").getByLabel("Frigo du frais").fill("8,5");
    await region(solene, "Relevé des frigos").getByRole("button", { name: "Noter" }).first().click();
    await expect(region(solene, "Relevé des frigos").getByRole("status")).toContainText("Trop chaud");
    await expect(region(solene, "Relevé des frigos").getByRole("status")).toContainText("appelle Paul");
  });

  await nothingIsFound(solene, "a day sheet in use, without a network");

  await test.step("meanwhile Margaux, without a network too, marks the same people", async () => {
    await margaux.reload();
    await margaux.clock.fastForward(HOUR);
    await choice(margaux, "Excusé·e", away).click();
    await choice(margaux, "En retard", late).click();
    await isPressed(margaux, "En retard", late);
    // What she says is to arrive last: her phone is put away until Solène's has sent.
    await margaux.close();
  });

  await test.step("12:00: the relay, and the sheet is closed", async () => {
    await solene.clock.fastForward(2.6 * HOUR);
    await solene.getByLabel("Un mot pour l’équipe suivante").fill("Frigo du frais à 8,5 : relis-le");
    await solene.getByLabel("C’est encore à faire").check();
    await solene.getByRole("button", { name: "Laisser ce mot" }).click();
    await solene.getByRole("button", { name: "Fermer la feuille" }).click();
    await expect(region(solene, "Fin de la vacation")).toContainText("Feuille fermée par Solène R.");
  });

  await test.step("the phone is closed and opened again: all of it is there", async () => {
    const context = solene.context();
    await solene.close();
    const cold = await context.newPage();
    await cold.goto(page);
    await isPressed(cold, "Absent·e", absent);
    await isPressed(cold, "En retard", late);
    await expect(region(cold, "Fin de la vacation")).toContainText("Feuille fermée");
    await cold.close();
  });

  // 12:10.
  await coop.pass({ hours: 3, minutes: 25 });
  const back = await phones.of(coop, SOLENE);
  phones.expect(back, NO_NETWORK);
  const hers = await solene.context().newPage();
  await open(hers, page);
  await settled(hers);
  const office = await margaux.context().newPage();
  await open(office, page);
  await settled(office);

  await test.step("both phones, and a third, show the same: the last word received counts, for each person by itself", async () => {
    for (const phone of [hers, office, back]) {
      await open(phone, page);
      await isPressed(phone, "Absent·e", absent);
      await isPressed(phone, "Excusé·e", away);
      await isPressed(phone, "En retard", late);
      await expect(region(phone, "Venu·es en plus").getByRole("listitem")).toHaveCount(1);
      await expect(region(phone, "Fin de la vacation")).toContainText("Feuille fermée par Solène R.");
    }
  });

  await test.step("the next lead reads what was left, on top, and it is done", async () => {
    const kept = await readKept(back, await snapshots(back), "calendar");
    const { shifts } = JSON.parse(kept ?? "") as { shifts: { id: string; on: string; starts_at: string }[] };
    const mine = shifts.find(({ id }) => id === saturday.id);
    const noon = shifts.find(({ on, starts_at }) => on === mine?.on && starts_at > (mine?.starts_at ?? ""))?.id ?? "";
    const next = await phones.of(coop, coop.leadOf(noon));
    phones.expect(next, NO_NETWORK);
    await open(next, "/");
    await next.getByRole("link", { name: "Feuille du jour" }).click();
    const left = region(next, "Laissé par l’équipe d’avant").getByRole("article");
    await expect(left).toContainText("Frigo du frais à 8,5");
    await left.getByRole("button", { name: /^C’est fait/ }).click();
    await expect(left).toContainText("Vu par");
  });

  await test.step("the office is told of a closed till", async () => {
    await hers.getByText("Prévenir le bureau").click();
    await hers.getByRole("button", { name: "Prévenir maintenant" }).click();
    await open(office, "/");
    await expect(news(office, "Caisse fermée.")).toContainText("Solène R.");
  });

  await test.step("the day after the next, nothing of it is left on the phone, without a network too", async () => {
    expect(await keptMe(hers)).toContain("télésurveillance");
    await coop.stop();
    const context = hers.context();
    await hers.close();
    const later = await context.newPage();
    await later.goto(page);
    await isPressed(later, "Absent·e", absent);
    await later.clock.fastForward(48 * HOUR);
    await later.reload();
    await expect(later.getByRole("heading", { name: "Cette feuille n’est pas à toi" })).toBeVisible();
    await expect.poll(() => keptMe(later)).not.toContain("télésurveillance");
    expect(JSON.parse(await keptMe(later)).sheets).toEqual([]);
    await later.close();
  });
});
