import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { nothingIsFound } from "../axe";
import { CAMILLE, PAUL } from "../cast";
import { product } from "../catalogue";
import { CoopServer } from "../coop-server";
import { formOf, isDone, unfold } from "../organising";
import { expect, open, test } from "../phones";
import { photo } from "../photos";
import { said } from "../said";

// Paul keeps the ranges: the till's file is read, applied and taken back, and a product is written by hand. All of it is plain
// links and forms, so that it is done once without any script, too.
let coop: CoopServer;

const PAGE = "/approvisionnement";
const IMPORT = `${PAGE}/importer`;
const RANGE = "Rayon de la caisse";
const SUPPLIER = "Moulin des Essais";

test.beforeAll(async () => {
  coop = await CoopServer.open("supply");
});
test.afterAll(() => coop.close());

/** The catalogue as it goes out, as a file for the till. */
async function exported(page: Page): Promise<string> {
  await open(page, IMPORT);
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Exporter en CSV" }).click();
  return readFile(await (await coming).path(), "utf8");
}

/** A line of the file: what the header names, in its order. */
function line(file: string, cells: Record<string, string>): string {
  const header = file.replace("\ufeff", "").split("\r\n")[0].split(";").map((cell) => cell.replaceAll('"', ""));
  return `${header.map((name) => `"${cells[name] ?? ""}"`).join(";")}\r\n`;
}

const flour = (price: string, vat = "5,5") => ({
  "Code article": "ESSAI-1",
  Désignation: "Farine des essais",
  Rayon: RANGE,
  Fournisseur: SUPPLIER,
  "Vendu par": "pièce",
  "Prix d’achat HT": price,
  Marge: "20",
  TVA: vat,
});

async function bring(page: Page, text: string) {
  await open(page, IMPORT);
  await page.getByLabel("Le fichier de la caisse").setInputFiles({ name: "caisse.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Lire le fichier" }).click();
}

/** Says what the words that only this file has are. */
async function sayTheWords(page: Page) {
  await page.getByLabel(said(`Le rayon « ${RANGE} »`)).selectOption("nouveau");
  await page.getByLabel(said(`Le fournisseur « ${SUPPLIER} »`)).selectOption("nouveau");
  await page.getByRole("button", { name: "Enregistrer ces mots" }).click();
  await isDone(page, "Ces mots sont connus maintenant.");
}

test.describe("without any script", () => {
  test.use({ javaScriptEnabled: false });

  test("Paul brings the till's file in: faults first, then what it changes, applied once, the same again, and taken back", async ({
    phones,
  }) => {
    test.slow();
    const paul = await phones.of(coop, PAUL);
    const before = await exported(paul);

    await test.step("a file with faults names each, and nothing is taken", async () => {
      await bring(paul, before + line(before, flour("deux", "7")));
      await expect(paul.getByRole("heading", { name: said("2 fautes dans ce fichier") })).toBeVisible();
      const faults = paul.locator(".supply__faults").getByRole("listitem");
      await expect(faults).toHaveCount(2);
      await expect(faults.first()).toContainText(said("colonne « Prix d’achat HT » : ce n’est pas un nombre"));
      await expect(paul.getByRole("button", { name: "Appliquer" })).toHaveCount(0);
    });

    await test.step("words that nobody knows are said once; then it is applied as a whole", async () => {
      await bring(paul, before + line(before, flour("2,00")));
      await expect(paul.getByRole("button", { name: "Appliquer" })).toHaveCount(0);
      await sayTheWords(paul);
      await expect(paul.getByText(said("Farine des essais, 2,53 €"))).toBeVisible();
      await paul.getByRole("button", { name: "Appliquer" }).click();
      await isDone(paul, "C’est appliqué, en entier.");
    });

    await test.step("the same file again changes nothing", async () => {
      await bring(paul, before + line(before, flour("2,00")));
      await expect(paul.getByText(said("Ce fichier ne change rien"))).toBeVisible();
      await expect(paul.getByRole("button", { name: "Appliquer" })).toHaveCount(0);
    });

    await test.step("a dearer one says the old price and the new one, and is taken back", async () => {
      await bring(paul, before + line(before, flour("2,10")));
      await expect(paul.getByText(said("Farine des essais : prix 2,53 € → 2,66 €"))).toBeVisible();
      await paul.getByRole("button", { name: "Appliquer" }).click();
      await isDone(paul, "C’est appliqué, en entier.");
      await open(paul, IMPORT);
      await paul.getByRole("button", { name: "Annuler cet import" }).click();
      await isDone(paul, "L’import est annulé : tout est comme avant.");
      expect(await exported(paul)).toContain('"Farine des essais"');
      expect(await exported(paul)).toContain('"2,00"');
    });
  });

  test("what is no such file is refused in a sentence", async ({ phones }) => {
    const paul = await phones.of(coop, PAUL);
    phones.expect(paul, /status of 4(13|22)/);
    await open(paul, IMPORT);
    const workbook = { name: "caisse.xlsx", mimeType: "text/csv", buffer: Buffer.from("PK\u0003\u0004 rien") };
    await paul.getByLabel("Le fichier de la caisse").setInputFiles(workbook);
    await paul.getByRole("button", { name: "Lire le fichier" }).click();
    await expect(paul.getByRole("alert")).toContainText(said("C’est un classeur ou une archive"));
  });
});

