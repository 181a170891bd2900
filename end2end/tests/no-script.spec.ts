import type { Page } from "@playwright/test";
import { ANNE, CAMILLE, HUGO, IDRIS, INES, JEANNE, KARIM, PAUL } from "../cast";
import { CoopServer } from "../coop-server";
import { expect, open, sheet, test, theLoop } from "../phones";
import { nextShift, openFirstTakeable, page, teammate, type Shift } from "../shifts";
import { askForCode, typeCode } from "../typing";

// Old phones, blocked scripts, the first second on a slow network: the main job is plain links and forms.
let coop: CoopServer;

test.use({ javaScriptEnabled: false });
test.beforeAll(async () => {
  coop = await CoopServer.open("no-script");
});
test.afterAll(() => coop.close());

const own = async (phone: Page): Promise<Shift> => {
  await phone.goto("/vacations/miennes");
  const link = phone.getByRole("region", { name: "À venir" }).getByRole("heading", { level: 3 }).getByRole("link").first();
  return { id: ((await link.getAttribute("href")) ?? "").replace("/vacation/", ""), said: (await link.textContent()) ?? "" };
};
const done = (phone: Page, words = "C’est fait.") => expect(phone.getByRole("status").filter({ hasText: words }).first()).toBeAttached();

test("Camille signs in", async ({ phones }) => {
  const camille = await phones.visitor(coop);
  await camille.goto("/vacations");
  await typeCode(camille, await askForCode(camille, coop, CAMILLE.email));
  await expect(camille).toHaveURL("/vacations");
  await expect(camille.getByRole("heading", { level: 1, name: "Vacations" })).toBeVisible();
  await expect(camille.getByRole("article").first()).toBeVisible();
});

test("Camille gives her Saturday with two taps on the button, which act once, and keeps it after all", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  const saturday = await own(camille);
  await camille.getByRole("link", { name: "Je ne peux pas venir" }).first().click();
  await sheet(camille, "Je ne peux pas venir").getByRole("link", { name: /^Donner ma place/ }).click();
  await sheet(camille, "Donner ma place").getByLabel("Un mot, si tu veux").fill("Mariage de ma sœur");
  await sheet(camille, "Donner ma place").getByRole("button", { name: "Donner ma place" }).dblclick();
  await expect(camille).toHaveURL(new RegExp(`/vacation/${saturday.id}\\?act=`));
  await done(camille);
  await expect(camille.getByText("Tu cherches quelqu’un", { exact: true }).first()).toBeVisible();

  const karim = await phones.of(coop, KARIM);
  await karim.goto("/echanges");
  await expect(karim.getByRole("article").filter({ hasText: "« Mariage de ma sœur »" })).toHaveCount(1);

  await camille.getByRole("button", { name: "Garder ma place" }).click();
  await done(camille);
  await expect(camille.getByText("La tienne", { exact: true })).toBeVisible();
});

test("Paul takes a place that is free", async ({ phones }) => {
  const paul = await phones.of(coop, PAUL);
  await paul.goto("/vacations?libres=1");
  const choices = await openFirstTakeable(paul, paul.getByRole("link", { name: /^Prendre une place, / }));
  const shift = new URL(paul.url()).pathname;
  await choices.getByRole("button", { name: "Prendre la place" }).click();
  await expect(paul).toHaveURL(new RegExp(`${shift}\\?act=`));
  await done(paul);
  await expect(teammate(paul, "Toi")).toBeVisible();
});

test("Inès takes Hugo's place, and whoever comes second is told who has it", async ({ phones }) => {
  const [ines, camille, hugo] = [await phones.of(coop, INES), await phones.of(coop, CAMILLE), await phones.of(coop, HUGO)];
  const thursday = await own(hugo);
  const choices = (phone: Page) => sheet(phone, "Prendre la place de Hugo");
  for (const phone of [ines, camille]) {
    await phone.goto("/echanges");
    await phone
      .getByRole("article")
      .filter({ has: phone.locator(`a.card__link[href="/vacation/${thursday.id}"]`) })
      .getByRole("link", { name: "Prendre la place" })
      .click();
    await expect(choices(phone)).toBeVisible();
  }
  await choices(ines).getByRole("button", { name: /^Prendre la place/ }).click();
  await done(ines);
  await choices(camille).getByRole("button", { name: /^Prendre la place/ }).click();
  await expect(camille.getByRole("article").filter({ hasText: "Déjà prise" })).toContainText("Inès D. l’a prise");
});

test("Jeanne reads why a place is not for her", async ({ phones }) => {
  const jeanne = await phones.of(coop, JEANNE);
  await jeanne.goto("/echanges");
  const refused = jeanne.getByRole("article").filter({ hasText: "elle demande la compétence" });
  await expect(refused.first()).toContainText("« caisse »");
});

test("Idris says yes, and the loop closes", async ({ phones }) => {
  const idris = await phones.of(coop, IDRIS);
  const friday = await own(idris);
  await idris.goto("/echanges");
  await theLoop(idris, "Léa", "Nour").getByRole("button", { name: "Accepter" }).click();
  await done(idris, "C’est fait. L’échange est conclu.");
  await idris.goto(page(friday));
  await expect(teammate(idris, "Nour L.")).toBeVisible();
  await expect(teammate(idris, "Toi")).toHaveCount(0);
});

test("Karim ticks a habit beside his Saturday, and the app shows both once it runs", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  const thursday = await own(karim);
  await karim.goto(page(thursday, "echanger"));
  const ticks = sheet(karim, "Échanger");
  await expect(ticks.getByRole("checkbox", { checked: true })).toHaveCount(1);
  await ticks.getByLabel("Jour").selectOption({ label: "Mardi" });
  await ticks.getByLabel("Moment").selectOption({ label: "Le matin" });
  await ticks.getByRole("button", { name: "Enregistrer mes choix" }).click();
  await done(karim);
  const again = await phones.of(coop, KARIM, { javaScriptEnabled: true });
  expect((await nextShift(again)).id).toBe(thursday.id);
  await open(again, "/echanges");
  await expect(again.getByText("Tu as coché 1 vacation et « mardi, entre 6 h et 12 h ».")).toBeVisible();
});

test("Anne makes a link, and sees it once", async ({ phones }) => {
  const anne = await phones.of(coop, ANNE);
  const friday = await own(anne);
  await anne.goto(page(friday, "inviter"));
  await sheet(anne, "Demander à quelqu’un").getByRole("button", { name: "Faire le lien" }).click();
  const link = await sheet(anne, "Demander à quelqu’un").getByLabel("Le lien").inputValue();
  expect(link).toMatch(/^\/invitation\/[\w-]{20,}$/);
  const ines = await phones.of(coop, INES);
  await ines.goto(link);
  await ines.getByRole("button", { name: "Prendre cette place" }).click();
  await anne.goto(page(friday));
  await expect(teammate(anne, "Inès D.")).toBeVisible();
  await expect(sheet(anne, "Demander à quelqu’un")).toHaveCount(0);
});
