import type { Page } from "@playwright/test";
import { CAMILLE, KARIM, PAUL } from "../cast";
import { CoopServer } from "../coop-server";
import { addressOf, memberPages } from "../pages";
import { expect, isReadyForTheCellar, NO_NETWORK, open, sheet, test, told } from "../phones";
import { said } from "../said";
import { comingLink, nextShift, openFirstTakeable, page, teammate, type Shift } from "../shifts";

// The server is really stopped, and the app is opened by address, cold.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("offline");
});
test.afterAll(() => coop.close());

const line = (phone: Page) => phone.getByRole("status").filter({ hasText: "Hors ligne" });

/** One look with the network, after which the phone can do without. */
async function visitOnce(phone: Page): Promise<Shift> {
  const own = await nextShift(phone);
  await isReadyForTheCellar(phone);
  return own;
}

/** What each page shows of itself without a network. */
const SHOWS: Record<string, (phone: Page, own: Shift) => Promise<void>> = {
  "/": async (phone, own) => {
    await expect(phone.getByRole("heading", { name: "Bonjour Camille" })).toBeVisible();
    await expect(phone.getByRole("heading", { level: 2 }).locator(`a[href="/vacation/${own.id}"]`)).toBeVisible();
    await expect(phone.getByRole("heading", { name: "Il manque du monde" })).toBeVisible();
  },
  "/vacations": async (phone) => expect(phone.getByRole("article").first()).toBeVisible(),
  "/vacations/miennes": async (phone, own) => expect(comingLink(phone, own)).toBeVisible(),
  "/vacation/:id": async (phone) => {
    await expect(teammate(phone, "Toi")).toBeVisible();
    await expect(phone.getByRole("link", { name: "Je ne peux pas venir" })).toBeVisible();
  },
  "/vacation/:id/feuille": async (phone) =>
    expect(phone.getByRole("heading", { name: "Cette feuille n’est pas à toi" })).toBeVisible(),
  "/echanges": async (phone) => expect(phone.getByRole("region", { name: "À prendre" }).getByRole("article").first()).toBeVisible(),
  "/moi": async (phone) => expect(phone.getByRole("heading", { name: "Camille Morel" })).toBeVisible(),
  "/moi/actions": async (phone) => expect(phone.getByRole("heading", { name: "Rien pour l’instant" })).toBeVisible(),
  "/moi/profil": async (phone) => expect(phone.getByRole("heading", { level: 1, name: "Mon profil" })).toBeVisible(),
  "/moi/carte": async (phone) => expect(phone.getByRole("img", { name: "QR à montrer" })).toBeVisible(),
  "/moi/prevenir": async (phone) => expect(phone.getByRole("button", { name: "Enregistrer les rappels" })).toBeVisible(),
  "/moi/appareils": async (phone) => expect(phone.getByRole("heading", { name: "Il faut le réseau, cette fois" })).toBeVisible(),
  "/couverture": async (phone) => expect(phone.getByRole("heading", { name: "Cette page n’est pas pour toi" })).toBeVisible(),
  "/moi/engagement": async (phone) => {
    await expect(phone.getByRole("heading", { name: "Comment on en est là" })).toBeVisible();
    await expect(phone.getByLabel("Ce que tu essaies")).toBeVisible();
  },
  "/coop": async (phone) => expect(phone.getByRole("region", { name: "Les groupes" }).getByRole("article")).toHaveCount(7),
  "/groupe/:group": async (phone) => {
    await expect(phone.getByRole("heading", { level: 1, name: "Vie sociale" })).toBeVisible();
    await expect(phone.getByRole("region", { name: "Référent·es" }).getByRole("listitem")).toHaveCount(2);
    await expect(phone.getByRole("region", { name: "Comptes rendus" })).toContainText("Réunion de rentrée d’hiver");
  },
  "/groupe/:group/dossiers": async (phone) => {
    await expect(phone.getByRole("heading", { level: 1, name: said("Dossiers : Vie sociale") })).toBeVisible();
    await expect(phone.getByRole("region", { name: "Ouverts" }).getByRole("listitem")).toHaveCount(4);
  },
  "/dossier/:dossier": async (phone) => {
    await expect(phone.getByRole("heading", { level: 1, name: said("Réserver la salle de la fête de fin d’année") })).toBeVisible();
    await expect(phone.getByRole("region", { name: "Pièces" }).getByRole("listitem")).toHaveCount(2);
  },
  "/comite": async (phone) => expect(phone.getByRole("region", { name: "Les douze sièges" }).getByRole("listitem")).toHaveCount(12),
  "/coordination": async (phone) => expect(phone.getByRole("button", { name: "Ajouter ce point" })).toBeVisible(),
  "/decisions": async (phone) => expect(phone.getByRole("searchbox", { name: "Chercher une décision" })).toBeVisible(),
  "/ag": async (phone) => {
    await expect(phone.getByRole("article", { name: "Les comptes, le lundi soir et le comité" })).toBeVisible();
    await expect(phone.getByRole("button", { name: "Je viens", exact: true })).toBeVisible();
    await expect(phone.getByRole("region", { name: "L’ordre du jour" })).toContainText("Verre de l’amitié");
  },
  "/ag/documents": async (phone) => expect(phone.getByRole("article", { name: "Les comptes de l’année" })).toContainText("7 600 €"),
  "/ag/pouvoir": async (phone) => expect(phone.getByRole("button", { name: "Donner mon pouvoir" })).toBeVisible(),
  "/breve": async (phone) => expect(phone.getByRole("searchbox", { name: "Chercher dans la brève" })).toBeVisible(),
  "/breve/proposer": async (phone) => expect(phone.getByRole("button", { name: "Proposer" })).toBeVisible(),
  "/breve/proposer/:block": async (phone) => expect(phone.getByRole("heading", { name: "Cette contribution n’est pas là" })).toBeVisible(),
  "/breve/:monday": async (phone) => expect(phone.getByRole("article").getByRole("heading", { level: 1 })).toBeVisible(),
  "/sorties": async (phone) => expect(phone.getByRole("article").filter({ hasText: "Concert de la chorale" })).toBeVisible(),
  "/sortie/:event": async (phone) => expect(phone.getByRole("heading", { name: "Concert de la chorale" })).toBeVisible(),
  "/rayons": async (phone) => expect(phone.getByRole("heading", { name: "Rayons" })).toBeVisible(),
  "/rayons/scanner": async (phone) => expect(phone.getByRole("heading", { name: "Scanner" })).toBeVisible(),
  "/rayons/:range": async (phone) => expect(phone.getByRole("heading", { name: "Crèmerie" })).toBeVisible(),
  "/produit/:product": async (phone) => expect(phone.getByRole("heading", { name: "Yaourt de brebis nature" })).toBeVisible(),
  "/fournisseur/:supplier": async (phone) => expect(phone.getByRole("heading", { name: "Ferme des Hirondelles" })).toBeVisible(),
  "/liste": async (phone) => expect(phone.getByRole("heading", { name: "Ma liste" })).toBeVisible(),
  "/envies": async (phone) => expect(phone.getByRole("button", { name: "Demander" })).toBeVisible(),
  "/bureau/fermer/:id": async (phone) =>
    expect(phone.getByRole("heading", { name: "Fermer une vacation demande le réseau" })).toBeVisible(),
};

