import { expectStates } from "../acting";
import { nothingIsFound } from "../axe";
import { INES, PAUL, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { keptMe } from "../kept";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";
import { NO_PHOTO, photo } from "../photos";
import { said } from "../said";

// What people really do to a form: huge photos, wrong files, everything pasted at once, keys alone.
let coop: CoopServer;

const MONDAY = "2026-11-30";

test.beforeAll(async () => {
  coop = await CoopServer.open("brief-writing");
});
test.afterAll(() => coop.close());

test("a photo of thirty megapixels is made small, a file that is none is refused, five megabytes of text cost nothing that was typed", async ({
  phones,
}) => {
  test.slow();
  const theo = await phones.of(coop, THEO);
  phones.expect(theo, NO_NETWORK);
  await open(theo, "/breve/proposer");
  await isReadyForTheCellar(theo);
  const [title, text, picture] = [theo.getByLabel("Titre", { exact: true }), theo.getByLabel("Texte", { exact: true }), theo.getByLabel("Une image", { exact: true })];
  await title.fill("Récolte de courges");

  await test.step("what is no photo says so, beside the field", async () => {
    await text.focus();
    await picture.setInputFiles(NO_PHOTO);
    await expect(theo.getByText(said("Ce fichier n’est pas une photo que cet appareil sait lire"))).toBeVisible();
    await expect(title).toHaveValue("Récolte de courges");
  });

  await test.step("five megabytes are counted, kept, and not sent", async () => {
    await text.fill("courge ".repeat(750_000));
    await expect(theo.getByText(said("caractères de trop : raccourcis un peu pour pouvoir enregistrer.")).first()).toBeVisible({ timeout: 30_000 });
    await theo.getByRole("button", { name: "Proposer" }).click();
    expect(await text.evaluate((field: HTMLTextAreaElement) => field.value.length)).toBe(5_250_000);
    await expectStates(theo, []);
    await text.fill("Samedi, au jardin. **Apporte un couteau.**");
  });

  await test.step("the preview is what will be read, and undo takes back what a button did", async () => {
    const preview = theo.getByRole("region", { name: "Aperçu" });
    await expect(preview.locator("strong")).toHaveText("Apporte un couteau.");
    await text.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(0, 6));
    await theo.getByRole("button", { name: "Italique" }).click();
    await expect(preview.locator("em")).toHaveText("Samedi");
    await text.press("Control+z");
    await expect(text).toHaveValue("Samedi, au jardin. **Apporte un couteau.**");
    await expect(preview.locator("em")).toHaveCount(0);
  });

  await test.step("without a network the photo is made small, and says what it shows before it goes", async () => {
    await coop.stop();
    await picture.setInputFiles(await photo(theo, 6000, 5000));
    await expect(theo.getByText(said("La photo est prête : 1 600 × 1 333"))).toBeVisible({ timeout: 60_000 });
    await theo.getByRole("button", { name: "Proposer" }).click();
    await expect(theo.getByRole("alert").filter({ hasText: said("Dis en quelques mots ce que montre l’image") })).toBeVisible();
    await theo.getByLabel("Ce que l’image montre").fill("Des courges dans une brouette");
    await nothingIsFound(theo, "a contribution with a picture");
    await theo.getByRole("button", { name: "Proposer" }).click();
    await expect(theo.getByRole("article", { name: "Récolte de courges" })).toContainText("En attente d’envoi");
    await coop.start();
    await open(theo, "/breve/proposer");
    await expectStates(theo, ["applied"]);
  });

  await test.step("the server has it: small, and nothing of what the camera wrote", async () => {
    const blocks = JSON.parse(await keptMe(theo)).blocks as { said: { title: string; picture?: { id: string; width: number; height: number } } }[];
    const chosen = blocks.find(({ said }) => said.title === "Récolte de courges")?.said.picture;
    expect([chosen?.width, chosen?.height]).toEqual([1600, 1333]);
    await expect(async () => {
      const answer = await theo.request.get(`${coop.address}/pictures/${chosen?.id}`);
      expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/webp"]);
      expect((await answer.body()).length).toBeLessThanOrEqual(600_000);
    }).toPass();
  });
});

