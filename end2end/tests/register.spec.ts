import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { simpleParser } from "mailparser";
import { nothingIsFound } from "../axe";
import { CAMILLE, MARGAUX } from "../cast";
import { CoopServer } from "../coop-server";
import { formOf, isDone, unfold } from "../organising";
import { expect, isAlive, open, test } from "../phones";
import { said } from "../said";
import { askForCode, typeCode } from "../typing";
import { until } from "../until";

// The register in the hands of the office: a file of members is read, asked about, applied and taken back; a newcomer of it is
// invited and signs in; a member has one share. All of it is plain links and forms, so that it is done without any script, too.
let coop: CoopServer;

// One story: who is brought in at its beginning signs in, and is looked for, after it.
test.describe.configure({ mode: "serial" });

const MEMBERS = "/bureau/membres";
const IMPORT = `${MEMBERS}/importer`;
/** As gestion-compte takes members in, and what they paid of their shares. */
const HEADER = "Numero existant;Nom;Prénom;Email;Téléphone;Date inscription;Montant des parts";
const ZOE = "zoe.essai@exemple.fr";
const NEWCOMER = `9001;Essai;Zoé;${ZOE};0612345678;20/11/2026;100`;
const COUPLE = ["9002;Essai;Rémi;foyer.essai@exemple.fr;;20/11/2026;", "9003;Essai;Inès;foyer.essai@exemple.fr;;20/11/2026;"];

test.beforeAll(async () => {
  coop = await CoopServer.open("register");
});
test.afterAll(() => coop.close());

/** Brings a file in, as a spreadsheet of Windows writes it. */
async function bring(page: Page, ...rows: string[]) {
  const buffer = Buffer.from([HEADER, ...rows, ""].join("\r\n"), "latin1");
  await open(page, IMPORT);
  await page.getByLabel("Le fichier des membres").setInputFiles({ name: "membres.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Lire le fichier" }).click();
}

/** Somebody's card, found by what is typed. The list has the name first. */
async function openCardOf(page: Page, first: string, last: string) {
  await open(page, MEMBERS);
  await page.getByRole("searchbox", { name: "Chercher" }).fill(`${first} ${last}`);
  await page.getByRole("button", { name: "Chercher", exact: true }).click();
  await page.getByRole("link", { name: said(`${last} ${first}`) }).click();
  await expect(page.getByRole("heading", { level: 2, name: said(`${first} ${last}`) })).toBeVisible();
}

/** What the mails to an address say, all together. */
const mailsTo = (email: string) =>
  until(`a mail to ${email}`, async () => {
    const folder = join(coop.data, "mail");
    if (!existsSync(folder)) return undefined;
    const files = readdirSync(folder).filter((name) => name.endsWith(".eml"));
    const mails = files.map((name) => readFileSync(join(folder, name), "utf8")).filter((text) => text.includes(`To: ${email}\r\n`));
    const texts = await Promise.all(mails.map(async (text) => (await simpleParser(text)).text ?? ""));
    return texts.length > 0 ? texts.join("\n") : undefined;
  });