/** What the server alone has. */
const needsTheNetwork = async (phone: Page) => {
  await expect(phone.getByRole("heading", { name: "Il faut le réseau, cette fois" })).toBeVisible();
  await expect(phone.getByRole("link", { name: "Réessayer" })).toBeVisible();
};

test("with the server stopped every member page opens cold by its address, says of when its data are, and again after a reload", async ({
  phones,
}) => {
  const camille = await phones.of(coop, CAMILLE);
  // What helps to write and what scans are kept from their first use on: without them there is a plain field. A photo that was
  // never seen has its words.
  phones.expect(camille, NO_NETWORK, /ERR_FAILED .*\/pkg\/(writing|scan)\./, /ERR_FAILED .*\/pictures\/[0-9a-f-]+\b/);
  const own = await visitOnce(camille);
  const context = camille.context();
  await camille.close();
  await coop.stop();
  await expect(fetch(`${coop.address}/healthz`)).rejects.toThrow();

  for (const known of memberPages()) {
    await test.step(known.pattern, async () => {
      const shows = known.still ? needsTheNetwork : SHOWS[known.pattern];
      expect(shows, `${known.pattern} has no test of what it shows without a network`).toBeDefined();
      const cold = await context.newPage();
      await cold.goto(addressOf(known, own));
      for (const again of [false, true]) {
        if (again) await cold.reload();
        await shows(cold, own);
        await expect(line(cold)).toHaveText(said("Hors ligne… · données de … h"));
        await expect(cold.getByRole("heading", { level: 1 })).toHaveCount(1);
      }
      await cold.close();
    });
  }

  await test.step("a shift that this phone does not keep says so", async () => {
    const cold = await context.newPage();
    await cold.goto("/vacation/019ab0c2-0000-7000-8000-000000000001");
    await expect(cold.getByRole("heading", { name: "Cette page n’est pas là" })).toBeVisible();
    await cold.close();
  });

  await test.step("from page to page too, and its sheets", async () => {
    const cold = await context.newPage();
    await cold.goto("/");
    await cold.getByRole("link", { name: "Je ne peux pas venir" }).click();
    await sheet(cold, "Je ne peux pas venir").getByRole("link", { name: /^Échanger/ }).click();
    await expect(sheet(cold, "Échanger").getByRole("checkbox").first()).toBeVisible();
    await cold.getByRole("link", { name: "Fermer", exact: true }).click();
    await cold.getByRole("link", { name: "Vacations", exact: true }).click();
    await cold.getByRole("link", { name: /^Échanges/ }).click();
    await expect(cold.getByRole("region", { name: "À prendre" })).toBeVisible();
    await cold.close();
  });

  await test.step("events in each of their lists, who comes and who brings what", async () => {
    const cold = await context.newPage();
    for (const [which, title] of [["annee", "Concert de la chorale"], ["passees", "Soirée jeux"]]) {
      await cold.goto(`/sorties?voir=${which}`);
      await expect(cold.getByRole("link", { name: title })).toBeVisible();
    }
    await cold.goto("/sorties");
    await cold.getByRole("link", { name: "Soirée soupe" }).first().click();
    await expect(cold.getByRole("region", { name: "Qui vient" })).toContainText("Nour");
    await expect(cold.getByRole("region", { name: "Qui apporte quoi" })).toContainText("Pains");
    await cold.close();
  });

  const waiting = await context.newPage();
  await waiting.goto("/moi/engagement/attestation");
  await needsTheNetwork(waiting);
  await coop.start();
  await test.step("with the server back the line is gone, and what is asked comes", async () => {
    await waiting.getByRole("link", { name: "Réessayer" }).click();
    await expect(waiting.getByRole("heading", { level: 1, name: "Mon attestation d’heures" })).toBeVisible();
    const back = await context.newPage();
    await open(back, "/moi/appareils");
    await expect(line(back)).toHaveCount(0);
    await expect(back.getByText("Cet appareil")).toBeVisible();
    await open(back, page(own));
    await back.getByText("Historique des places").click();
    await expect(back.getByText(/place fixe|Rien n’a bougé/).first()).toBeVisible();
  });
});

