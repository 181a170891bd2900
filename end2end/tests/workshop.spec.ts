import type { Page } from "@playwright/test";
import { expectStates } from "../acting";
import { nothingIsFound } from "../axe";
import { CAMILLE, INES, PAUL } from "../cast";
import { CoopServer } from "../coop-server";
import { tabTo } from "../focus";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";
import { photo } from "../photos";
import { said } from "../said";

// What is written on one phone is arranged on another, goes out on Monday at seven, and is read without a network.
let coop: CoopServer;

const PAGE = "/communication/breve";
const MONDAY = "2026-11-30";
/** From Tuesday at eight to that Monday at seven. Hours. */
const UNTIL_SEVEN = 143;

test.beforeAll(async () => {
  coop = await CoopServer.open("workshop");
});
test.afterAll(() => coop.close());

const region = (phone: Page, name: string | RegExp) => phone.getByRole("region", { name });
const piece = (phone: Page, title: string | RegExp) => region(phone, "Dans la brève").getByRole("listitem").filter({ hasText: title });
const done = (phone: Page, words: string) => expect(phone.getByRole("status").filter({ hasText: said(words) })).toBeVisible();
/** The page of a block, from the list of all. */
async function opens(phone: Page, title: RegExp) {
  await open(phone, `${PAGE}?lundi=${MONDAY}`);
  await piece(phone, title).getByRole("link", { name: /^Relire et modifier/ }).click();
  await expect(phone.getByRole("heading", { level: 2, name: title })).toBeVisible();
}
const text = (phone: Page) => phone.getByLabel("Texte", { exact: true });
const state = (phone: Page) => phone.locator("[data-state]");

test("two editors cross on one block, the network goes and the page with it: nothing is lost, and nothing is overwritten", async ({
  phones,
}) => {
  test.slow();
  const title = "Balances : on les étalonne jeudi";
  let ines = await phones.of(coop, INES);
  const paul = await phones.of(coop, PAUL);
  for (const phone of [ines, paul]) phones.expect(phone, NO_NETWORK);
  await opens(ines, said(title));
  await opens(paul, said(title));

  await test.step("what Inès types saves itself after a while", async () => {
    await text(ines).fill("La caisse 2 est fermée de **9 h à 10 h**.");
    await expect(state(ines)).toHaveText(said("Enregistré à … h …."), { timeout: 15_000 });
  });

  await test.step("Paul wrote from what was there before: his stands beside hers, and both are shown", async () => {
    await text(paul).fill("La caisse 2 est fermée de 10 h à 11 h.");
    await expect(state(paul)).toContainText("à côté d’une autre version", { timeout: 15_000 });
    await state(paul).getByRole("link", { name: "Deux versions : règle-les" }).click();
    const two = region(paul, "Deux versions : règle-les").getByRole("article");
    await expect(two).toHaveCount(2);
    await expect(two.first().locator("del").first()).toBeVisible();
    await expect(two.last().locator("ins").first()).toBeVisible();
  });

  await test.step("the network is gone, then the page: what she wrote is on her phone, and comes back when she asks for it", async () => {
    await ines.context().setOffline(true);
    await text(ines).fill("La caisse 2 est fermée toute la matinée.");
    await expect(state(ines)).toContainText("Hors ligne", { timeout: 15_000 });
    const lost = ines;
    ines = await lost.context().newPage();
    await lost.close();
    await ines.context().setOffline(false);
    await opens(ines, said(title));
    await expect(text(ines)).not.toHaveValue("La caisse 2 est fermée toute la matinée.");
    await expect(state(ines)).toContainText("Cet appareil a gardé ce que tu avais écrit");
    await ines.getByRole("button", { name: "Reprendre ce que j’avais écrit" }).click();
    await expect(text(ines)).toHaveValue("La caisse 2 est fermée toute la matinée.");
    await expect(state(ines)).toContainText("Enregistré à", { timeout: 15_000 });
  });

  await test.step("leaving with something unsent is asked about", async () => {
    const asked = ines.waitForEvent("dialog").then(async (dialog) => {
      await dialog.dismiss();
      return dialog.type();
    });
    const saved = ines.waitForResponse((answer) => answer.request().method() === "POST" && new URL(answer.url()).pathname === PAGE);
    await text(ines).pressSequentially(" Merci !");
    await ines.getByRole("link", { name: "Préparer la brève" }).first().click();
    expect(await asked).toBe("beforeunload");
    expect((await saved).status()).toBe(200);
  });

  await test.step("she keeps hers, and there is one version", async () => {
    await ines.reload();
    await ines.getByRole("button", { name: "Garder la version affichée" }).click();
    await done(ines, "C’est réglé : il n’y a plus qu’une version.");
    await expect(region(ines, "Deux versions : règle-les")).toHaveCount(0);
    await expect(text(ines)).toHaveValue("La caisse 2 est fermée toute la matinée. Merci !");
  });
});