test("an editor puts a picture into a block with the keys alone, and another editor's text is not lost for it", async ({ phones }) => {
  test.slow();
  const ines = await phones.of(coop, INES, { viewport: { width: 1280, height: 800 } });
  const paul = await Elsewhere.of(coop, PAUL);
  await open(ines, `/communication/breve?lundi=${MONDAY}`);
  const title = "Balances : on les étalonne jeudi";
  await ines.getByRole("region", { name: "Dans la brève" }).getByRole("listitem").filter({ hasText: said(title) }).getByRole("link", { name: /^Relire/ }).press("Enter");
  await expect(ines.getByRole("heading", { level: 2, name: said(title) })).toBeVisible();

  await test.step("with the keys: bold, a list, and out of the toolbar again", async () => {
    const text = ines.getByLabel("Texte", { exact: true });
    await text.fill("Caisse 2 fermée");
    await text.press("Control+a");
    await text.press("Control+b");
    await expect(text).toHaveValue("**Caisse 2 fermée**");
    await text.press("Shift+Tab");
    await expect(ines.getByRole("toolbar").getByRole("button").first()).toBeFocused();
    await ines.keyboard.press("ArrowRight");
    await ines.keyboard.press("ArrowRight");
    await ines.keyboard.press("ArrowRight");
    await expect(ines.getByRole("button", { name: "Liste", exact: true })).toBeFocused();
    await ines.keyboard.press("Enter");
    await expect(text).toHaveValue("- **Caisse 2 fermée**");
  });

  await test.step("a picture, with what it shows", async () => {
    await ines.getByLabel("Choisir une image").setInputFiles(await photo(ines, 2400, 1200));
    const alt = ines.getByLabel("Ce qu’elle montre");
    await expect(alt).toBeFocused({ timeout: 30_000 });
    await ines.keyboard.type("La balance de la caisse 2");
    await expect(ines.locator("[data-state]")).toContainText("Enregistré à", { timeout: 15_000 });
    await nothingIsFound(ines, "a block with a picture");
    await ines.reload();
    const shown = ines.locator(".workshop__picture");
    await expect(shown).toHaveJSProperty("complete", true);
    await expect(shown).toHaveJSProperty("naturalWidth", 1600);
    await expect(alt).toHaveValue("La balance de la caisse 2");
  });

  await test.step("what Paul wrote from the version before stands beside, picture and all", async () => {
    const block = new URL(ines.url()).pathname.split("/").pop();
    const { groups } = (await paul.me()) as unknown as { groups: string[] };
    await paul.acts("edit_block", { block, base: 1, group: groups[0], title, text: "Les deux caisses sont fermées." });
    await ines.reload();
    await expect(ines.getByRole("region", { name: said("Deux versions : règle-les") }).getByRole("article")).toHaveCount(2);
    await expect(ines.getByText("La balance de la caisse 2").first()).toBeVisible();
    await nothingIsFound(ines, "two versions, one with a picture");
  });
});

test("a save that is refused costs nothing that was typed, and signing out takes along what never left", async ({ phones }) => {
  const ines = await phones.of(coop, INES, { viewport: { width: 1280, height: 800 } });
  // What is refused comes back as a page, or as an answer to the page's script; at the end she signs out.
  phones.expect(ines, NO_NETWORK, /status of 422/, /status of 401/);
  // Leaving with something unsent is asked about.
  ines.on("dialog", (dialog) => void dialog.accept());
  const was = "Les équipes des jours de fête";
  const [title, text] = [ines.getByLabel("Titre", { exact: true }), ines.getByLabel("Texte", { exact: true })];
  const [state, save] = [ines.locator("[data-state]"), ines.getByRole("button", { name: "Enregistrer", exact: true })];
  const kept = () => ines.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("breve/")));
  await open(ines, `/communication/breve?lundi=${MONDAY}`);
  await ines.getByRole("link", { name: said(`Relire et modifier « ${was} »`) }).click();
  await expect(title).toHaveValue(was);
  const page = ines.url();

  await test.step("refused, it is still in its fields", async () => {
    await text.fill("Les 24 et 31, le magasin ferme à **15 h**.");
    await title.fill("🎉");
    await save.click();
    await expect(ines.getByRole("alert").filter({ hasText: "Le titre n’a pas de mots" })).toBeVisible();
    await expect(text).toHaveValue("Les 24 et 31, le magasin ferme à **15 h**.");
    await expect(title).toHaveValue("🎉");
    await expect(state).toContainText("gardé sur cet appareil");
    expect(await kept()).toHaveLength(1);
    await nothingIsFound(ines, "a text that was refused");
  });

  await test.step("loaded anew, the page shows what the server has, and gives back what it has not", async () => {
    await ines.reload();
    await expect(ines).toHaveURL(page);
    await expect(title).toHaveValue(was);
    await expect(state).toContainText("Cet appareil a gardé ce que tu avais écrit");
    await ines.getByRole("button", { name: "Reprendre ce que j’avais écrit" }).click();
    await expect(text).toHaveValue("Les 24 et 31, le magasin ferme à **15 h**.");
    await expect(title).toHaveValue("🎉");
  });

  await test.step("put right, it is saved, which is said once", async () => {
    await title.fill(was);
    await save.click();
    await expect(ines.getByRole("status").filter({ hasText: "C’est enregistré." })).toBeVisible();
    await expect(ines).toHaveURL(page);
    await expect(text).toHaveValue("Les 24 et 31, le magasin ferme à **15 h**.");
    expect(await kept()).toEqual([]);
    await ines.reload();
    await expect(text).toHaveValue("Les 24 et 31, le magasin ferme à **15 h**.");
    await expect(ines.getByRole("status").filter({ hasText: "C’est enregistré." })).toHaveCount(0);
  });

  await test.step("signing out asks about what is only here, and forgets it", async () => {
    await text.fill("");
    await title.fill("🎉");
    await expect(state).toContainText("Pas encore enregistré", { timeout: 15_000 });
    expect(await kept()).toHaveLength(1);
    await open(ines, "/moi");
    await ines.getByRole("button", { name: "Se déconnecter" }).click();
    const asks = ines.getByRole("dialog", { name: said("Partir sans envoyer ?") });
    await expect(asks).toContainText(said("Ce que tu écris pour la brève n’est gardé que sur ce téléphone."));
    await asks.getByRole("button", { name: "Me déconnecter quand même" }).click();
    await expect(ines).toHaveURL(/\/connexion/);
    expect(await kept()).toEqual([]);
  });
});
