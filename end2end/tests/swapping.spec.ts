import type { Page } from "@playwright/test";
import { ANNE, HUGO, INES, MARGAUX, NOUR, THEO, type Member } from "../cast";
import { CoopServer } from "../coop-server";
import { expect, mark, news, open, sheet, stayed, test, told } from "../phones";
import { comingLink, nextShift, page, type Shift } from "../shifts";

// A swap asked of one person: nothing moves before their answer.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("swapping");
});
test.afterAll(() => coop.close());

const proposal = (phone: Page) => phone.getByRole("article", { name: "Échange direct" });

/** `from` asks for the seat of `to`, against the next one of their own. */
async function propose(from: Page, to: Member, theirs: Shift, note = "") {
  await open(from, page(theirs));
  await from.getByRole("link", { name: `Proposer un échange : ${to.short}` }).click();
  const asking = sheet(from, `Proposer un échange à ${to.short}`);
  await expect(asking.getByText(`Rien ne bouge avant que ${to.first} accepte.`)).toBeVisible();
  await asking.getByLabel("Un mot, si tu veux").fill(note);
  await asking.getByRole("button", { name: "Proposer l’échange" }).click();
  await expect(told(from, "Ta demande est partie.")).toBeAttached();
}

test("Inès proposes her Monday to Margaux, who accepts: both have moved", async ({ phones }) => {
  const [ines, margaux] = [await phones.of(coop, INES), await phones.of(coop, MARGAUX)];
  const [afternoon, morning] = [await nextShift(ines), await nextShift(margaux)];
  await open(margaux, "/");
  await mark(margaux);
  await propose(ines, MARGAUX, morning, "Je préfère le matin");

  await test.step("Margaux sees at once what she would leave and take", async () => {
    const card = proposal(margaux);
    await expect(card).toContainText("Inès D. te propose un échange");
    await expect(card).toContainText("« Je préfère le matin »");
    await expect(card.getByRole("definition").first()).toContainText(/^lun\./);
    await expect(card.getByRole("definition")).toHaveCount(2);
    expect(await stayed(margaux)).toBe(true);
  });

  await test.step("and until she answers each keeps her own", async () => {
    await open(ines, "/echanges");
    const waits = ines.getByRole("article", { name: "Demandé à Margaux P." });
    await expect(waits).toBeVisible();
    await open(ines, "/vacations/miennes");
    await expect(comingLink(ines, afternoon)).toBeVisible();
    await mark(ines);
  });

  await test.step("her yes moves both", async () => {
    await proposal(margaux).getByRole("button", { name: "Accepter" }).click();
    await expect(told(margaux, "L’échange est conclu.")).toBeAttached();
    await expect(proposal(margaux)).toHaveCount(0);
    await expect(comingLink(ines, morning)).toBeVisible();
    await expect(comingLink(ines, afternoon)).toHaveCount(0);
    expect(await stayed(ines)).toBe(true);
    await open(margaux, "/vacations/miennes");
    await expect(comingLink(margaux, afternoon)).toBeVisible();
    await expect(comingLink(margaux, morning)).toHaveCount(0);
    await open(ines, "/");
    await expect(news(ines, "Échange fait.")).toContainText("Margaux P.");
  });
});

test("Nour refuses what Hugo proposes: he is told, and both keep their seats", async ({ phones }) => {
  const [hugo, nour] = [await phones.of(coop, HUGO), await phones.of(coop, NOUR)];
  const [thursday, wednesday] = [await nextShift(hugo), await nextShift(nour)];
  await propose(hugo, NOUR, wednesday);
  await open(hugo, "/");
  await mark(hugo);
  await open(nour, "/echanges");
  await proposal(nour).getByRole("button", { name: "Refuser" }).click();
  await expect(told(nour, "C’est noté, rien ne change.")).toBeAttached();
  await expect(proposal(nour)).toHaveCount(0);
  await expect(news(hugo, "Pas cette fois.")).toContainText("Nour L. garde sa place");
  expect(await stayed(hugo)).toBe(true);
  for (const [phone, shift] of [
    [hugo, thursday],
    [nour, wednesday],
  ] as const) {
    await open(phone, "/vacations/miennes");
    await expect(comingLink(phone, shift)).toBeVisible();
  }
});

test("Théo takes back what he asked of Anne: her card is gone, and he may ask again", async ({ phones }) => {
  const [theo, anne] = [await phones.of(coop, THEO), await phones.of(coop, ANNE)];
  const theirs = await nextShift(anne);
  await open(anne, "/echanges");
  await propose(theo, ANNE, theirs);
  await expect(proposal(anne)).toContainText("Théo M.");
  await open(theo, "/echanges");
  await theo.getByRole("article", { name: "Demandé à Anne M." }).getByRole("button", { name: "Retirer ma demande" }).click();
  await expect(told(theo, "Ta demande est retirée.")).toBeAttached();
  await expect(proposal(anne)).toHaveCount(0);
  await propose(theo, ANNE, theirs);
  await expect(proposal(anne)).toContainText("Théo M.");
});