test("Camille proposes on her phone, Inès arranges with the keyboard and approves, Monday comes, and it is read in the cellar", async ({
  phones,
}) => {
  test.slow();
  const [camille, ines] = [await phones.of(coop, CAMILLE), await phones.of(coop, INES, { viewport: { width: 1280, height: 800 } })];
  phones.expect(camille, NO_NETWORK);
  // What is refused comes back as a page.
  phones.expect(ines, /status of 422/);

  await test.step("Camille writes", async () => {
    await open(camille, "/breve/proposer");
    await camille.getByLabel("Titre", { exact: true }).fill("Patinoire dimanche");
    await camille.getByLabel("Texte", { exact: true }).fill("On se retrouve à **15 h**, patins compris.");
    await camille.getByLabel("Une image", { exact: true }).setInputFiles(await photo(camille, 4000, 3000));
    await camille.getByLabel("Ce que l’image montre").fill("La patinoire, éclairée");
    await camille.getByText("C’est prêt", { exact: true }).click();
    await camille.getByRole("button", { name: "Proposer" }).click();
    await expectStates(camille, ["applied"]);
  });

  await test.step("from « Moi », Inès finds it among the others", async () => {
    await open(ines, "/moi");
    await ines.getByRole("link", { name: "Préparer la brève" }).click();
    await expect(ines.getByRole("heading", { level: 1, name: "Préparer la brève" })).toBeVisible();
    await expect(piece(ines, "Patinoire dimanche")).toContainText("Vie sociale");
    await nothingIsFound(ines, "the workshop");
  });

  await test.step("she moves it up with the keyboard alone; the focus stays with it", async () => {
    const titles = () => region(ines, "Dans la brève").getByRole("heading", { level: 4 }).allTextContents();
    const before = (await titles()).indexOf("Patinoire dimanche");
    const up = ines.getByRole("button", { name: said("Monter « Patinoire dimanche »") });
    await tabTo(ines, up, 120);
    await ines.keyboard.press("Enter");
    await done(ines, "L’ordre a changé.");
    expect((await titles()).indexOf("Patinoire dimanche")).toBe(before - 1);
    await expect(piece(ines, "Patinoire dimanche")).toBeFocused();
    await tabTo(ines, up, 4);
  });

  await test.step("nothing is approved while a block has two versions", async () => {
    await ines.getByRole("button", { name: "Approuver" }).click();
    await expect(ines.getByRole("alert").filter({ hasText: "Un bloc a deux versions" })).toBeVisible();
    await ines.getByRole("link", { name: "2 versions : à régler" }).first().click();
    const two = region(ines, "Deux versions : règle-les").getByRole("article");
    const [left, right] = [await two.first().boundingBox(), await two.last().boundingBox()];
    expect(right?.y).toBe(left?.y);
    await nothingIsFound(ines, "two versions side by side");
    await ines.setViewportSize({ width: 390, height: 844 });
    const [over, under] = [await two.first().boundingBox(), await two.last().boundingBox()];
    expect(under?.x).toBe(over?.x);
    expect(under?.y).toBeGreaterThan(over?.y ?? 0);
    await nothingIsFound(ines, "two versions on a phone");
    await ines.getByRole("button", { name: /^Garder la version de/ }).click();
    await done(ines, "C’est réglé : il n’y a plus qu’une version.");
    await nothingIsFound(ines, "one block");
  });

  await test.step("the preview is what will be read; she approves", async () => {
    await open(ines, `${PAGE}/apercu?lundi=${MONDAY}`);
    await expect(ines.getByRole("heading", { name: "Patinoire dimanche" })).toBeVisible();
    await expect(ines.getByText(said("Les paniers de fin d’année"))).toHaveCount(0);
    await nothingIsFound(ines, "the preview");
    await open(ines, `${PAGE}?lundi=${MONDAY}`);
    await ines.getByRole("button", { name: "Approuver" }).click();
    await done(ines, "C’est approuvé : elle part lundi à 7 h.");
    await expect(ines.getByRole("button", { name: /^Monter/ })).toHaveCount(0);
  });

  await coop.pass({ hours: UNTIL_SEVEN });

  await test.step("it is out, and Camille reads it with the server stopped", async () => {
    await expect(async () => {
      await open(ines, `${PAGE}?lundi=${MONDAY}`);
      await expect(region(ines, "Où elle en est")).toContainText("Publiée", { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    await open(camille, "/breve");
    await isReadyForTheCellar(camille);
    await coop.stop();
    await camille.goto(`/breve/${MONDAY}`);
    await expect(camille.getByText("On se retrouve à 15 h, patins compris.")).toBeVisible();
    const picture = camille.getByRole("img", { name: "La patinoire, éclairée" });
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(1600);
    await expect(camille.getByText(said("Les paniers de fin d’année"))).toHaveCount(0);
    await coop.start();
  });

  await test.step("what was wrong is put right with a word, and everybody reads it", async () => {
    await open(ines, `${PAGE}?lundi=${MONDAY}`);
    await piece(ines, "Patinoire dimanche").getByRole("link", { name: /^Voir/ }).click();
    await text(ines).fill("On se retrouve à **16 h**, patins compris.");
    await ines.getByLabel("Ce que tu corriges").fill("16 h, pas 15 h");
    await ines.getByRole("button", { name: "Corriger" }).click();
    await done(ines, "C’est corrigé, dans l’app et dans les archives.");
    await nothingIsFound(ines, "a correction");
    await open(camille, `/breve/${MONDAY}`);
    await expect(camille.getByText("On se retrouve à 16 h, patins compris.")).toBeVisible();
    await expect(camille.getByText(said("16 h, pas 15 h"))).toBeVisible();
  });
});

test("whoever does not make the brief is told whose it is", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, /403/);
  await open(camille, PAGE);
  await expect(camille.getByRole("heading", { name: "C’est l’atelier de Communication" })).toBeVisible();
  await nothingIsFound(camille, "the workshop, to somebody else");
});
