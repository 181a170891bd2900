import type { Page } from "@playwright/test";
import { expectStates, online, WAITS } from "../acting";
import { nothingIsFound } from "../axe";
import { CAMILLE, HUGO, IDRIS, JEANNE, LEA, NOUR, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { focusIsKept, tabTo } from "../focus";
import { formOf, isDone, unfold } from "../organising";
import { expect, isReadyForTheCellar, news, NO_NETWORK, open, test } from "../phones";
import { said } from "../said";

// How one comes into a group and goes, with the network and without; who decides, and what is written of it.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("groups");
});
test.afterAll(() => coop.close());

const SOCIAL = "/groupe/vie-sociale";

const standing = (phone: Page) => phone.getByRole("region", { name: "Toi et ce groupe" });
const outing = (phone: Page) => phone.getByRole("navigation", { name: "Avec ce groupe" }).getByRole("link", { name: "Nouvelle sortie" });

test("Nour asks to join Vie sociale without a network, Théo accepts, « Nouvelle sortie » is there within a second, and gone when she leaves", async ({
  phones,
}) => {
  const [nour, theo] = [await phones.of(coop, NOUR), await phones.of(coop, THEO)];
  // A form that was open is refused.
  phones.expect(nour, NO_NETWORK, /403/);
  phones.expect(theo, NO_NETWORK);
  await open(nour, SOCIAL);
  await isReadyForTheCellar(nour);
  await nothingIsFound(nour, "a group");

  await test.step("asked for in the cellar, from a cold start", async () => {
    await coop.stop();
    await nour.goto(SOCIAL);
    await expect(nour.getByRole("heading", { level: 1, name: "Vie sociale" })).toBeVisible();
    await standing(nour).getByLabel("Un mot pour le groupe").fill("J’aime <b>les soupes</b>");
    await standing(nour).getByRole("button", { name: /^Demander à rejoindre/ }).click();
    await expect(standing(nour)).toContainText(said("Ta demande attend une réponse"));
    await expect(standing(nour)).toContainText(WAITS);
    await nothingIsFound(nour, "a group, asked for without a network");
    await nour.reload();
    await expect(standing(nour)).toContainText(WAITS);
    await coop.start();
    await online(nour);
    await expectStates(nour, ["applied"]);
    await expect(standing(nour)).not.toContainText(WAITS);
  });

  await test.step("Théo reads her word on his phone, and answers with his", async () => {
    await open(theo, SOCIAL);
    const asked = theo.getByRole("article", { name: said("Nour L. voudrait venir") });
    await expect(asked).toContainText(said("« J’aime <b>les soupes</b> »"));
    await nothingIsFound(theo, "a group with a request");
    await expect(outing(nour)).toHaveCount(0);
    await asked.getByLabel(said("Un mot pour Nour L.")).first().fill("Bienvenue !");
    await asked.getByRole("button", { name: /^Accueillir/ }).click();
    await expectStates(theo, ["applied"]);
    await expect(outing(nour)).toBeVisible({ timeout: 1_000 });
    await expect(standing(nour)).toContainText("Tu en fais partie.");
    await expect(asked).toHaveCount(0);
  });

  await test.step("she is told, and may announce", async () => {
    await open(nour, "/");
    await expect(news(nour, "C’est oui.")).toContainText(said("Tu fais partie de « Vie sociale ». « Bienvenue ! »"));
    await open(nour, "/sorties");
    await nour.getByRole("link", { name: "Nouvelle sortie" }).click();
    await expect(nour.getByRole("heading", { level: 1, name: "Annoncer une sortie" })).toBeVisible();
  });

  await test.step("she leaves in another tab: it is gone there at once, and the form that is open is refused", async () => {
    await nour.getByLabel("Titre", { exact: true }).fill("Loto");
    await nour.getByLabel("Où", { exact: true }).fill("À la coop");
    await nour.getByLabel("Début", { exact: true }).fill("2027-01-15T19:00");
    await nour.getByLabel("Fin", { exact: true }).fill("2027-01-15T22:00");
    const other = await nour.context().newPage();
    await open(other, SOCIAL);
    await expect(outing(other)).toBeVisible();
    await unfold(other, "Changer ça");
    await standing(other).getByRole("button", { name: /^Quitter/ }).click();
    await expect(outing(other)).toHaveCount(0);
    await expect(standing(other).getByRole("button", { name: /^Demander à rejoindre/ })).toBeVisible();
    await expect.poll(async () => (await other.context().request.get("/organiser")).status()).toBe(403);
    const answered = nour.waitForResponse((response) => response.request().method() === "POST");
    await nour.getByRole("button", { name: "Garder en brouillon" }).click();
    expect((await answered).status()).toBe(403);
    await open(theo, "/");
    await expect(news(theo, "Ton groupe change.")).toContainText(said("Nour L. quitte « Vie sociale »."));
  });
});

