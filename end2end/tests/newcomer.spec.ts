import { expectStates } from "../acting";
import { nothingIsFound } from "../axe";
import { MARGAUX, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { isDone, unfold } from "../organising";
import { expect, isAlive, news, open, test } from "../phones";
import { said } from "../said";
import { askForCode, typeCode } from "../typing";

// From a line of a file to an outing of her own: Zoé is imported, invited, signs in, asks to join Vie sociale, is accepted, may
// announce within a second; leaves, and may not any more, neither on her phone nor with what she had begun.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("newcomer");
});
test.afterAll(() => coop.close());

const MEMBERS = "/bureau/membres";
const SOCIAL = "/groupe/vie-sociale";
const ZOE = "zoe.essai@exemple.fr";
const FILE = ["Numero existant;Nom;Prénom;Email;Téléphone;Date inscription;Montant des parts", `9001;Essai;Zoé;${ZOE};0612345678;20/11/2026;100`, ""];

test("a newcomer is imported, invited, signs in, joins Vie sociale and may announce at once; leaves, and may not any more", async ({
  phones,
}) => {
  test.slow();

  await test.step("Margaux brings her in with a file, and invites her", async () => {
    const margaux = await phones.of(coop, MARGAUX);
    await open(margaux, `${MEMBERS}/importer`);
    // As a spreadsheet of Windows writes it.
    const buffer = Buffer.from(FILE.join("\r\n"), "latin1");
    await margaux.getByLabel("Le fichier des membres").setInputFiles({ name: "membres.csv", mimeType: "text/csv", buffer });
    await margaux.getByRole("button", { name: "Lire le fichier" }).click();
    await expect(margaux.getByText(said("Zoé Essai, n° 9001"))).toBeVisible();
    await margaux.getByRole("button", { name: "Appliquer" }).click();
    await isDone(margaux, "C’est appliqué, en entier.");
    await open(margaux, `${MEMBERS}?q=essai`);
    await margaux.getByRole("link", { name: said("Essai Zoé") }).click();
    await margaux.getByRole("button", { name: said("Inviter à entrer dans l’application") }).click();
    await isDone(margaux, "L’invitation part par mail.");
  });

  const zoe = await phones.visitor(coop);
  // The form that was open is refused.
  phones.expect(zoe, /403/);
  const theo = await phones.of(coop, THEO);
  const standing = zoe.getByRole("region", { name: "Toi et ce groupe" });
  const outing = zoe.getByRole("navigation", { name: "Avec ce groupe" }).getByRole("link", { name: "Nouvelle sortie" });

  await test.step("she signs in with the address of the mail", async () => {
    await zoe.goto("/connexion");
    await typeCode(zoe, await askForCode(zoe, coop, ZOE));
    await expect(zoe.getByRole("heading", { level: 1, name: "Bonjour Zoé" })).toBeVisible();
    await isAlive(zoe);
    await expect(zoe.getByRole("region", { name: "Tu arrives" })).toBeVisible();
  });

  await test.step("she asks to join; what goes with it is not hers yet", async () => {
    await open(zoe, SOCIAL);
    await expect(outing).toHaveCount(0);
    expect((await zoe.request.get("/organiser")).status()).toBe(403);
    await standing.getByLabel("Un mot pour le groupe").fill("Je viens d’arriver");
    await standing.getByRole("button", { name: /^Demander à rejoindre/ }).click();
    await expect(standing).toContainText(said("Ta demande attend une réponse"));
    await expectStates(zoe, ["applied"]);
  });

  await test.step("Théo accepts: « Nouvelle sortie » is on her phone within a second", async () => {
    await open(theo, SOCIAL);
    const asked = theo.getByRole("article", { name: said("Zoé E. voudrait venir") });
    await expect(asked).toContainText(said("« Je viens d’arriver »"));
    await expect(outing).toHaveCount(0);
    await asked.getByRole("button", { name: /^Accueillir/ }).click();
    await expectStates(theo, ["applied"]);
    await expect(outing).toBeVisible({ timeout: 1_000 });
    await expect(standing).toContainText("Tu en fais partie.");
    await nothingIsFound(zoe, "a group that she belongs to");
  });

  await test.step("she begins to announce, and leaves the group elsewhere: it is gone at once, and what was open is refused", async () => {
    await outing.click();
    await expect(zoe.getByRole("heading", { level: 1, name: "Annoncer une sortie" })).toBeVisible();
    await zoe.getByLabel("Titre", { exact: true }).fill("Loto");
    await zoe.getByLabel("Où", { exact: true }).fill("À la coop");
    await zoe.getByLabel("Début", { exact: true }).fill("2027-01-15T19:00");
    await zoe.getByLabel("Fin", { exact: true }).fill("2027-01-15T22:00");
    const other = await zoe.context().newPage();
    await open(other, SOCIAL);
    const there = other.getByRole("region", { name: "Toi et ce groupe" });
    const gone = other.getByRole("navigation", { name: "Avec ce groupe" }).getByRole("link", { name: "Nouvelle sortie" });
    await expect(gone).toBeVisible();
    await unfold(other, "Changer ça");
    await there.getByRole("button", { name: /^Quitter/ }).click();
    await expect(gone).toHaveCount(0);
    await expect(there.getByRole("button", { name: /^Demander à rejoindre/ })).toBeVisible();
    await expect.poll(async () => (await other.request.get("/organiser")).status()).toBe(403);
    const answered = zoe.waitForResponse((response) => response.request().method() === "POST");
    await zoe.getByRole("button", { name: "Garder en brouillon" }).click();
    expect((await answered).status()).toBe(403);
    await open(theo, "/");
    await expect(news(theo, "Ton groupe change.")).toContainText(said("Zoé E. quitte « Vie sociale »."));
  });
});
