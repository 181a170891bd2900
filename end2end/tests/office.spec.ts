import type { Page } from "@playwright/test";
import { CAMILLE, IDRIS, MARGAUX, NOUR, SOLENE } from "../cast";
import { CoopServer } from "../coop-server";
import { expect, mark, news, NO_NETWORK, open, sheet, stayed, test, told } from "../phones";
import { said } from "../said";
import { nextShift, page, teammate } from "../shifts";

// What concerns a whole team: the office closes a shift; somebody cannot come, and it is late.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("office");
});
test.afterAll(() => coop.close());

test("Margaux closes Idris's Friday: he, the lead and those who had ticked it are told why, once", async ({ phones }) => {
  const [margaux, idris, nour] = [await phones.of(coop, MARGAUX), await phones.of(coop, IDRIS), await phones.of(coop, NOUR)];
  const friday = await nextShift(idris);
  const lead = await phones.of(coop, coop.leadOf(friday.id));
  for (const phone of [idris, nour, lead]) {
    await open(phone, "/");
    await mark(phone);
  }

  await test.step("the page says who is concerned before anything leaves", async () => {
    await open(margaux, page(friday));
    await margaux.getByRole("link", { name: "Fermer cette vacation" }).click();
    await expect(margaux.getByRole("heading", { level: 1 })).toHaveText(/^Fermer ven\./);
    await expect(margaux.getByText("Rien ne part avant ta confirmation.")).toBeVisible();
    const touched = margaux.getByRole("region", { name: /personnes touchées$/ });
    await expect(touched.getByRole("listitem").filter({ hasText: IDRIS.short })).toContainText("sa proposition se ferme");
    await expect(touched).toContainText(said("Et …Nour L.… coché cette vacation."));
  });

  await test.step("without a reason nothing leaves", async () => {
    await margaux.getByRole("button", { name: /^Fermer et prévenir \d+ personnes$/ }).click();
    await expect(margaux.getByLabel("Pourquoi")).toBeFocused();
    await expect(margaux.getByText("Rien ne part avant ta confirmation.")).toBeVisible();
  });

  await test.step("with one, everybody concerned reads it where they are", async () => {
    await margaux.getByLabel("Pourquoi").fill("Neige, pas de livraison");
    await margaux.getByRole("radio", { name: /^Excusée/ }).check();
    await margaux.getByRole("button", { name: /^Fermer et prévenir/ }).click();
    await expect(told(margaux, "La vacation est fermée, tout le monde est prévenu.")).toBeAttached();
    await expect(margaux.getByText("Vacation fermée : « Neige, pas de livraison »")).toBeVisible();
    for (const phone of [idris, lead]) {
      await expect(news(phone, "Vacation fermée.")).toContainText("« Neige, pas de livraison. » Elle compte comme faite.");
      await expect(news(phone, "Vacation fermée.")).toHaveCount(1);
    }
    await expect(news(nour, "Une vacation cochée est fermée.")).toContainText("Neige, pas de livraison");
    for (const phone of [idris, nour, lead]) expect(await stayed(phone)).toBe(true);
  });

  await test.step("and the loop that rested on it is gone", async () => {
    await expect(idris.getByRole("article", { name: "Échange possible" })).toHaveCount(0);
    await open(idris, page(friday));
    await expect(idris.getByText("Fermée", { exact: true })).toBeVisible();
    await expect(idris.getByRole("link", { name: "Je ne peux pas venir" })).toHaveCount(0);
  });
});

test("a member who is not of the office is told whose it is to close a shift", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  const saturday = await nextShift(camille);
  await open(camille, page(saturday));
  await expect(camille.getByRole("link", { name: "Fermer cette vacation" })).toHaveCount(0);
  phones.expect(camille, /403/);
  await open(camille, `/bureau/fermer/${saturday.id}`);
  await expect(camille.getByRole("heading", { name: "C’est le bureau qui ferme une vacation" })).toBeVisible();
  await expect(camille.getByRole("textbox")).toHaveCount(0);
});

test("the day before her Saturday it is too late to exchange: Camille warns her team", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, NO_NETWORK);
  const saturday = await nextShift(camille);

  await test.step("while there is time, the sheet for it says so", async () => {
    await open(camille, page(saturday, "prevenir"));
    const early = sheet(camille, "Prévenir l’équipe");
    await expect(early).toContainText(/Tu peux encore échanger ou donner ta place jusqu’au/);
    await expect(early.getByRole("button", { name: "Prévenir l’équipe" })).toHaveCount(0);
  });

  await untilTheDayBefore(camille, page(saturday));
  const solene = await phones.of(coop, SOLENE);
  await open(solene, "/");
  await mark(solene);

  await test.step("the ways that are shut say until when they were open", async () => {
    await open(camille, page(saturday));
    await camille.getByRole("link", { name: "Je ne peux pas venir" }).click();
    const choices = sheet(camille, "Je ne peux pas venir");
    await expect(choices).toContainText("Il est trop tard pour échanger : c’était possible jusqu’à hier, 9 h.");
    await expect(choices.getByRole("link", { name: /^Échanger/ })).toHaveCount(0);
    await expect(choices.getByRole("link", { name: /^Donner ma place/ })).toBeVisible();
    await choices.getByRole("link", { name: /^Prévenir l’équipe/ }).click();
  });

  await test.step("her message is there for the lead at once", async () => {
    const warning = sheet(camille, "Prévenir l’équipe");
    await expect(warning).toContainText("ça compte comme une absence : il te restera");
    await warning.getByLabel("Un mot pour l’équipe").fill("Ma fille a de la fièvre");
    await warning.getByRole("button", { name: "Prévenir l’équipe" }).click();
    await expect(told(camille, "L’équipe est prévenue.")).toBeAttached();
    await expect(news(solene, "Il manquera quelqu’un.")).toContainText("Camille M. ne peut pas venir sam.");
    await expect(news(solene, "Il manquera quelqu’un.")).toContainText("« Ma fille a de la fièvre »");
    expect(await stayed(solene)).toBe(true);
  });

  await test.step("and the seat is still hers", async () => {
    await open(camille, page(saturday));
    await expect(teammate(camille, "Toi")).toBeVisible();
  });
});

/** Days go by until twenty-four hours before a shift. */
async function untilTheDayBefore(phone: Page, address: string) {
  await open(phone, address);
  const starts = Date.parse((await phone.locator("main h1 time").getAttribute("datetime")) ?? "");
  const answer = await phone.request.get("/api/v1/behind");
  const now = Number(answer.headers()["alpar-time"]);
  await coop.pass({ hours: (starts - now) / 3_600_000 - 24 });
}