test("Camille is invited to Distribution, and comes with the keyboard alone", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  await open(camille, "/groupe/distribution");
  await expect(standing(camille)).toContainText(said("t’invite à le rejoindre."));
  await nothingIsFound(camille, "a group that invites");
  await tabTo(camille, standing(camille).getByRole("button", { name: /^Rejoindre/ }));
  await camille.keyboard.press("Enter");
  await expect(standing(camille)).toContainText("Tu en fais partie.");
  await expectStates(camille, ["applied"]);
  await focusIsKept(camille);
});

test("what is typed in an answer stays while others come; a no says why", async ({ phones }) => {
  const [hugo, theo] = [await phones.of(coop, HUGO), await phones.of(coop, THEO)];
  await open(hugo, SOCIAL);
  await standing(hugo).getByRole("button", { name: /^Demander à rejoindre/ }).click();
  await expectStates(hugo, ["applied"]);
  await open(theo, SOCIAL);
  const asked = theo.getByRole("article", { name: said("Hugo V. voudrait venir") });
  await asked.locator("summary").click();
  const no = asked.getByLabel(said("Un mot pour Hugo V.")).last();
  await no.fill("Nous sommes assez cet hiver");
  const lea = await phones.of(coop, LEA);
  await open(lea, SOCIAL);
  await standing(lea).getByRole("button", { name: /^Demander à rejoindre/ }).click();
  await expect(theo.getByRole("article", { name: said("Léa G. voudrait venir") })).toBeVisible();
  await expect(no).toHaveValue("Nous sommes assez cet hiver");
  await asked.getByRole("button", { name: /^Répondre non/ }).click();
  await expect(standing(hugo).getByRole("button", { name: /^Demander à rejoindre/ })).toBeVisible();
  await open(hugo, "/");
  await expect(news(hugo, "Pas cette fois.")).toContainText("Nous sommes assez cet hiver");
});

test("Théo writes the page of his group, and it changes under Nour's eyes", async ({ phones }) => {
  const [theo, nour] = [await phones.of(coop, THEO), await phones.of(coop, NOUR)];
  phones.expect(nour, /403/);
  phones.expect(theo, /422/);
  await open(nour, SOCIAL);
  await open(theo, `${SOCIAL}/gerer`);
  await theo.getByLabel(said("On cherche…")).fill("On cherche un accordéon <script>");
  await theo.getByRole("button", { name: "Enregistrer" }).first().click();
  await isDone(theo, "La page du groupe est à jour, chez tout le monde.");
  await expect(nour.getByRole("region", { name: "Coup de main" })).toContainText("On cherche un accordéon <script>");
  await test.step("a text without its purpose comes back with all that was typed", async () => {
    await theo.getByLabel(said("À quoi il sert")).fill(" ");
    await theo.getByLabel(said("On cherche…")).fill("Deux bras");
    await theo.getByRole("button", { name: "Enregistrer" }).first().click();
    await expect(theo.getByRole("alert").filter({ hasText: "Dis à quoi sert le groupe." })).toBeVisible();
    await expect(theo.getByLabel(said("On cherche…"))).toHaveValue("Deux bras");
  });
  await nour.goto(`${SOCIAL}/gerer`);
  await expect(nour.getByRole("heading", { name: "C’est l’affaire de qui répond du groupe" })).toBeVisible();
});

test("Léa adds a point without a network; Idris puts the agenda in order, and nobody else may", async ({ phones }) => {
  const [lea, idris] = [await phones.of(coop, LEA), await phones.of(coop, IDRIS)];
  phones.expect(lea, NO_NETWORK, /403/);
  phones.expect(idris, NO_NETWORK);
  await open(lea, "/coordination");
  await isReadyForTheCellar(lea);
  await nothingIsFound(lea, "the coordination");
  await coop.stop();
  await lea.goto("/coordination");
  await lea.getByLabel(said("De quoi faut-il parler")).fill("Les vélos devant la porte");
  await lea.getByRole("button", { name: "Ajouter ce point" }).click();
  const agenda = lea.getByRole("region", { name: "L’ordre du jour" });
  const point = agenda.getByRole("listitem").filter({ hasText: "Les vélos devant la porte" });
  await expect(point).toContainText(WAITS);
  await coop.start();
  await online(lea);
  await expectStates(lea, ["applied"]);

  await open(idris, "/gouvernance");
  await idris.getByRole("region", { name: "Les réunions de coordination" }).getByRole("link").first().click();
  const rank = idris.getByRole("group", { name: "Les vélos devant la porte" });
  await rank.getByLabel("Rang").fill("0");
  await rank.getByLabel("Minutes").fill("15");
  await idris.getByRole("button", { name: "Enregistrer l’ordre du jour" }).click();
  await isDone(idris, "L’ordre du jour est enregistré.");
  await expect(agenda.getByRole("listitem").first()).toContainText(said("Les vélos devant la porte"));
  await expect(agenda.getByRole("listitem").first()).toContainText(said("par toi · 15 min"));

  await lea.goto("/gouvernance");
  await expect(lea.getByRole("heading", { name: "C’est une page de gouvernance" })).toBeVisible();
});

