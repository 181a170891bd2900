import type { Page } from "@playwright/test";
import { afterEverythingIsKept } from "../kept";
import { card, exchange, expectStates, give, keep, line, online, take, WAITS } from "../acting";
import { CAMILLE, KARIM, NOUR, PAUL, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { test } from "../devices";
import { Elsewhere, shiftOf } from "../elsewhere";
import { LiveRegister } from "../live-register";
import { afterTheFifteenSeconds, expect, NO_NETWORK, open, sheet } from "../phones";
import { said } from "../said";
import { teammate } from "../shifts";

// The server's process is really gone: acts are taken, shown and kept all the same.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("outbox");
});
test.afterAll(() => coop.close());

const region = (phone: Page, name: string) => phone.getByRole("region", { name });
const linkTo = (seat: string) => `a[href^="/vacation/${shiftOf(seat)}"]`;
/** A shift's card, on whichever page; or in one part of it. */
const shiftCard = (phone: Page, seat: string, part?: string) =>
  (part ? region(phone, part) : phone)
    .getByRole("article")
    .filter({ has: phone.locator(`a.card__link[href="/vacation/${shiftOf(seat)}"]`) });

/** The week of a shift, from the shift's own page. */
async function openItsWeek(phone: Page, seat: string) {
  await phone.goto(`/vacation/${shiftOf(seat)}`);
  await phone.locator(".page__back").click();
  await expect(shiftCard(phone, seat)).toBeVisible();
}

test("Camille takes, gives, exchanges, keeps and accepts in a cellar; all of it outlives her browser, and is done once when she is back", async ({
  device,
}) => {
  test.setTimeout(120_000);
  const camilles = device(coop.address, NO_NETWORK);
  let phone = await camilles.open();
  await camilles.signIn(coop, CAMILLE);
  const [hers, theo, nour] = [await Elsewhere.of(coop, CAMILLE), await Elsewhere.of(coop, THEO), await Elsewhere.of(coop, NOUR)];
  const [saturday] = await hers.seats();
  const [theos] = await theo.seats();
  const nours = (await nour.seats()).at(-1) ?? "";
  const others = (await hers.free()).filter((seat) => ![theos, nours].map(shiftOf).includes(shiftOf(seat)));
  const [given, free] = others;
  const [swapped, exchanged] = others.slice(-2);

  await test.step("yesterday she had already offered her next Saturday, and taken three others; Nour asked for one of them", async () => {
    await hers.acts("give_seat", { offer: await hers.id(), seat: saturday, audience: { to: "anyone" } });
    for (const seat of [given, swapped, exchanged]) await hers.acts("take_seat", { seat });
    await nour.acts("propose_swap", { proposal: await nour.id(), mine: nours, theirs: swapped });
  });
  await open(phone, "/");
  await afterEverythingIsKept(phone);
  await coop.stop();
  await expect(fetch(`${coop.address}/healthz`)).rejects.toThrow();

  await test.step("each act is taken at once", async () => {
    await give(phone, given);
    await exchange(phone, exchanged);
    await keep(phone, saturday);
    await expect(phone.getByText("Tu cherches quelqu’un")).toHaveCount(0);
    await phone.goto("/echanges");
    await phone.getByRole("article", { name: "Échange direct" }).getByRole("button", { name: "Accepter" }).click();
    await expect(phone.getByRole("article", { name: "Échange direct" })).toHaveCount(0);
    await take(phone, theos);
    await take(phone, free);
    // The seat itself says so.
    await expect(teammate(phone, "Toi")).toContainText("Tu as demandé cette place : en attente.");
    await expect(phone.getByText(WAITS).first()).toBeVisible();
  });

  await test.step("the browser is closed, and opened again in the cellar", async () => {
    await camilles.close();
    phone = await camilles.open();
    await phone.goto("/moi/actions");
    // What was held has no more time to be called back.
    await expect(phone.getByRole("article").filter({ hasText: WAITS })).toHaveCount(6, { timeout: 20_000 });
    await expect(line(phone, "Hors ligne")).toContainText("6 actions à envoyer");
    for (const words of ["Donner ta place", "Proposer ta place à l’échange", "Garder ta place", "Échanger avec Nour", "Prendre une place"]) {
      await expect(card(phone, words).first(), words).toContainText(WAITS);
    }
  });

  await test.step("Accueil shows what will be", async () => {
    await phone.goto("/");
    await expect(phone.getByRole("heading", { level: 2 }).locator(linkTo(saturday))).toBeVisible();
    await expect(phone.getByText("tu cherches quelqu’un")).toHaveCount(0);
    await expect(phone.getByText(/Une place pour toi/)).toHaveCount(0);
    await expect(phone.getByRole("article", { name: "Échange direct" })).toHaveCount(0);
    await expect(phone.getByRole("link", { name: "Moi, 6 actions à voir" })).toBeVisible();
  });

  await test.step("so do Vacations and each shift", async () => {
    for (const seat of [given, exchanged, free]) {
      await openItsWeek(phone, seat);
      await expect(shiftCard(phone, seat)).toContainText(WAITS);
    }
    await expect(shiftCard(phone, free)).toContainText(said("Tu as pris une place à … h"));
    for (const seat of [free, theos, nours]) {
      await phone.goto(`/vacation/${shiftOf(seat)}`);
      await expect(phone.getByText("Tu as demandé cette place : en attente.")).toBeVisible();
    }
    await phone.goto(`/vacation/${shiftOf(swapped)}`);
    await expect(teammate(phone, "Toi")).toHaveCount(0);
    await expect(teammate(phone, NOUR.short)).toBeVisible();
  });

  await test.step("Échanges", async () => {
    await phone.goto("/echanges");
    for (const seat of [given, exchanged]) await expect(shiftCard(phone, seat, "Tu proposes")).toBeVisible();
    await expect(shiftCard(phone, saturday, "Tu proposes")).toHaveCount(0);
    await expect(region(phone, "Proposé à toi")).toHaveCount(0);
  });

  await test.step("and Les miennes", async () => {
    await phone.goto("/vacations/miennes");
    for (const seat of [saturday, given, exchanged, theos, nours, free]) {
      await expect(shiftCard(phone, seat, "À venir")).toContainText(WAITS);
    }
    await expect(shiftCard(phone, swapped, "À venir")).toHaveCount(0);
  });

  await coop.start();
  await test.step("with the server back each act takes effect once", async () => {
    await phone.goto("/moi/actions");
    await online(phone);
    await expectStates(phone, Array(6).fill("applied"));
    await expect(phone.getByRole("article").filter({ hasText: "Confirmé" })).toHaveCount(6);
    await expect(line(phone, "Hors ligne")).toHaveCount(0);
    for (const seat of [free, theos, nours, given, exchanged, saturday]) expect(await hers.holder(seat)).toBe(hers.member);
    expect(await hers.holder(swapped)).toBe(nour.member);
    for (const seat of [free, theos, nours, swapped]) {
      const moves = (await hers.moves(shiftOf(seat))).filter(({ position }) => position === Number(seat.split("~")[1]));
      expect(moves.filter(({ to }) => to?.f === (seat === swapped ? "Nour" : "Camille")), seat).toHaveLength(1);
    }
    const open = (await hers.calendar()).offers.filter(({ member }) => member === hers.member).map(({ seat, kind }) => [seat, kind]);
    expect(open.sort()).toEqual([[given, "give"], [exchanged, "exchange"]].sort());
    const register = await LiveRegister.of(coop.data);
    expect(await register.one(`select count(*) from command_log where by_member = '${hers.member}' and kind <> 'mark_seen'`)).toBe("10");
    register.end();
  });

  await test.step("and the pages say so", async () => {
    await open(phone, "/vacations/miennes");
    await expect(shiftCard(phone, free, "À venir")).toBeVisible();
    await expect(phone.getByText(WAITS)).toHaveCount(0);
    await open(phone, `/vacation/${shiftOf(free)}`);
    await expect(teammate(phone, "Toi")).toHaveCount(1);
  });
});

