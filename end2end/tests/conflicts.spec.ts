import type { Page } from "@playwright/test";
import { card, expectStates, line, online, take } from "../acting";
import { ANNE, CAMILLE, HUGO, INES, KARIM, NOUR, PAUL } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { FaultProxy } from "../fault-proxy";
import { afterEverythingIsKept } from "../kept";
import { afterTheFifteenSeconds, expect, NO_NETWORK, open, sheet, test } from "../phones";
import { said } from "../said";
import { nextShift } from "../shifts";

// What was asked for in a cellar has become impossible by the time it arrives.
let coop: CoopServer;
let proxy: FaultProxy;

test.beforeAll(async () => {
  coop = await CoopServer.open("conflicts");
  proxy = await FaultProxy.before(coop.address);
});
test.afterAll(async () => {
  await proxy.unplug();
  await coop.close();
});
test.afterEach(() => proxy.plugIn());

const refusal = (phone: Page, label: string) => phone.locator("article.card--refused").filter({ hasText: label });

async function intoTheCellar(phone: Page) {
  await open(phone, "/");
  await afterEverythingIsKept(phone);
  await proxy.unplug();
}

async function outOfTheCellar(phone: Page) {
  await proxy.plugIn();
  await online(phone);
}

test("Paul asks for a place too late: he reads what he wanted, who has it since when, and what else is near, until he has seen it", async ({
  phones,
}) => {
  const paul = await phones.of(coop, PAUL, { baseURL: proxy.address });
  phones.expect(paul, NO_NETWORK);
  const [his, nour] = [await Elsewhere.of(coop, PAUL), await Elsewhere.of(coop, NOUR)];
  const theirs = new Set(await nour.free());
  const last = (await his.calendar()).shifts.filter(({ seats }) => seats.filter(({ holder }) => !holder).length === 1).map(({ id }) => id);
  const seat = (await his.free()).find((seat) => theirs.has(seat) && last.includes(shiftOf(seat))) ?? "";
  await intoTheCellar(paul);
  await take(paul, seat);
  await expect(paul.getByText("Tu as demandé cette place : en attente.")).toBeVisible();
  await nour.acts("take_seat", { seat });
  await paul.goto("/echanges");
  await outOfTheCellar(paul);

  const refused = refusal(paul, "Déjà prise");
  await test.step("on the page where he is", async () => {
    await expect(refused).toContainText(said("Prendre une place, …"));
    await expect(refused).toContainText(said("demandé à … h"));
    await expect(refused).toContainText("Nour L. a déjà cette place.");
    await expect(refused.getByRole("heading", { name: "À la place" })).toBeVisible();
    await expect(refused.getByRole("link", { name: /^Prendre une place, / })).toHaveCount(3);
    // Not the one that is gone.
    await expect(refused.locator(`a[href*="${shiftOf(seat)}"]`)).toHaveCount(0);
  });

  await test.step("and on every other, loaded anew, without a network too", async () => {
    for (const path of ["/", "/vacations", "/vacations/miennes", `/vacation/${shiftOf(seat)}`, "/coop"]) {
      await paul.goto(path);
      await expect(refused, path).toHaveCount(1);
      await paul.reload();
      await expect(refused, path).toHaveCount(1);
    }
    await proxy.unplug();
    await paul.goto("/moi");
    await expect(refused).toContainText("Nour L. a déjà cette place.");
    await proxy.plugIn();
  });

  await test.step("the first of the others is one tap away", async () => {
    await open(paul, "/");
    await refused.getByRole("link", { name: /^Prendre une place, / }).first().click();
    await paul.getByRole("dialog", { name: /^Prendre/ }).getByRole("button", { name: /^Prendre la place/ }).first().click();
    await expectStates(paul, ["refused", "applied"]);
  });

  await test.step("until he has seen it; « Mes actions » remembers", async () => {
    await refused.getByRole("button", { name: "J’ai vu" }).click();
    await expect(refused).toHaveCount(0);
    await paul.reload();
    await expect(refused).toHaveCount(0);
    await open(paul, "/moi/actions");
    await expect(refused).toContainText("Nour L. a déjà cette place.");
    await expect(refused.getByRole("button", { name: "J’ai vu" })).toHaveCount(0);
  });
});

test("Hugo wants to keep the place that he gave, and it is Inès's by then: he reads who comes now", async ({ phones }) => {
  const hugo = await phones.of(coop, HUGO, { quick: true, baseURL: proxy.address });
  phones.expect(hugo, NO_NETWORK);
  const [his, ines] = [await Elsewhere.of(coop, HUGO), await Elsewhere.of(coop, INES)];
  const thursday = await nextShift(hugo);
  const offer = (await his.calendar()).offers.find(({ member }) => member === his.member);
  await intoTheCellar(hugo);
  await hugo.goto(`/vacation/${thursday.id}`);
  await hugo.getByRole("button", { name: "Garder ma place" }).click();
  await ines.acts("claim_offer", { offer: offer?.id });
  await afterTheFifteenSeconds(hugo);
  await outOfTheCellar(hugo);
  const refused = refusal(hugo, "Garder");
  await expect(refused).toContainText(said("Inès D."));
  await expect(refused).toContainText(said("jeu. …"));
  await expect(hugo.getByRole("region", { name: /équipe/ }).getByRole("listitem").filter({ hasText: INES.short })).toHaveCount(1);
  await refused.getByRole("button", { name: "J’ai vu" }).click();
  await expect(refused).toHaveCount(0);
});

