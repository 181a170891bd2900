import { nothingIsFound } from "../axe";
import { CAMILLE, MARGAUX } from "../cast";
import { CoopServer } from "../coop-server";
import { tabTo } from "../focus";
import { expect, open, test } from "../phones";

// What is asked of members: the office reads it, tries something else, sees whom it would touch, and saves it.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("rules");
});
test.afterAll(() => coop.close());

test("Margaux tries a double compensation, sees what it would change, and saves it", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX);
  phones.expect(margaux, /422/);

  await test.step("she finds the rules on « Moi », in sentences", async () => {
    await open(margaux, "/moi");
    await margaux.getByRole("region", { name: "À traiter" }).getByRole("link", { name: "Les règles" }).click();
    await expect(margaux.getByRole("heading", { level: 1, name: "Les règles" })).toBeVisible();
    await expect(margaux.getByRole("region", { name: "Ce qu’on demande aujourd’hui" })).toContainText("Chaque cycle de 4 semaines demande");
    await nothingIsFound(margaux, "/bureau/regles");
  });

  await test.step("an example fills the form", async () => {
    await margaux.getByRole("link", { name: "Changer les règles" }).click();
    await expect(margaux.getByRole("heading", { level: 1, name: "Changer les règles" })).toBeVisible();
    await margaux.getByText("Partir d’ailleurs").click();
    await margaux.getByRole("link", { name: /^Deux dues, réductible/ }).click();
    await expect(margaux).toHaveURL(/modele=deux-dues/);
    await expect(margaux.getByLabel("À partir de quel jour")).not.toHaveValue("");
    await nothingIsFound(margaux, "/bureau/regles/changer");
  });

  await test.step("without a reason nothing is tried, and the example is still there", async () => {
    await margaux.getByRole("button", { name: "Voir ce que ça changerait" }).click();
    await expect(margaux.getByRole("alert")).toContainText("1 réponse à revoir");
    await nothingIsFound(margaux, "/bureau/regles/changer, wrong");
    await margaux.getByText("Une absence", { exact: true }).click();
    await expect(margaux.getByLabel("Une absence laisse à faire")).toHaveValue("2");
    await margaux.getByRole("alert").getByRole("link").click();
    await expect(margaux.getByLabel("Pourquoi").first()).toBeFocused();
  });

  await test.step("with one she sees whom it would put elsewhere, by the keyboard alone", async () => {
    await margaux.keyboard.type("Voté à l’AG");
    await margaux.keyboard.press("Enter");
    const trial = margaux.getByRole("region", { name: "Ce que ça changerait" });
    await expect(trial.getByRole("status")).toContainText(/passerai(en)?t|Personne ne changerait/);
    await expect(margaux.getByRole("region", { name: "Ce qui change dans les règles" })).toContainText("2 en tout");
    await nothingIsFound(margaux, "/bureau/regles/changer, tried");
  });

  await test.step("saved, it says from when, and stands in the history with her name and her reason", async () => {
    await tabTo(margaux, margaux.getByRole("button", { name: "Enregistrer" }), 60);
    await margaux.keyboard.press("Enter");
    await expect(margaux).toHaveURL(/\/bureau\/regles\?enregistre=/);
    await expect(margaux.getByRole("status").filter({ hasText: "C’est enregistré." })).toBeVisible();
    const coming = margaux.getByRole("region", { name: "À venir" }).getByRole("listitem").first();
    await expect(coming).toContainText("Voté à l’AG");
    await expect(coming).toContainText(MARGAUX.short);
    await nothingIsFound(margaux, "/bureau/regles, with rules to come");
    await margaux.reload();
    await expect(margaux.getByRole("region", { name: "À venir" }).getByRole("listitem")).toHaveCount(1);
  });
});

test("without any script the rules are changed all the same", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX, { javaScriptEnabled: false });
  await margaux.goto("/bureau/regles/changer?modele=alerte-sursis");
  await margaux.getByLabel("À partir de quel jour").fill("2031-03-03");
  await margaux.getByLabel("Pourquoi").first().fill("Essai sans script");
  await margaux.getByRole("button", { name: "Voir ce que ça changerait" }).click();
  await margaux.getByRole("button", { name: "Enregistrer" }).dblclick();
  await expect(margaux).toHaveURL(/\/bureau\/regles\?enregistre=/);
  const saved = margaux.getByRole("region", { name: "Toutes les versions" }).getByRole("listitem").filter({ hasText: "Essai sans script" });
  await expect(saved).toHaveCount(1);
});

test("a member who is not of the office sees whose page it is", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, /403/);
  for (const address of ["/bureau/regles", "/bureau/regles/changer"]) {
    await open(camille, address);
    await expect(camille.getByRole("heading", { name: "C’est une page du bureau" })).toBeVisible();
  }
});