test("what Karim calls back within fifteen seconds, or gives up later, is never done, though the server comes back", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM, { quick: true });
  phones.expect(karim, NO_NETWORK);
  const his = await Elsewhere.of(coop, KARIM);
  const [thursday] = await his.seats();
  const [free] = await his.free();
  await open(karim, "/");
  await afterEverythingIsKept(karim);
  await coop.stop();

  await test.step("« Annuler »", async () => {
    await keep(karim, thursday);
    await expect(karim.getByText("Part dans un instant").first()).toBeVisible();
    await karim.getByRole("button", { name: "Annuler" }).click();
    await expect(karim.getByText("Tu cherches quelqu’un").first()).toBeVisible();
    await expectStates(karim, []);
    await afterTheFifteenSeconds(karim);
  });

  await test.step("« Abandonner »", async () => {
    await take(karim, free);
    await expect(karim.getByText(WAITS).first()).toBeVisible();
    await karim.goto("/moi/actions");
    await card(karim, WAITS).getByRole("button", { name: "Abandonner" }).click();
    await expect(card(karim, "Abandonnée")).toHaveCount(1);
    await expectStates(karim, ["given_up"]);
    await karim.goto(`/vacation/${shiftOf(free)}`);
    await expect(karim.getByText("Tu as demandé cette place")).toHaveCount(0);
  });

  await coop.start();
  await open(karim, "/echanges");
  await online(karim);
  await expect(line(karim, "Hors ligne")).toHaveCount(0);
  await karim.clock.fastForward(61_000);
  await expect(region(karim, "Tu proposes").getByRole("article")).toHaveCount(1);
  const register = await LiveRegister.of(coop.data);
  expect(await register.one(`select count(*) from command_log where by_member = '${his.member}'`)).toBe("0");
  register.end();
  expect(await his.holder(free)).toBeUndefined();
});

test("an act that rests on another one leaves after it, in one go: Paul gives what he has only just asked for", async ({ phones }) => {
  const paul = await phones.of(coop, PAUL, { quick: true });
  phones.expect(paul, NO_NETWORK);
  const his = await Elsewhere.of(coop, PAUL);
  const [free] = await his.free();
  await open(paul, "/");
  await afterEverythingIsKept(paul);
  await coop.stop();
  await take(paul, free);
  await paul.goto(`/vacation/${shiftOf(free)}?feuille=donner`);
  await sheet(paul, "Donner ma place").getByRole("button", { name: "Donner ma place" }).click();
  await expectStates(paul, ["to_send", "held"]);
  await coop.start();
  await afterTheFifteenSeconds(paul);
  await online(paul);
  await expectStates(paul, ["applied", "applied"]);
  expect(await his.holder(free)).toBe(his.member);
  expect((await his.calendar()).offers.filter(({ seat }) => seat === free)).toHaveLength(1);
});
