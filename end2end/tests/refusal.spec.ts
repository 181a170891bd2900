import type { Page } from "@playwright/test";
import { BRUNO, CAMILLE, HUGO, INES, JEANNE } from "../cast";
import { CoopServer } from "../coop-server";
import { expect, open, sheet, test, told } from "../phones";
import { said } from "../said";
import { nextShift, page, teammate, type Shift } from "../shifts";

// A refusal says why, with the figures, who can lift it, and what else there is.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("refusal");
});
test.afterAll(() => coop.close());

/** Somebody's offer on the board, by the shift it is for. */
const offer = (phone: Page, shift: Shift) =>
  phone.getByRole("article").filter({ has: phone.locator(`a.card__link[href="/vacation/${shift.id}"]`) });

/** The address of « Prendre » for somebody's seat, as everybody who may take it finds it on the board. */
async function addressOfSeat(phone: Page, shift: Shift, holder: string): Promise<string> {
  await open(phone, "/echanges");
  const link = offer(phone, shift).filter({ hasText: holder }).getByRole("link", { name: "Prendre la place" });
  return (await link.getAttribute("href")) ?? "";
}

test("Jeanne cannot take Hugo's Thursday: she is told that she is on it already, and what else is free", async ({ phones }) => {
  const [jeanne, hugo, camille] = [await phones.of(coop, JEANNE), await phones.of(coop, HUGO), await phones.of(coop, CAMILLE)];
  const thursday = await nextShift(hugo);
  expect((await nextShift(jeanne)).id).toBe(thursday.id);
  const address = await addressOfSeat(camille, thursday, HUGO.short);

  await test.step("on the board, before she tries", async () => {
    await open(jeanne, "/echanges");
    const card = offer(jeanne, thursday);
    await expect(card).toContainText(said("Tu as déjà une place jeudi …, 12 h – 15 h."));
    await expect(card.getByRole("link", { name: "Prendre la place" })).toHaveCount(0);
  });

  await test.step("on the seat itself, whichever way she got there", async () => {
    await open(jeanne, address);
    const choices = sheet(jeanne, "Prendre la place de Hugo");
    await expect(choices).toContainText(said("Tu as déjà une place jeudi …, 12 h – 15 h."));
    await expect(choices.getByRole("button")).toHaveCount(0);
    await expect(choices.getByRole("heading", { name: "À la place" })).toBeVisible();
    await choices.getByRole("link", { name: /^Prendre une place, / }).first().click();
    await expect(sheet(jeanne, /^Prendre/).getByRole("button", { name: /^Prendre la place/ })).toBeVisible();
  });

  await test.step("and the shift offers her nothing that she could not have", async () => {
    await open(jeanne, page(thursday));
    await expect(jeanne.getByRole("link", { name: /^Prendre/ })).toHaveCount(0);
  });
});

test("Jeanne has not learnt the till: Bruno's seat says so, and who can change it", async ({ phones }) => {
  const [jeanne, bruno, camille] = [await phones.of(coop, JEANNE), await phones.of(coop, BRUNO), await phones.of(coop, CAMILLE)];
  const saturday = await nextShift(bruno);
  await open(jeanne, await addressOfSeat(camille, saturday, BRUNO.short));
  const choices = sheet(jeanne, "Prendre la place de Bruno");
  await expect(choices).toContainText("Tu ne peux pas prendre cette place : elle demande la compétence « caisse ».");
  await expect(choices).toContainText("Les référent·es d’Administratif et financier peuvent ajouter une compétence, une fois apprise.");
  await expect(choices.getByRole("button", { name: /^Prendre/ })).toHaveCount(0);

  await test.step("and where she looks around, it is not offered to her", async () => {
    await open(jeanne, page(saturday));
    await expect(teammate(jeanne, BRUNO.short)).toContainText("Caisse");
    await expect(teammate(jeanne, BRUNO.short).getByRole("link")).toHaveCount(0);
    await expect(jeanne.getByRole("link", { name: "Prendre la place de Bruno" })).toHaveCount(0);
  });
});

test("Camille comes second to Hugo's seat: she reads who has it since when, and takes another", async ({ phones }) => {
  const [camille, ines, hugo] = [await phones.of(coop, CAMILLE), await phones.of(coop, INES), await phones.of(coop, HUGO)];
  const thursday = await nextShift(hugo);
  const address = await addressOfSeat(camille, thursday, HUGO.short);
  for (const phone of [camille, ines]) {
    await open(phone, address);
    await expect(sheet(phone, "Prendre la place de Hugo")).toBeVisible();
  }
  const take = (phone: Page) => sheet(phone, "Prendre la place de Hugo").getByRole("button", { name: /^Prendre la place/ });
  await take(ines).click();
  await expect(told(ines, "La place est à toi")).toBeAttached();

  const refused = camille.getByRole("article").filter({ hasText: "Déjà prise" });
  await test.step("with what she had asked, why not, and three shifts instead", async () => {
    await take(camille).click();
    await expect(refused.getByRole("heading", { level: 2 })).toContainText("Prendre");
    await expect(refused).toContainText(said("Inès D. l’a prise à … h"));
    await expect(refused.getByRole("heading", { name: "À la place" })).toBeVisible();
    await expect(refused.getByRole("link", { name: /^Prendre une place, / })).toHaveCount(3);
  });

  await test.step("which stays until she has seen it, and under « Mes actions » after that", async () => {
    await open(camille, "/vacations");
    await expect(camille.getByRole("link", { name: "Moi, 1 action à voir" })).toBeVisible();
    await expect(refused).toBeVisible();
    await refused.getByRole("button", { name: "J’ai vu" }).click();
    await expect(refused).toHaveCount(0);
    await camille.getByRole("link", { name: "Moi", exact: true }).click();
    await camille.getByRole("link", { name: "Mes actions" }).click();
    await expect(refused).toContainText("Inès D. l’a prise");
  });

  await test.step("and takes the first of them", async () => {
    await refused.getByRole("link", { name: /^Prendre une place, / }).first().click();
    await sheet(camille, /^Prendre/).getByRole("button", { name: /^Prendre la place/ }).click();
    await expect(told(camille, "La place est à toi")).toBeAttached();
  });
});
