import type { Page } from "@playwright/test";
import { nothingIsFound } from "../axe";
import { CAMILLE, MARGAUX, NOUR } from "../cast";
import { CoopServer } from "../coop-server";
import { expect, isReadyForTheCellar, news, NO_NETWORK, open, test, told } from "../phones";
import { nextShift } from "../shifts";

// « Mon engagement »: a count that everybody understands, what an act would change, what is asked of the office.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("engagement");
});
test.afterAll(() => coop.close());

const region = (page: Page, name: string | RegExp) => page.getByRole("region", { name });
const WHY = "Un chantier à la maison";
const WORD = "Bon courage, et à bientôt";

test("Camille reads how her count came about, and what an act would change, with the server stopped too", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, NO_NETWORK);
  const saturday = await nextShift(camille);

  await test.step("from Accueil's line", async () => {
    await open(camille, "/");
    await camille.getByRole("link", { name: /À jour ·/ }).click();
    await expect(camille.getByRole("heading", { level: 1, name: "Mon engagement" })).toBeVisible();
    await expect(region(camille, "Comment on en est là").getByRole("listitem").filter({ hasText: "Un cycle commence" }).first()).toBeAttached();
    await expect(region(camille, "Ce qui est demandé")).toContainText("On te demande 1 vacation tous les 28 jours");
  });

  const tries = async (what: string) => {
    const whatIf = region(camille, "Et si…");
    await whatIf.getByLabel("Ce que tu essaies").selectOption(`${what}~${saturday.id}`);
    await whatIf.getByRole("button", { name: "Voir ce que ça change" }).click();
    return whatIf.getByRole("status");
  };
  await test.step("giving her Saturday costs one vacation, and nothing has left", async () => {
    await expect(await tries("donner")).toContainText("Ton compte baisse de 1 vacation.");
    await expect(camille).toHaveURL(/\/moi\/engagement\?si=donner~/);
    await open(camille, "/moi/actions");
    await expect(camille.getByRole("heading", { name: "Rien pour l’instant" })).toBeVisible();
  });

  await test.step("axe finds nothing, in both themes", async () => {
    await open(camille, `/moi/engagement?si=donner~${saturday.id}`);
    await nothingIsFound(camille, "/moi/engagement");
    await open(camille, "/moi/engagement/attestation");
    await nothingIsFound(camille, "/moi/engagement/attestation");
    await expect(camille.getByRole("article", { name: /^Attestation d’heures/ })).toContainText("Total");
  });

  await test.step("without the server the page opens, and tries", async () => {
    await isReadyForTheCellar(camille);
    await coop.stop();
    await camille.goto("/moi/engagement");
    await expect(await tries("manquer")).toContainText("Ton compte");
    await coop.start();
  });
});

test("Nour asks for a pause; Margaux answers it; Nour reads the word, and nobody else the reason", async ({ phones }) => {
  const [nour, margaux] = [await phones.of(coop, NOUR), await phones.of(coop, MARGAUX)];
  await test.step("she asks", async () => {
    await open(nour, "/moi/engagement");
    await nour.getByText("Faire une demande").click();
    await nour.getByLabel("Premier jour").fill("2027-06-07");
    await nour.getByLabel("Dernier jour").fill("2027-07-04");
    await nour.getByLabel("Pourquoi").fill(WHY);
    await nour.getByRole("button", { name: "Envoyer ma demande" }).click();
    await expect(told(nour, "Ta demande est chez le bureau.")).toBeAttached();
    const card = nour.getByRole("article", { name: /^Pause/ });
    await expect(card).toContainText("Attend une réponse");
    await expect(card).toContainText(WHY);
  });

  await test.step("the office is told that somebody asks, and finds it on « Moi »", async () => {
    await open(margaux, "/");
    await expect(news(margaux, "Une demande attend.")).toContainText(NOUR.short);
    await expect(news(margaux, "Une demande attend.")).not.toContainText(WHY);
    await open(margaux, "/moi");
    await region(margaux, "À traiter").getByRole("link", { name: "Demandes" }).click();
    const hers = margaux.getByRole("article", { name: /^Nour / });
    await expect(hers).toContainText(WHY);
    await nothingIsFound(margaux, "/bureau/demandes");
    await hers.getByLabel("Un mot, si tu veux").fill(WORD);
    await hers.getByRole("button", { name: /^Accorder à Nour/ }).click();
    await expect(told(margaux, "La réponse est partie.")).toBeAttached();
    await expect(margaux.getByRole("article", { name: /^Nour / })).toHaveCount(0);
  });

  await test.step("she reads it where she asked", async () => {
    await open(nour, "/");
    const card = news(nour, "Le bureau t’a répondu.");
    await expect(card).not.toContainText(WORD);
    await open(nour, "/moi/engagement");
    await expect(nour.getByRole("article", { name: /^Pause/ })).toContainText("Accordée");
    await expect(nour.getByRole("article", { name: /^Pause/ })).toContainText(WORD);
  });

  await test.step("and the office corrects her count with a reason that she reads", async () => {
    await open(margaux, "/bureau/engagement?nom=Nour");
    await margaux.getByRole("link", { name: /^Nour / }).first().click();
    const correcting = region(margaux, "Corriger son compte");
    await correcting.getByRole("radio", { name: /^Avance/ }).check();
    await correcting.getByLabel("Pourquoi").fill("Inventaire du dimanche");
    await nothingIsFound(margaux, "/bureau/engagement/:member");
    await correcting.getByRole("button", { name: "Ajouter à son compte" }).click();
    await expect(told(margaux, "C’est dans son compte.")).toBeAttached();
    await expect(region(margaux, "Comment on en est là")).toContainText("Inventaire du dimanche");
    await open(nour, "/moi/engagement");
    await expect(region(nour, "Comment on en est là")).toContainText("Inventaire du dimanche");
  });
});

test("a member who is not of the office reads nothing of what others ask", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, /403/);
  await open(camille, "/bureau/demandes");
  await expect(camille.getByRole("heading", { name: "C’est une page du bureau" })).toBeVisible();
  await expect(camille.getByText(WHY)).toHaveCount(0);
});
