import type { Page } from "@playwright/test";
import { nothingIsFound } from "../axe";
import { PAUL } from "../cast";
import { CoopServer } from "../coop-server";
import { expect, open, test } from "../phones";
import { said } from "../said";

// The till's file with the page's own script: how far it has come is shown, and what is refused is said without another page.
let coop: CoopServer;

const IMPORT = "/approvisionnement/importer";
const FILE_PAGE = /\/approvisionnement\/importer\/[0-9a-f-]{36}$/;
const FILE = "Code article;Désignation;Rayon;Fournisseur;Prix d'achat HT;TVA\nESSAI-1;Farine des essais;Vrac des essais;;2,00;5,5\n";

test.beforeAll(async () => {
  coop = await CoopServer.open("supply-import");
});
test.afterAll(() => coop.close());

async function opened(page: Page) {
  await open(page, IMPORT);
  await expect(page.locator("form[data-sending=ready]")).toBeVisible();
}

async function bring(page: Page, name: string, buffer: Buffer) {
  await page.getByLabel("Le fichier de la caisse").setInputFiles({ name, mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Lire le fichier" }).click();
}

const going = (page: Page) => page.getByRole("progressbar", { name: "Ce qui est parti du fichier" });

test("how far a file has come is shown, and then what it would change", async ({ phones }) => {
  const paul = await phones.of(coop, PAUL);
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await paul.route(`**${IMPORT}`, async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await opened(paul);
  await expect(going(paul)).toBeHidden();
  await bring(paul, "caisse.csv", Buffer.from(FILE));
  await expect(paul.getByRole("status").filter({ hasText: "Le fichier part" })).toBeVisible();
  await expect(going(paul)).toBeVisible();
  await nothingIsFound(paul, "a file on its way");
  letThrough();
  await paul.waitForURL(FILE_PAGE);
  await expect(paul.getByRole("heading", { name: "caisse.csv" })).toBeVisible();
  await expect(paul.getByLabel(said("Le rayon « Vrac des essais »"))).toBeVisible();
});

test("what is refused is said in place, and the right file goes with the same form", async ({ phones }) => {
  const paul = await phones.of(coop, PAUL);
  phones.expect(paul, /status of 422/);
  await opened(paul);
  const sent: string[] = [];
  paul.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.url());
  });
  await bring(paul, "caisse.xlsx", Buffer.from("PK\u0003\u0004 rien"));
  await expect(paul.getByRole("alert")).toContainText(said("C’est un classeur ou une archive"));
  await expect(going(paul)).toBeHidden();
  expect(new URL(paul.url()).pathname).toBe(IMPORT);
  expect(sent).toHaveLength(1);

  // What is too large does not even leave.
  await bring(paul, "caisse.csv", Buffer.alloc(21 * 1024 * 1024, "x"));
  await expect(paul.getByRole("alert")).toContainText(said("Ce fichier est trop grand : 20 Mo au plus."));
  expect(sent).toHaveLength(1);

  await bring(paul, "caisse.csv", Buffer.from(FILE));
  await paul.waitForURL(FILE_PAGE);
  await expect(paul.getByRole("heading", { name: "caisse.csv" })).toBeVisible();
});