test("a decision is found without its accents, without a network; what comes in its place is said", async ({ phones }) => {
  const [nour, idris] = [await phones.of(coop, NOUR), await phones.of(coop, IDRIS)];
  phones.expect(nour, NO_NETWORK);
  await open(idris, "/gouvernance");
  await unfold(idris, "Noter une décision");
  const form = formOf(idris, "Mettre au registre");
  await form.getByLabel("Ce qui est décidé").fill("Garer les vélos côté cour");
  await form.getByLabel("Qui a décidé").selectOption({ label: "Coordination" });
  await form.getByLabel("Elle remplace").selectOption({ index: 1 });
  await form.getByRole("button", { name: "Mettre au registre" }).click();
  await isDone(idris, "La décision est au registre.");

  await open(nour, "/decisions");
  await isReadyForTheCellar(nour);
  await nothingIsFound(nour, "the register");
  await coop.stop();
  await nour.goto("/decisions");
  const search = nour.getByRole("searchbox", { name: "Chercher une décision" });
  await search.fill("velos cour");
  await expect(nour.getByRole("article")).toHaveCount(1);
  await expect(nour.getByRole("article")).toContainText("En vigueur");
  await search.fill("evenement prix");
  await expect(nour.getByRole("status").filter({ hasText: said("2 décisions trouvées") })).toBeVisible();
  await search.fill("");
  await expect(nour.getByRole("article").filter({ hasText: said("Remplacée par « Garer les vélos côté cour »") })).toBeVisible();
  await test.step("to answer a consultation needs the network, and says so", async () => {
    await nour.goto("/consultations");
    await expect(nour.getByRole("heading", { name: "Il faut le réseau, cette fois" })).toBeVisible();
  });
  await coop.start();
});

test("Nour has a reserve, and says why; the committee closes, and everybody reads what it came to", async ({ phones }) => {
  const [nour, idris] = [await phones.of(coop, NOUR), await phones.of(coop, IDRIS)];
  phones.expect(nour, /422/);
  await open(nour, "/coordination");
  await nour.getByRole("link", { name: /^Accepter les chèques-vacances/ }).click();
  await nour.getByRole("radio", { name: /^Réserve/ }).check();
  await nour.getByRole("button", { name: "Répondre" }).click();
  await expect(nour.getByRole("alert").filter({ hasText: said("Une réserve ou une objection dit pourquoi") })).toBeVisible();
  await nour.getByLabel("Pourquoi", { exact: true }).fill("Qui tient les comptes ? <i>Moi</i> ?");
  await nour.getByRole("button", { name: "Répondre" }).click();
  await isDone(nour, "Ta réponse est enregistrée.");
  await expect(nour.getByRole("region", { name: said("Réserves et objections") })).toContainText("<i>Moi</i>");
  await nothingIsFound(nour, "a consultation, answered");

  await idris.goto(new URL(nour.url()).pathname);
  await idris.getByRole("checkbox", { name: "Oui, la clore maintenant" }).check();
  await idris.getByRole("button", { name: "Clore maintenant" }).click();
  await isDone(idris, "La consultation est close.");
  await expect(idris.getByRole("region", { name: said("Ce qu’il en ressort") })).toContainText(said("… d’accord, … réserves, aucune objection"));
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("Jeanne asks to join by a plain form, and thinks again", async ({ phones }) => {
    const jeanne = await phones.of(coop, JEANNE);
    await jeanne.goto("/groupe/association");
    await standing(jeanne).getByLabel("Un mot pour le groupe").fill("Je sais compter");
    await standing(jeanne).getByRole("button", { name: /^Demander à rejoindre/ }).click();
    await expect(jeanne).toHaveURL(/\/groupe\/association\?act=/);
    await expect(standing(jeanne)).toContainText(said("Ta demande attend une réponse"));
    await standing(jeanne).getByRole("button", { name: /^Retirer ta demande/ }).click();
    await expect(standing(jeanne).getByRole("button", { name: /^Demander à rejoindre/ })).toBeVisible();
  });

  test("the register is searched by its address", async ({ phones }) => {
    const jeanne = await phones.of(coop, JEANNE);
    await jeanne.goto("/decisions?q=strategique");
    await expect(jeanne.getByRole("article")).toHaveCount(2);
  });
});