test("an open page learns by itself that the server went away, and that it is back", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  phones.expect(karim, NO_NETWORK);
  await visitOnce(karim);
  await open(karim, "/echanges");
  await coop.stop();
  // As when the phone comes out of a pocket.
  await karim.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(line(karim)).toBeVisible();
  await coop.start();
  await karim.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(line(karim)).toHaveCount(0);
});

test("a place that Paul takes without a network is shown as waiting, outlives the page, and is his once, when it is back", async ({
  phones,
}) => {
  const paul = await phones.of(coop, PAUL);
  phones.expect(paul, NO_NETWORK);
  await open(paul, "/");
  await isReadyForTheCellar(paul);
  const context = paul.context();
  await coop.stop();
  await paul.reload();
  const missing = paul.getByRole("region", { name: "Il manque du monde" }).getByRole("link", { name: /^Prendre une place/ });
  const choices = await openFirstTakeable(paul, missing);
  const shift = new URL(paul.url()).pathname;
  await choices.getByRole("button", { name: "Prendre la place" }).click();
  await expect(paul.getByText("En attente d’envoi").first()).toBeVisible();
  await expect(line(paul)).toContainText("1 action à envoyer");

  await test.step("the page is closed, and opened again without a network", async () => {
    await paul.close();
    const again = await context.newPage();
    await again.goto("/moi/actions");
    await expect(again.getByRole("article").filter({ hasText: "En attente d’envoi" })).toHaveCount(1);
    await again.goto(shift);
    await expect(again.getByText("Tu as demandé cette place : en attente.")).toBeVisible();
    await again.close();
  });

  await coop.start();
  await test.step("with the server back it leaves by itself, once", async () => {
    const back = await context.newPage();
    await open(back, shift);
    await expect(told(back, "La place est à toi")).toBeAttached();
    await expect(teammate(back, "Toi")).toHaveCount(1);
    await back.getByText("Historique des places").click();
    await expect(back.getByRole("listitem").filter({ hasText: "Paul A." }).filter({ hasText: "prise" })).toHaveCount(1);
    await open(back, "/moi/actions");
    await expect(back.getByRole("article").filter({ hasText: "Confirmé" })).toHaveCount(1);
  });
});