test.describe("without any script", () => {
  test.use({ javaScriptEnabled: false });

  test("Margaux brings members in: faults by line, a shared address asked about, applied once, the same again, and taken back", async ({
    phones,
  }) => {
    test.slow();
    const margaux = await phones.of(coop, MARGAUX);

    await test.step("each fault is named by its line, its column and why", async () => {
      await bring(margaux, "9001;Essai;Zoé;zoe@;0612345678;31/02/2026;100", "9002;;Rémi;;;20/11/2026;cent");
      await expect(margaux.getByRole("heading", { name: said("4 fautes dans ce fichier") })).toBeVisible();
      const faults = margaux.locator(".supply__faults").getByRole("listitem");
      await expect(faults).toHaveCount(4);
      await expect(faults.first()).toContainText(said("Ligne 2, colonne « Email » : ce n’est pas une adresse e-mail"));
      await expect(faults.last()).toContainText(said("Ligne 3, colonne « Montant des parts »"));
      await expect(margaux.getByRole("button", { name: "Appliquer" })).toHaveCount(0);
    });

    await test.step("a couple's address is a question, answered before anything is written", async () => {
      await bring(margaux, NEWCOMER, ...COUPLE);
      await expect(margaux.getByRole("button", { name: "Appliquer" })).toHaveCount(0);
      await margaux.getByLabel("foyer.essai@exemple.fr").selectOption("foyer");
      await margaux.getByRole("button", { name: "C’est dit" }).click();
      await isDone(margaux, "C’est noté.");
      await expect(margaux.getByText(said("Zoé Essai, n° 9001"))).toBeVisible();
      await margaux.getByRole("button", { name: "Appliquer" }).click();
      await isDone(margaux, "C’est appliqué, en entier.");
    });

    await test.step("the same file again changes nothing", async () => {
      await bring(margaux, NEWCOMER, ...COUPLE);
      await expect(margaux.getByText(said("Ce fichier ne change rien"))).toBeVisible();
      await expect(margaux.getByRole("button", { name: "Appliquer" })).toHaveCount(0);
    });

    await test.step("another one is taken back", async () => {
      await bring(margaux, "9004;Essai;Noé;noe.essai@exemple.fr;;20/11/2026;");
      await margaux.getByRole("button", { name: "Appliquer" }).click();
      await isDone(margaux, "C’est appliqué, en entier.");
      await open(margaux, IMPORT);
      await margaux.getByRole("button", { name: "Annuler cet import" }).click();
      await isDone(margaux, "L’import est annulé : tout est comme avant.");
      await open(margaux, `${MEMBERS}?q=noe+essai`);
      await expect(margaux.getByRole("link", { name: said("Essai Noé") })).toHaveCount(0);
    });

    await test.step("the newcomer is on her way, and invited", async () => {
      await openCardOf(margaux, "Zoé", "Essai");
      await margaux.getByRole("button", { name: said("Inviter à entrer dans l’application") }).click();
      await isDone(margaux, "L’invitation part par mail.");
      expect(await mailsTo(ZOE)).toContain(`${coop.address}/connexion`);
      await open(margaux, "/bureau/arrivees");
      await expect(margaux.getByRole("listitem").filter({ hasText: said("Zoé Essai") })).toBeVisible();
    });
  });
});

test("a newcomer who was invited signs in, sees her steps and chooses how she comes", async ({ phones }) => {
  const zoe = await phones.visitor(coop);
  await zoe.goto("/connexion");
  await typeCode(zoe, await askForCode(zoe, coop, ZOE));
  await expect(zoe.getByRole("heading", { level: 1, name: "Bonjour Zoé" })).toBeVisible();
  await isAlive(zoe);
  const steps = zoe.getByRole("region", { name: "Tu arrives" });
  await expect(steps).toBeVisible();
  await nothingIsFound(zoe, "Accueil of a newcomer");
  await steps.getByRole("link", { name: "La suite" }).click();
  await expect(zoe.getByRole("heading", { level: 1, name: "Arriver" })).toBeVisible();
  await nothingIsFound(zoe, "/arriver, to choose");
  await zoe.getByRole("button", { name: said("Je choisis à chaque cycle (volant·e)") }).click();
  await isDone(zoe, "C’est noté : on t’attend.");
  await expect(zoe.getByRole("heading", { name: said("Fixe ou volant·e ?") })).toHaveCount(0);
});

