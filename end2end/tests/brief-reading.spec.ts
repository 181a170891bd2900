import type { Page } from "@playwright/test";
import { expectStates, line, online, states } from "../acting";
import { nothingIsFound } from "../axe";
import { freeSeats, publish, type FreeSeat } from "../briefs";
import { CAMILLE, INES, KARIM, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { keptDrafts, keptMe } from "../kept";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";
import { said } from "../said";

// A co-op with three issues out: the newest with a picture and places to take, one that was corrected, one of last year.
let coop: CoopServer;
let seats: FreeSeat[];
let blocks: string[][];

const NEWEST = "2026-11-23";

test.beforeAll(async () => {
  coop = await CoopServer.open("brief-reading");
  await coop.stop();
  seats = freeSeats(coop, "2026-12-01", 2);
  blocks = publish(coop, [
    {
      monday: NEWEST,
      seats,
      blocks: [
        { title: "Le reblochon est revenu", html: "<p>La ferme des Aravis livre de <strong>nouveaux fromages</strong>.</p>", alt: "Trois reblochons" },
        { title: "Soupe partagée vendredi", html: "<p>On cherche encore deux autocuiseurs.</p>" },
      ],
    },
    {
      monday: "2026-11-16",
      late: true,
      corrected: [{ at: "2026-11-17T08:05:00Z", word: "la réunion est à 20 h" }],
      blocks: [{ title: "La chambre froide est réparée", html: "<p>Merci à l’équipe Distribution.</p>", group: "Distribution" }],
    },
    {
      monday: "2025-11-24",
      blocks: [{ title: "La première fête des œufs", html: "<p>Un <em>œuf</em> bénévole &lt;script&gt;pour chacun.</p>" }],
    },
  ]);
  await coop.start();
});
test.afterAll(() => coop.close());

const brief = (phone: Page) => phone.getByRole("article").filter({ has: phone.getByRole("heading", { level: 1 }) });
const tab = (phone: Page) => phone.getByRole("navigation", { name: "Principale" }).getByRole("link", { name: /^Brève/ });
const pictures = (phone: Page) =>
  phone.evaluate(async () => (await (await caches.open("pictures")).keys()).map(({ url }) => new URL(url).pathname));

interface Block {
  id: string;
  revision: number;
  group: string;
  said: { title: string; text: string };
  beside?: unknown[];
}

/** Théo's contribution, as his phone keeps it. */
async function soup(phone: Page): Promise<Block> {
  const blocks = JSON.parse(await keptMe(phone)).blocks as Block[];
  return blocks.filter(({ said }) => said.title === "Soupe vendredi")[0];
}

test("an issue is read with the server stopped, its picture and what became of its places included; what was read is no longer unread", async ({
  phones,
}) => {
  const camille = await phones.of(coop, CAMILLE);
  // At the end she signs out.
  phones.expect(camille, NO_NETWORK, /status of 401/);
  await open(camille, "/");
  await expect(tab(camille)).toHaveAccessibleName(/non lue/);
  const card = camille.getByRole("region", { name: "Le reblochon est revenu" });
  await expect(card).toContainText("Non lue");
  await expect(card).toContainText("Soupe partagée vendredi");
  await isReadyForTheCellar(camille);
  await expect.poll(() => pictures(camille)).toHaveLength(1);
  await coop.stop();

  await camille.goto("/breve");
  await expect(camille.getByRole("heading", { level: 1, name: "Le reblochon est revenu" })).toBeVisible();
  const picture = brief(camille).getByRole("img", { name: "Trois reblochons" });
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(1);
  await expect(camille.getByRole("region", { name: "Places à prendre" }).getByRole("link", { name: /^Prendre une place/ })).toHaveCount(2);
  await nothingIsFound(camille, "the newest issue, without a network");

  await test.step("after a look it is read, here at once and for good when the network is back", async () => {
    await expect(tab(camille)).not.toHaveAccessibleName(/non lue/);
    await expect(line(camille, "1 action à envoyer")).toBeVisible();
    await camille.reload();
    await expect(camille.getByRole("heading", { level: 1, name: "Le reblochon est revenu" })).toBeVisible();
    await expect(tab(camille)).not.toHaveAccessibleName(/non lue/);
    await expectStates(camille, ["to_send"]);
  });

  await test.step("the one before, at its own address, says that it came late and what was corrected", async () => {
    await camille.getByRole("link", { name: /La précédente/ }).click();
    await expect(camille).toHaveURL(/\/breve\/2026-11-16$/);
    await expect(brief(camille)).toContainText(said("Parue lundi 16 novembre à 7 h, un peu plus tard que d’habitude."));
    await expect(brief(camille)).toContainText(said("Corrigée le 17 nov. à 9 h 05 : la réunion est à 20 h."));
    await expect(camille.getByRole("link", { name: /La suivante/ })).toBeVisible();
  });

  await test.step("one that this device does not keep leads to the archive", async () => {
    await camille.goto("/breve/2019-01-07");
    await expect(camille.getByRole("heading", { name: "Cette brève n’est pas gardée sur cet appareil" })).toBeVisible();
    await expect(camille.getByRole("link", { name: "La lire dans les archives" })).toBeVisible();
  });

  await coop.start();
  await open(camille, "/breve");
  await expect.poll(async () => [...new Set(await states(camille))]).toEqual(["applied"]);
  const known = JSON.parse(await keptMe(camille)).read_briefs as string[];
  expect(known.length).toBeGreaterThanOrEqual(2);

  await test.step("signed out, nothing of it is left", async () => {
    await open(camille, "/moi");
    await camille.getByRole("button", { name: "Se déconnecter" }).click();
    await expect(camille).toHaveURL(/\/connexion/);
    expect(await camille.evaluate(() => caches.has("pictures"))).toBe(false);
  });
});

test("a place that somebody takes is said in the issue that offered it", async ({ phones }) => {
  const theo = await phones.of(coop, THEO);
  await open(theo, `/breve/${NEWEST}`);
  const offered = theo.getByRole("region", { name: "Places à prendre" });
  await expect(offered).not.toContainText("Depuis");
  const links = offered.getByRole("link", { name: /^Prendre une place/ });
  // Not on a shift of his own.
  const before = await links.count();
  await links.first().click();
  await theo.getByRole("dialog", { name: /^Prendre/ }).getByRole("button", { name: /^Prendre la place/ }).first().click();
  await expectStates(theo, expect.arrayContaining(["applied"]) as unknown as string[]);
  await theo.goto(`/breve/${NEWEST}`);
  await expect(offered).toContainText(said("Depuis, 1 place a été prise."));
  await expect(links).toHaveCount(before - 1);
});

test("a search answers at each key, accents and plurals forgiven, and leads to the block", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  phones.expect(karim, NO_NETWORK);
  await open(karim, "/breve");
  await isReadyForTheCellar(karim);
  const field = karim.getByRole("searchbox", { name: "Chercher dans la brève" });
  const answers = karim.getByRole("search").getByRole("link");
  await field.pressSequentially("froi");
  await expect(answers).toHaveText(["La chambre froide est réparée"]);
  await test.step("of many answers the first five, and all of them when somebody asks", async () => {
    await field.fill("le");
    await expect(answers).toHaveCount(5);
    await expect(karim.getByRole("status").filter({ hasText: said("passages dans les brèves de ce téléphone.") })).toBeVisible();
    await karim.getByRole("button", { name: /^Voir les \d+$/ }).click();
    await expect.poll(() => answers.count()).toBeGreaterThan(5);
    await expect(answers.nth(5)).toBeFocused();
  });
  await field.fill("AUTOCUISEUR");
  await expect(answers).toHaveText(["Soupe partagée vendredi"]);
  await answers.click();
  await expect(karim).toHaveURL(new RegExp(`/breve/${NEWEST}#bloc-${blocks[0][1]}$`));
  await expect(karim.locator(`[id="bloc-${blocks[0][1]}"]`)).toBeInViewport();
  await karim.goto("/breve");
  await field.fill("patinoire");
  await expect(karim.getByRole("status").filter({ hasText: "Rien dans les brèves de ce téléphone." })).toBeVisible();

  await test.step("the server looks in all of them, and marks what it found without running any of it", async () => {
    await field.fill("oeufs benevoles");
    await field.press("Enter");
    await expect(karim).toHaveURL(/\/breve\/archives\?q=/);
    const found = karim.getByRole("region", { name: "Trouvé" }).getByRole("listitem");
    await expect(found).toHaveCount(1);
    await expect(found).toContainText("La première fête des œufs");
    await expect(found.locator("mark")).toHaveText([/œufs?/i, "œuf", "bénévole"]);
    await expect(found).toContainText("<script>pour chacun.");
    await found.getByRole("link").click();
    await expect(karim.getByRole("heading", { name: "La première fête des œufs" })).toBeVisible();
    await karim.getByRole("link", { name: /La suivante/ }).click();
    await expect(karim).toHaveURL(/\/breve\/archives\/2026-09-07$/);
  });

  await test.step("by year", async () => {
    await karim.goto("/breve/archives?annee=2025");
    await expect(karim.getByRole("region", { name: "2025" }).getByRole("listitem")).toHaveCount(1);
    await nothingIsFound(karim, "the archive");
  });
});

