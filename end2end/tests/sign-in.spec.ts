import type { Page } from "@playwright/test";
import { ANNE, BRUNO, CAMILLE, HUGO, INES, KARIM, LEA, PAUL, SOLENE } from "../cast";
import { CoopServer } from "../coop-server";
import { codesTo, nextCode } from "../letters";
import { afterTheFifteenSeconds, expect, open, sheet, test, told } from "../phones";
import { ownShifts } from "../shifts";
import { askForCode, mistyped, typeCode } from "../typing";

let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("sign-in");
});
test.afterAll(() => coop.close());

const hello = (page: Page, name: string) => page.getByRole("heading", { level: 1, name: `Bonjour ${name}` });
const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));

async function arrive(page: Page, email: string) {
  await page.goto("/connexion");
  await typeCode(page, await askForCode(page, coop, email));
}

test("Camille types her code and is where she wanted to go", async ({ phones }) => {
  const camille = await phones.visitor(coop);
  await camille.goto("/echanges");
  await expect(camille).toHaveURL("/connexion?retour=%2Fechanges");
  const code = await askForCode(camille, coop, CAMILLE.email);
  await expect(camille.getByText(`Si ${CAMILLE.email} est connue, un code vient de partir.`)).toBeVisible();
  await typeCode(camille, code);
  await expect(camille).toHaveURL("/echanges");
  await expect(camille.getByRole("heading", { level: 1, name: "Échanges" })).toBeVisible();
});

test("a code may be typed in two halves, and its address in capitals", async ({ phones }) => {
  const paul = await phones.visitor(coop);
  await paul.goto("/connexion");
  await paul.getByLabel("Ton adresse e-mail").fill(PAUL.email.toUpperCase());
  await paul.getByRole("button", { name: "Recevoir un code" }).click();
  await expect.poll(() => codesTo(coop, PAUL.email)).toHaveLength(1);
  const [code] = codesTo(coop, PAUL.email);
  await typeCode(paul, `${code.slice(0, 3)} ${code.slice(3)}`);
  await expect(hello(paul, "Paul")).toBeVisible();
});

test("a wrong code says how many tries are left, and the right one still opens", async ({ phones }) => {
  const karim = await phones.visitor(coop);
  await karim.goto("/connexion");
  const code = await askForCode(karim, coop, KARIM.email);
  await typeCode(karim, mistyped(code));
  await expect(karim.getByRole("alert")).toHaveText("Ce n’est pas ce code. Il te reste 4 essais.");
  await expect(karim.getByLabel("Les 6 chiffres")).toHaveAttribute("aria-invalid", "true");
  await typeCode(karim, code);
  await expect(hello(karim, "Karim")).toBeVisible();
});

test("after five wrong codes even the right one is refused", async ({ phones }) => {
  const lea = await phones.visitor(coop);
  await lea.goto("/connexion");
  const code = await askForCode(lea, coop, LEA.email);
  for (const left of ["4 essais", "3 essais", "2 essais", "1 essai"]) {
    await typeCode(lea, mistyped(code));
    await expect(lea.getByRole("alert")).toContainText(`Il te reste ${left}.`);
  }
  for (const typed of [mistyped(code), code]) {
    await typeCode(lea, typed);
    await expect(lea.getByRole("alert")).toHaveText("Trop d’essais avec ce code. Demandes-en un autre.");
  }
});

test("a code works once: whoever reads the mail later is not let in", async ({ phones }) => {
  const [hugo, stranger] = [await phones.visitor(coop), await phones.visitor(coop)];
  await hugo.goto("/connexion");
  const code = await askForCode(hugo, coop, HUGO.email);
  await stranger.context().addCookies(await hugo.context().cookies());
  await typeCode(hugo, code);
  await expect(hello(hugo, "Hugo")).toBeVisible();
  await stranger.goto("/connexion/code");
  await typeCode(stranger, code);
  await expect(stranger.getByRole("alert")).toContainText("Ce code n’est plus valable");
});

test("an unknown address is told the same, and nothing is sent to it", async ({ phones }) => {
  const [stranger, solene] = [await phones.visitor(coop), await phones.visitor(coop)];
  await stranger.goto("/connexion");
  await stranger.getByLabel("Ton adresse e-mail").fill("personne@exemple.fr");
  await stranger.getByRole("button", { name: "Recevoir un code" }).click();
  await expect(stranger.getByText("Si personne@exemple.fr est connue, un code vient de partir.")).toBeVisible();
  // Mails leave in the order in which they were asked for: hers comes after what would have been theirs.
  await arrive(solene, SOLENE.email);
  await expect(hello(solene, "Solène")).toBeVisible();
  expect(codesTo(coop, "personne@exemple.fr")).toEqual([]);
  await typeCode(stranger, "123456");
  await expect(stranger.getByRole("alert")).toContainText("Ce n’est pas ce code.");
});

test("what is no address is said beside it", async ({ phones }) => {
  const visitor = await phones.visitor(coop);
  await visitor.goto("/connexion");
  // The browser's own check lets this one pass.
  await visitor.getByLabel("Ton adresse e-mail").fill("camille@exemple");
  await visitor.getByRole("button", { name: "Recevoir un code" }).click();
  await expect(visitor.getByRole("alert")).toHaveText("Cette adresse n’a pas la forme nom@exemple.fr.");
});

