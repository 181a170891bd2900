import type { Page } from "@playwright/test";
import { MARGAUX, PAUL, SOLENE } from "../cast";
import { CoopServer } from "../coop-server";
import { keptActs } from "../kept";
import { expect, isReadyForTheCellar, NO_NETWORK, news, open, test } from "../phones";
import { nextShift } from "../shifts";

// What Distribution and the office write is on the next sheets; what the lead says there is told and kept.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("procedures");
});
test.afterAll(() => coop.close());

const region = (phone: Page, name: string) => phone.getByRole("region", { name });

/** Everything on this phone has its answer. */
const settled = (phone: Page) =>
  expect
    .poll(async () => (await keptActs(phone)).filter(({ is, status }) => is !== "answered" || status !== "applied"))
    .toEqual([]);

test("a list is changed with a preview, and is on the sheets to come; a delivery and an incident are said without a network", async ({
  phones,
}) => {
  test.slow();
  const [paul, solene, margaux] = [
    await phones.of(coop, PAUL),
    await phones.of(coop, SOLENE, { quick: true }),
    await phones.of(coop, MARGAUX),
  ];
  for (const phone of [paul, solene, margaux]) phones.expect(phone, NO_NETWORK);
  // What is wrong comes back with its status.
  phones.expect(paul, /422/);
  const saturday = await nextShift(solene);
  const page = `/vacation/${saturday.id}/feuille`;

  await test.step("from « Moi », the office opens the list", async () => {
    await open(paul, "/moi");
    await region(paul, "Distribution").getByRole("link", { name: "Procédures" }).click();
    await region(paul, "Les listes").getByRole("link", { name: "Ouverture" }).click();
    await expect(paul.getByRole("heading", { level: 2, name: "La version suivante" })).toBeVisible();
  });

  await test.step("what is wrong is said, and nothing typed is lost", async () => {
    await paul.getByLabel("Les lignes, une par ligne").fill("Vérifier les extincteurs\nOuvrir les volets");
    await paul.getByLabel("À partir du").fill("2020-01-01");
    await paul.getByRole("button", { name: "Enregistrer" }).click();
    await expect(paul.getByRole("alert")).toContainText("Rien n’est enregistré");
    await expect(paul.getByText(/^Pas avant/)).toBeVisible();
    await expect(paul.getByLabel("Les lignes, une par ligne")).toHaveValue("Vérifier les extincteurs\nOuvrir les volets");
  });

  await test.step("a preview, then it is kept", async () => {
    await open(paul, "/distribution/procedures/liste?liste=ouverture");
    await paul.getByLabel("Les lignes, une par ligne").fill("Vérifier les extincteurs\nOuvrir les volets");
    await paul.getByRole("button", { name: "Voir l’aperçu" }).click();
    await expect(region(paul, "Aperçu : Ouverture").getByRole("listitem")).toHaveCount(2);
    await paul.getByRole("button", { name: "Enregistrer" }).click();
    await expect(paul.getByRole("status").filter({ hasText: "C’est enregistré." })).toBeVisible();
    await expect(region(paul, "Les listes").getByRole("listitem").filter({ hasText: "Nouvelle version" })).toHaveCount(1);
  });

  await test.step("the records have the morning on which a door stood open, and what was done", async () => {
    await open(paul, "/distribution/releves");
    const warm = region(paul, "Températures").getByRole("row").filter({ hasText: "HORS LIMITES" });
    await expect(warm).toHaveCount(1);
    await expect(warm).toContainText("Porte restée entrouverte");
    const [file] = await Promise.all([paul.waitForEvent("download"), paul.getByRole("link", { name: /CSV/ }).click()]);
    expect(file.suggestedFilename()).toMatch(/^releves-.*\.csv$/);
  });

  await coop.pass({ hours: 96, minutes: 40 });
  await open(solene, page);
  await expect(region(solene, "Ouverture").getByRole("button")).toHaveCount(2);
  await expect(region(solene, "Ouverture")).toContainText("Vérifier les extincteurs");
  await isReadyForTheCellar(solene);
  await coop.stop();
  await solene.reload();

  await test.step("without a network: vegetables that lack two crates, eggs that nobody expected, a wet floor", async () => {
    const deliveries = region(solene, "Livraisons du jour");
    await deliveries.getByText("Noter comment elle est venue").first().click();
    await deliveries.getByLabel("Incomplète").first().check();
    await deliveries.getByLabel("Remarques").first().fill("2 caisses manquent");
    await deliveries
      .getByLabel("Une photo")
      .first()
      .setInputFiles({ name: "caisses.png", mimeType: "image/png", buffer: await solene.screenshot() });
    await expect(deliveries.getByText("La photo est prête").first()).toBeVisible();
    await deliveries.getByRole("button", { name: "Noter", exact: true }).first().click();
    await expect(deliveries).toContainText("2 caisses manquent");
    await deliveries.getByText("Une livraison que personne n’attendait").click();
    await deliveries.getByLabel("De qui ?").fill("La ferme du Semnoz");
    await deliveries.getByRole("button", { name: "Ajouter la livraison" }).click();
    await expect(deliveries.getByText("La ferme du Semnoz")).toBeVisible();
    const incident = region(solene, "Un incident");
    await incident.getByText("Signaler un incident").click();
    await incident.getByLabel("Ce qui s’est passé").fill("Sol mouillé devant la caisse");
    await incident.getByRole("button", { name: "Signaler maintenant" }).click();
    await expect(incident.getByRole("listitem")).toContainText("Sol mouillé devant la caisse");
  });

  await coop.pass({ minutes: 10 });
  await open(solene, page);
  await settled(solene);

  await test.step("the photo has followed its act, and the office sees it", async () => {
    await open(margaux, page);
    const link = region(margaux, "Livraisons du jour").getByRole("link", { name: /^Photo de la livraison/ });
    await expect(link).toHaveCount(1);
    const seen = await margaux.request.get((await link.getAttribute("href")) ?? "");
    expect(seen.headers()["content-type"]).toBe("image/jpeg");
    expect((await seen.body()).length).toBeLessThanOrEqual(150_000);
  });

  await test.step("the employee hears of the safety, the office does not; the sheet has it all", async () => {
    await open(paul, "/");
    await expect(news(paul, "Sécurité.")).toContainText("Sol mouillé devant la caisse");
    await open(margaux, "/");
    await expect(news(margaux, "Sécurité.")).toHaveCount(0);
    await open(margaux, page);
    await expect(region(margaux, "Livraisons du jour")).toContainText("2 caisses manquent");
    await expect(region(margaux, "Un incident")).toContainText("Sol mouillé");
  });
});