test("a member is added, has one share and no second, pays it in two times, and takes it home on paper", async ({ phones }) => {
  test.slow();
  const [margaux, other] = [await phones.of(coop, MARGAUX), await phones.of(coop, MARGAUX)];
  phones.expect(other, /status of 422/);
  await open(margaux, `${MEMBERS}/nouveau`);
  await margaux.getByLabel("Prénom").fill("Odette");
  await margaux.getByLabel("Nom", { exact: true }).fill("Essai");
  await margaux.getByLabel("E-mail", { exact: true }).fill("odette.essai@exemple.fr");
  await margaux.getByRole("button", { name: "Ajouter", exact: true }).click();
  await isDone(margaux, "La fiche est créée.");
  const card = new URL(margaux.url()).pathname;
  await nothingIsFound(margaux, "a new card");

  await open(other, card);
  for (const page of [margaux, other]) {
    await page.getByLabel("Montant de la part").fill("100");
    await page.getByRole("button", { name: "Souscrire sa part" }).click();
  }
  await isDone(margaux, "La part est souscrite.");
  await expect(other.getByRole("alert")).toContainText(said("Une part par membre, exactement"));

  for (const amount of ["40", "60"]) {
    await open(margaux, card);
    await unfold(margaux, "Noter un paiement");
    const form = formOf(margaux, "Noter un paiement");
    await form.getByLabel("Combien").fill(amount);
    await form.getByRole("button", { name: "Noter un paiement" }).click();
    await isDone(margaux, "Le paiement est noté.");
  }
  await expect(margaux.getByRole("region", { name: "Paiements" }).getByRole("row")).toHaveCount(3);
  await nothingIsFound(margaux, "a card with a share");
  const coming = margaux.waitForEvent("download");
  await margaux.getByRole("link", { name: said("Attestation (PDF)") }).click();
  const paper = await readFile(await (await coming).path());
  expect(paper.subarray(0, 5).toString("latin1")).toBe("%PDF-");
});

test("somebody's leaving is seen before it is noted, noted, and taken back", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX);
  await openCardOf(margaux, "Odette", "Essai");
  await margaux.getByRole("link", { name: "Noter un départ" }).click();
  await margaux.getByRole("button", { name: said("Voir ce que ça change") }).click();
  await expect(margaux.getByText(said("Un mail lui donne 30 jours"))).toBeVisible();
  await nothingIsFound(margaux, "a leaving, as it would be");
  await margaux.getByRole("button", { name: "Noter ce départ" }).click();
  await isDone(margaux, "Le départ est noté.");
  await margaux.getByRole("button", { name: said("Revient dans la coop") }).click();
  await isDone(margaux, "Le départ est annulé.");
});

test("the register is searched with the keyboard alone, and is the office's alone", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX);
  await open(margaux, MEMBERS);
  await margaux.getByRole("searchbox", { name: "Chercher" }).focus();
  await margaux.keyboard.type("essai zoé");
  await margaux.keyboard.press("Enter");
  await expect(margaux).toHaveURL(/q=essai/);
  const found = margaux.getByRole("link", { name: said("Essai Zoé") });
  await found.focus();
  await margaux.keyboard.press("Enter");
  await expect(margaux.getByRole("heading", { level: 2, name: said("Zoé Essai") })).toBeVisible();
  await nothingIsFound(margaux, "a newcomer's card");

  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, /status of 403/);
  await open(camille, MEMBERS);
  await expect(camille.getByRole("heading", { name: "C’est une page du bureau" })).toBeVisible();
});

test("Camille shows her number, reads what was done to her account, and takes her data home", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  await open(camille, "/moi/profil");
  await nothingIsFound(camille, "/moi/profil");
  await camille.getByLabel("Téléphone", { exact: true }).fill("06 98 76 54 32");
  await camille.getByLabel("Les membres voient mon téléphone").check();
  await camille.getByRole("button", { name: "Enregistrer" }).click();
  await expect(camille.getByRole("region", { name: "Ce que les autres membres voient" })).toContainText(said("06 98 76 54 32"));
  await open(camille, "/moi/donnees");
  const coming = camille.waitForEvent("download");
  await camille.getByRole("button", { name: said("Pour un programme (JSON)") }).click();
  const data = await readFile(await (await coming).path(), "utf8");
  expect(JSON.stringify(JSON.parse(data))).toContain("Morel");
  await open(camille, "/moi/journal");
  await expect(camille.getByRole("main")).toContainText(said("données"));
  await nothingIsFound(camille, "/moi/journal");
});