test("Anne and Bruno share an address, and are asked who they are after the code", async ({ phones }) => {
  const phone = await phones.visitor(coop);
  await phone.goto("/connexion/qui");
  await expect(phone.getByText("Ce code a déjà servi, ou le temps est passé.")).toBeVisible();
  await arrive(phone, ANNE.email);
  await expect(phone.getByRole("heading", { name: "Qui es-tu ?" })).toBeVisible();
  for (const [at, { short }] of [ANNE, BRUNO].entries()) {
    await expect(phone.getByRole("button").nth(at)).toHaveAccessibleName(short);
  }
  await phone.getByRole("button", { name: BRUNO.short }).click();
  await expect(hello(phone, "Bruno")).toBeVisible();

  await test.step("and the phone can change hands", async () => {
    // It still asks for Bruno, and is told who is there now.
    phones.expect(phone, /409/);
    await open(phone, "/moi");
    await phone.getByRole("region", { name: "Changer de personne" }).getByRole("button", { name: ANNE.short }).click();
    await expect(hello(phone, "Anne")).toBeVisible();
    await phone.reload();
    await expect(hello(phone, "Anne")).toBeVisible();
    await expect.poll(async () => (await databases(phone)).filter((name) => name.startsWith("snap-")).length).toBe(2);
  });
});

test("a phone that signs out keeps nothing that was read on it", async ({ phones }) => {
  const ines = await phones.visitor(coop);
  await arrive(ines, INES.email);
  await expect(hello(ines, "Inès")).toBeVisible();
  await open(ines, "/moi");
  expect((await databases(ines)).some((name) => name.startsWith("snap-"))).toBe(true);
  // What is on its way when the session ends, and whose phone it is now, is answered with 401.
  phones.expect(ines, /401/);
  await ines.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(ines.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
  expect((await databases(ines)).filter((name) => name.startsWith("snap-") || name.startsWith("outbox-"))).toEqual([]);
  await ines.goto("/vacations");
  await expect(ines.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
});

test("signing out asks first while an act has not left", async ({ phones }) => {
  const hugo = await phones.of(coop, HUGO, { quick: true });
  await open(hugo, "/echanges");
  await hugo.getByRole("region", { name: "Tu proposes" }).getByRole("button", { name: "Garder ma place" }).click();
  await expect(hugo.getByRole("button", { name: "Annuler" })).toBeVisible();
  await hugo.getByRole("link", { name: /^Moi/ }).click();
  await hugo.getByRole("button", { name: "Se déconnecter" }).click();
  const warning = sheet(hugo, "Partir sans envoyer ?");
  await expect(warning).toContainText("1 action de ce téléphone n’est pas encore partie.");
  await warning.getByRole("button", { name: "Rester" }).click();
  await expect(warning).toBeHidden();
  await afterTheFifteenSeconds(hugo);
  await expect(told(hugo, "Tu gardes ta place.")).toBeAttached();
});

test("a form posted from a page that is signed out since changes nothing", async ({ phones }) => {
  const camille = await phones.visitor(coop, { javaScriptEnabled: false });
  await arrive(camille, CAMILLE.email);
  await camille.goto("/vacations/miennes");
  await camille.getByRole("link", { name: "Je ne peux pas venir" }).first().click();
  await camille.getByRole("link", { name: /^Donner ma place/ }).click();
  const shift = new URL(camille.url()).pathname;

  const other = await camille.context().newPage();
  await other.goto("/moi");
  await other.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(other.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();

  phones.expect(camille, /401/);
  await sheet(camille, "Donner ma place").getByRole("button", { name: "Donner ma place" }).click();
  await expect(camille.getByText("Tu n’es pas connecté.")).toBeVisible();
  await camille.getByRole("link", { name: "Se connecter" }).click();
  await typeCode(camille, await askForCode(camille, coop, CAMILLE.email));
  await camille.goto(shift);
  await expect(camille.getByText("La tienne", { exact: true })).toBeVisible();
  await expect(camille.getByText("Tu cherches quelqu’un")).toBeHidden();
});

test("Karim disconnects a phone he has lost: it forgets what it read", async ({ phones }) => {
  const lost = await phones.visitor(coop, {
    userAgent: "Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit/537.36 Chrome/124.0 Mobile Safari/537.36",
  });
  const here = await phones.visitor(coop);
  await arrive(lost, KARIM.email);
  await arrive(here, KARIM.email);
  await ownShifts(lost);
  await open(here, "/moi/appareils");
  await expect(here.getByRole("listitem").filter({ hasText: "Cet appareil" })).toHaveCount(1);
  await here.getByRole("button", { name: "Déconnecter Chrome sur Android" }).click();
  await expect(here.getByRole("button", { name: "Déconnecter Chrome sur Android" })).toHaveCount(0);

  phones.expect(lost, /401/);
  // It hears of it by itself: its stream of news ends.
  await expect(lost.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
  expect((await databases(lost)).filter((name) => name.startsWith("snap-"))).toEqual([]);
});

test("a code that is ten minutes old no longer opens", async ({ phones }) => {
  const ines = await phones.visitor(coop);
  await ines.goto("/connexion");
  const code = await askForCode(ines, coop, INES.email);
  await coop.pass({ minutes: 11 });
  await typeCode(ines, code);
  await expect(ines.getByRole("alert")).toHaveText("Ce code n’est plus valable : il vaut 10 minutes. Demandes-en un autre.");
  const before = codesTo(coop, INES.email).length;
  await ines.getByRole("button", { name: "Renvoyer un code" }).click();
  await typeCode(ines, await nextCode(coop, INES.email, before));
  await expect(hello(ines, "Inès")).toBeVisible();
});