test("what rests on a refused act comes back with it, and says why", async ({ phones }) => {
  const anne = await phones.of(coop, ANNE, { quick: true, baseURL: proxy.address });
  phones.expect(anne, NO_NETWORK);
  const [hers, karim] = [await Elsewhere.of(coop, ANNE), await Elsewhere.of(coop, KARIM)];
  const theirs = new Set(await karim.free());
  const [lost, kept] = (await hers.free()).filter((seat) => theirs.has(seat));
  await intoTheCellar(anne);
  await take(anne, lost);
  await anne.goto(`/vacation/${shiftOf(lost)}?feuille=donner`);
  await sheet(anne, "Donner ma place").getByRole("button", { name: "Donner ma place" }).click();
  await expect(anne.getByText("Part dans un instant").first()).toBeVisible();
  await take(anne, kept);
  await karim.acts("take_seat", { seat: lost });
  await afterTheFifteenSeconds(anne);
  await outOfTheCellar(anne);
  await expectStates(anne, ["refused", "refused", "applied"]);
  expect(await hers.holder(lost)).toBe(karim.member);
  expect(await hers.holder(kept)).toBe(hers.member);

  await anne.goto("/moi/actions");
  await expect(refusal(anne, "Prendre une place")).toContainText("Karim B. a déjà cette place.");
  const dependant = refusal(anne, "Donner ta place");
  await expect(dependant).toContainText("Une action d’avant, dont celle-ci dépend, n’a pas été possible.");
  await expect(card(anne, "Confirmé")).toHaveCount(1);
  await expect(line(anne, "Hors ligne")).toHaveCount(0);
});

test("an exchange that closed for the others in the meantime is refused whole, and Camille keeps her Saturday", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE, { baseURL: proxy.address });
  phones.expect(camille, NO_NETWORK);
  const [hers, karim] = [await Elsewhere.of(coop, CAMILLE), await Elsewhere.of(coop, KARIM)];
  const saturday = await nextShift(camille);
  const mine = (await hers.seats()).find((seat) => shiftOf(seat) === saturday.id) ?? "";
  const proposal = await karim.id();
  const december = (await karim.seats()).at(-1);
  await karim.acts("propose_swap", { proposal, mine: december, theirs: mine });
  await intoTheCellar(camille);
  await camille.goto("/echanges");
  await camille.getByRole("article", { name: "Échange direct" }).getByRole("button", { name: "Accepter" }).click();
  await expect(line(camille, "Hors ligne")).toContainText("1 action à envoyer");
  await camille.goto("/vacations/miennes");
  await expect(camille.getByRole("region", { name: "À venir" })).toBeVisible();
  await expect(camille.locator(`a.card__link[href="/vacation/${saturday.id}"]`)).toHaveCount(0);
  await karim.acts("withdraw_proposal", { proposal });
  await outOfTheCellar(camille);
  const refused = refusal(camille, "C’est terminé");
  await expect(refused).toContainText("Cette demande d’échange est terminée.");
  await expect(refused).toContainText("Échanger avec Karim");
  await expect(camille.locator(`a.card__link[href="/vacation/${saturday.id}"]`)).toHaveCount(1);
  expect(await hers.holder(mine)).toBe(hers.member);
});

test("what arrives when the shift has begun is too late, by the server's clock and not by the phone's", async ({ phones }) => {
  const nour = await phones.of(coop, NOUR, { baseURL: proxy.address });
  phones.expect(nour, NO_NETWORK);
  const hers = await Elsewhere.of(coop, NOUR);
  const [soon] = await hers.free(0.2);
  const { as_of, shifts } = await hers.calendar();
  const starts = shifts.find(({ id }) => id === shiftOf(soon))?.starts_at ?? "";
  await intoTheCellar(nour);
  await take(nour, soon);
  await expect(nour.getByText("Tu as demandé cette place : en attente.")).toBeVisible();
  await coop.pass({ minutes: Math.ceil((Date.parse(starts) - Date.parse(as_of)) / 60_000) + 1 });
  await outOfTheCellar(nour);
  const refused = refusal(nour, "Trop tard");
  await expect(refused).toContainText(said("Prendre une place, …"));
  await expect(refused).toContainText("L’animateur·rice de la vacation, ou le bureau, peut t’aider à trouver quelqu’un.");
  expect(await hers.holder(soon)).toBeUndefined();
});
