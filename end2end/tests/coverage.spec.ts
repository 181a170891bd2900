import type { Page } from "@playwright/test";
import { nothingIsFound } from "../axe";
import { CAMILLE, MARGAUX, SOLENE } from "../cast";
import { CoopServer } from "../coop-server";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";

// Who is missing where: a lead sees it, how it went, and whom to call.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("coverage");
});
test.afterAll(() => coop.close());

const HEADING = "Qui manque où";

const heading = (phone: Page) => phone.getByRole("heading", { level: 1, name: HEADING });

const percent = (text: string) => (text === "–" ? null : Number.parseInt(text, 10));

test("a lead finds who is missing and whom to call, and the drawing says what the table says", async ({ phones }) => {
  const solene = await phones.of(coop, SOLENE);
  await open(solene, "/vacations");
  await solene.getByRole("link", { name: HEADING }).click();
  await expect(heading(solene)).toBeVisible();
  const cards = solene.getByRole("main").getByRole("article");
  await expect(cards.first()).toContainText(/places? tenues? sur/);
  await expect(cards.filter({ hasText: "Prévision" }).or(cards.filter({ hasText: "Pas assez d’historique" })).first()).toBeVisible();
  await expect(solene.getByRole("region", { name: "Il manque, en quatre semaines" })).toContainText(/\d/);

  await test.step("each mark of the drawing is where the table's figure puts it", async () => {
    const went = solene.getByRole("region", { name: "Au fil des semaines" });
    await expect(went.getByRole("img", { name: /^Places tenues, présences et échanges/ })).toBeVisible();
    await went.getByText("Les mêmes chiffres en tableau").click();
    const rows = await went.locator("tbody tr").evaluateAll((list) =>
      list.map((row) => ({
        week: row.getAttribute("data-week") ?? "",
        cells: [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? ""),
      })),
    );
    expect(rows.length).toBe(31);
    const svg = went.locator("svg.plot");
    const level = async (of: number) =>
      Number((await svg.locator(`[data-percent="${of}"]`).getAttribute("d"))?.match(/ (.*)H/)?.[1]);
    const [floor, top] = [await level(0), await level(100)];
    const drawn = (marks: string, at: string) =>
      svg.locator(marks).evaluateAll(
        (list, name) => Object.fromEntries(list.map((mark) => [mark.getAttribute("data-week"), Number(mark.getAttribute(name))])),
        at,
      );
    const [held, came] = [await drawn(".plot__dot", "cy"), await drawn(".plot__square", "y")];
    const bars = await drawn(".plot__bar", "data-value");
    const said = (y: number | undefined) => (y === undefined ? null : Math.round(((floor - y) * 100) / (floor - top)));
    for (const { week, cells } of rows) {
      expect([said(held[week]), said(came[week]), bars[week]], week).toEqual([percent(cells[0]), percent(cells[1]), Number(cells[2])]);
    }
    expect(Object.keys(held).length).toBeGreaterThan(4);
    expect(Object.keys(came).length).toBeGreaterThan(4);
  });

  await nothingIsFound(solene, "/couverture");
  const wide = await solene.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);

  await test.step("whom to call: names, and numbers for the office alone", async () => {
    await cards.first().getByRole("link", { name: /^Qui appeler/ }).click();
    await expect(solene.getByRole("heading", { level: 1, name: "Qui appeler" })).toBeVisible();
    await expect(solene.getByRole("listitem").first()).toBeVisible();
    await expect(solene.locator('a[href^="tel:"]')).toHaveCount(0);
    await nothingIsFound(solene, "/couverture/:id");
    const margaux = await phones.of(coop, MARGAUX);
    await open(margaux, new URL(solene.url()).pathname);
    await expect(margaux.locator('a[href^="tel:"]').first()).toBeVisible();
  });
});

test("without a network a lead still reads who is missing, and what takes the network says so", async ({ phones }) => {
  const solene = await phones.of(coop, SOLENE);
  phones.expect(solene, NO_NETWORK);
  await open(solene, "/couverture");
  await expect(heading(solene)).toBeVisible();
  await isReadyForTheCellar(solene);
  await coop.stop();
  await solene.reload();
  await expect(solene.getByRole("status").filter({ hasText: "Hors ligne" })).toBeVisible();
  await expect(solene.getByRole("main").getByRole("article").first()).toContainText(/places? tenues? sur/);
  await expect(solene.getByText("demandent le réseau")).toBeVisible();
  await coop.start();
});

test("an ordinary member is told that it is not for them", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, /403/);
  await open(camille, "/vacations");
  await expect(camille.getByRole("link", { name: HEADING })).toHaveCount(0);
  await open(camille, "/couverture");
  await expect(camille.getByRole("heading", { name: "Cette page n’est pas pour toi" })).toBeVisible();
  await expect(camille.getByRole("main").getByRole("article")).toHaveCount(0);
});