test("Théo writes without a network, loses nothing, and it arrives once; two hands on it at once are both shown and settled", async ({
  phones,
}) => {
  const theo = await phones.of(coop, THEO);
  // The preview is kept from its first use on, and this is the first.
  phones.expect(theo, NO_NETWORK, /ERR_FAILED/);
  await open(theo, "/breve/proposer");
  await isReadyForTheCellar(theo);
  await coop.stop();
  await theo.reload();

  await test.step("mistakes stand beside their fields", async () => {
    await theo.getByLabel("Titre", { exact: true }).fill("🎉");
    await theo.getByLabel("Un lien").fill("javascript:alert(1)");
    await theo.getByRole("button", { name: "Proposer" }).click();
    await expect(theo.getByRole("alert").filter({ hasText: "Le titre n’a pas de mots" })).toBeVisible();
    await expect(theo.getByRole("alert").filter({ hasText: "Il manque un texte" })).toBeVisible();
    await expect(theo.getByRole("alert").filter({ hasText: "Ce lien ne marche pas" })).toBeVisible();
    await expect(theo.getByLabel("Titre", { exact: true })).toBeFocused();
    await expect(theo.getByLabel("Titre", { exact: true })).toHaveValue("🎉");
  });

  await test.step("what is typed is there again", async () => {
    await theo.getByLabel("Titre", { exact: true }).fill("Soupe vendredi");
    await theo.getByLabel("Un lien").fill("");
    await theo.getByLabel("Texte").fill("Dès **19 h**, avec ton bol.");
    await expect(theo.getByText(said("Brouillon gardé sur ce téléphone à … h"))).toBeVisible();
    await expect.poll(() => keptDrafts(theo)).toContain("avec ton bol");
    await theo.reload();
    await expect(theo.getByLabel("Titre", { exact: true })).toHaveValue("Soupe vendredi");
    await expect(theo.getByLabel("Texte")).toHaveValue("Dès **19 h**, avec ton bol.");
    await nothingIsFound(theo, "a contribution being written");
  });

  const mine = theo.getByRole("region", { name: "Ce que tu as proposé" });
  await test.step("proposed, it waits; the form is empty for the next one", async () => {
    await theo.getByRole("button", { name: "Proposer" }).click();
    await expect(mine.getByRole("article", { name: "Soupe vendredi" })).toContainText("En attente d’envoi");
    await expect(theo.getByLabel("Titre", { exact: true })).toHaveValue("");
    await theo.reload();
    await expect(theo.getByLabel("Titre", { exact: true })).toHaveValue("");
  });

  await coop.start();
  await online(theo);
  await expectStates(theo, ["applied"]);
  await open(theo, "/breve/proposer");
  await expect(mine.getByRole("article", { name: "Soupe vendredi" })).toHaveCount(1);
  await expect(mine.getByRole("article", { name: "Soupe vendredi" })).toContainText("Proposée");

  await test.step("without a network Théo changes it; meanwhile Inès does too", async () => {
    await mine.getByRole("link", { name: "Soupe vendredi" }).click();
    await expect(theo.getByLabel("Titre", { exact: true })).toHaveValue("Soupe vendredi");
    const block = await soup(theo);
    await theo.context().setOffline(true);
    await theo.getByLabel("Texte").fill("Dès 18 h, avec ton bol.");
    await theo.getByRole("button", { name: "Enregistrer" }).click();
    const { id, revision, group } = block;
    const ines = await Elsewhere.of(coop, INES);
    await ines.acts("edit_block", { block: id, base: revision, group, title: "Soupe vendredi", text: "Dès 20 h." });
    await theo.context().setOffline(false);
    await online(theo);
    await expectStates(theo, ["applied", "applied"]);
  });

  await test.step("both are shown, and one is kept", async () => {
    const crossing = theo.getByRole("region", { name: "Deux versions se sont croisées" });
    await expect(crossing).toContainText("Dès 20 h.");
    await expect(crossing).toContainText("Dès 18 h, avec ton bol.");
    await nothingIsFound(theo, "two versions");
    await crossing.getByRole("listitem").filter({ hasText: "Dès 18 h" }).getByRole("button", { name: "Garder celle-ci" }).click();
    await expect(crossing).toHaveCount(0);
    await expect(theo.getByLabel("Texte")).toHaveValue("Dès 18 h, avec ton bol.");
    await expectStates(theo, ["applied", "applied", "applied"]);
    const block = await soup(theo);
    expect([block.said.text, block.beside ?? []]).toEqual(["Dès 18 h, avec ton bol.", []]);
  });
});

test("somebody without a group is told where to find one", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  await open(karim, "/breve/proposer");
  await expect(karim.getByRole("heading", { name: "Les groupes écrivent la brève" })).toBeVisible();
  await karim.getByRole("link", { name: "Voir les groupes" }).click();
  await expect(karim.getByRole("heading", { name: "La coop", level: 1 })).toBeVisible();
});