test("Paul writes a product: its price as it is made, its photo, its story; and archives it, and not", async ({ phones }) => {
  const paul = await phones.of(coop, PAUL);
  await open(paul, `${PAGE}/rayons`);
  await formOf(paul, "Ajouter").getByLabel("Son nom").fill("Essais");
  await paul.getByRole("button", { name: "Ajouter", exact: true }).click();
  await isDone(paul, "Le rayon est là, après les autres.");
  await nothingIsFound(paul, "the rayons of those who keep them");

  await open(paul, `${PAGE}/produit/nouveau`);
  await paul.getByLabel("Nom", { exact: true }).fill("Miel des essais");
  await paul.getByLabel("Rayon", { exact: true }).selectOption({ label: "Essais" });
  await paul.getByLabel("Contenu net d’une pièce").fill("500 g");
  await paul.getByLabel("Prix d’achat hors taxe, en euros").fill("2,00");
  await paul.getByLabel("L’histoire").fill("Récolté **en juin**.");
  await paul.getByRole("radio", { name: said("Lait : n’en contient pas") }).check();
  await paul.getByLabel("Donnée du").fill("2026-11-02");
  await paul.getByRole("button", { name: said("Voir le prix et l’histoire") }).click();
  await expect(paul.locator("#prix")).toContainText(said("achat 2,00 € + marge 0,40 € + TVA 0,13 € = 2,53 €"));
  await expect(paul.getByRole("region", { name: "Ce que les membres liront" }).locator("strong")).toHaveText("en juin");
  await expect(paul.getByRole("radio", { name: said("Lait : n’en contient pas") })).toBeChecked();
  await nothingIsFound(paul, "a product in the making");

  const picture = await photo(paul, 900, 600);
  await paul.getByLabel("Prendre ou choisir une photo").setInputFiles(picture);
  await paul.getByLabel("Ce qu’elle montre").fill("Un pot de miel");
  await paul.getByRole("button", { name: "Ajouter au catalogue" }).click();
  await isDone(paul, "Le produit est au catalogue.");
  await expect(paul.getByRole("img", { name: "Un pot de miel" })).toBeVisible();

  await test.step("a row shows the small one of it", async () => {
    const address = paul.url();
    await open(paul, "/rayons?q=miel+des+essais");
    const row = product(paul, "Miel des essais").locator("img");
    await expect(row).toHaveAttribute("src", /^\/pictures\/[0-9a-f-]{36}\/petite$/);
    await expect.poll(() => row.evaluate((img: HTMLImageElement) => img.complete && [img.naturalWidth, img.naturalHeight])).toEqual([160, 107]);
    await open(paul, `${PAGE}?q=miel+des+essais`);
    await expect(product(paul, "Miel des essais").locator("img").first()).toHaveAttribute("src", /\/petite$/);
    await open(paul, address);
  });

  await paul.getByRole("button", { name: "Archiver ce produit" }).click();
  await isDone(paul, "Le produit est archivé : les membres ne le voient plus.");
  await paul.getByRole("button", { name: "Le remettre au catalogue" }).click();
  await isDone(paul, "Le produit est de nouveau au catalogue.");
  await unfold(paul, "Ce qu’il a coûté");
  await expect(paul.getByRole("listitem").filter({ hasText: said("achat 2,00 €") }).first()).toBeVisible();
});

test("two people write the same product: the second sees both, and goes on from there", async ({ phones }) => {
  const [one, two] = [await phones.of(coop, PAUL), await phones.of(coop, PAUL)];
  phones.expect(two, /status of 422/);
  await open(one, `${PAGE}?q=miel+des+essais`);
  const address = await one.getByRole("link", { name: "Miel des essais" }).first().getAttribute("href");
  await open(one, address ?? "");
  await open(two, address ?? "");
  await one.getByLabel("Marque").fill("Ruche d’en haut");
  await one.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await isDone(one, "C’est enregistré. Les membres le voient.");
  await two.getByLabel("Marque").fill("Ruche d’en bas");
  await two.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(two.getByText(said("Maintenant : « Ruche d’en haut »"))).toBeVisible();
  await expect(two.getByLabel("Marque")).toHaveValue("Ruche d’en bas");
  await two.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await isDone(two, "C’est enregistré. Les membres le voient.");
});

test("what is to do is told, and is nobody else's", async ({ phones }) => {
  const paul = await phones.of(coop, PAUL);
  for (const address of [PAGE, `${PAGE}/fournisseurs`, `${PAGE}/fournisseurs/nouveau`, IMPORT]) {
    await open(paul, address);
    await nothingIsFound(paul, address);
  }
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, /status of 403/);
  await open(camille, PAGE);
  await expect(camille.getByRole("heading", { name: "C’est une page d’Approvisionnement" })).toBeVisible();
});
