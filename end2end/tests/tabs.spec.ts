import type { Page } from "@playwright/test";
import { card, expectStates, line, online, take, WAITS } from "../acting";
import { CAMILLE, HUGO, INES, KARIM, NOUR, type Member } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { COMMANDS, FaultProxy, hold } from "../fault-proxy";
import { afterEverythingIsKept, databases, keptActs } from "../kept";
import { LiveRegister } from "../live-register";
import { expect, mark, NO_NETWORK, open, stayed, test, told } from "../phones";
import { signIn } from "../session";
import { teammate } from "../shifts";
import { askForCode, typeCode } from "../typing";

// Several tabs, several members, several sessions: each act leaves once, and under the right name.
let coop: CoopServer;
let proxy: FaultProxy;

test.beforeAll(async () => {
  coop = await CoopServer.open("tabs");
  proxy = await FaultProxy.before(coop.address);
});
test.beforeEach(async () => {
  proxy.mend();
  await proxy.plugIn();
});
test.afterAll(async () => {
  await proxy.unplug();
  await coop.close();
});

const hello = (page: Page, { first }: Member) => page.getByRole("heading", { level: 1, name: `Bonjour ${first}` });

async function arrive(page: Page, who: Member) {
  await page.goto("/connexion");
  await typeCode(page, await askForCode(page, coop, who.email));
  await expect(hello(page, who)).toBeVisible();
}

const commandsOf = (own: Elsewhere) => proxy.commands().filter(({ member }) => member === own.member);

test("what Nour does in one tab shows in the other at once, and only one of them sends it", async ({ phones }) => {
  const one = await phones.of(coop, NOUR, { baseURL: proxy.address });
  const own = await Elsewhere.of(coop, NOUR);
  const [seat, later] = await own.free();
  await open(one, "/");
  await afterEverythingIsKept(one);
  const other = await one.context().newPage();
  await open(other, "/vacations/miennes");
  await mark(other);
  let pass = () => {};
  const held = proxy.meet(COMMANDS, hold(new Promise<void>((resolve) => (pass = resolve))));
  await take(one, seat);
  await expect.poll(() => held.length).toBe(1);
  const there = other.getByRole("article").filter({ has: other.locator(`a[href="/vacation/${shiftOf(seat)}"]`) });
  await expect(there).toContainText(WAITS);

  await test.step("both try to send", async () => {
    for (const tab of [one, other, one, other]) await online(tab);
    await take(other, later);
    await expectStates(one, ["sending", "to_send"]);
    expect(held).toHaveLength(1);
  });

  pass();
  await expectStates(other, ["applied", "applied"]);
  for (const tab of [one, other]) await expect(told(tab, "La place est à toi").first()).toBeAttached();
  expect(commandsOf(own).map(({ kind }) => kind)).toEqual(["take_seat", "take_seat"]);
  for (const wanted of [seat, later]) expect(await own.holder(wanted)).toBe(own.member);
  await open(one, "/moi/actions");
  await expect(card(one, "Confirmé")).toHaveCount(2);
});

test("an act in one tab is on the other's page without loading it anew, and so is its outcome", async ({ phones }) => {
  const one = await phones.of(coop, INES, { baseURL: proxy.address });
  const own = await Elsewhere.of(coop, INES);
  const [seat] = await own.free();
  await open(one, "/");
  await afterEverythingIsKept(one);
  const other = await one.context().newPage();
  await open(other, `/vacation/${shiftOf(seat)}`);
  await mark(other);
  await take(one, seat);
  await expect(other.getByRole("region", { name: /équipe/ }).getByRole("listitem").filter({ hasText: "Toi" })).toHaveCount(1);
  await expect(other.getByText(WAITS)).toHaveCount(0);
  expect(await stayed(other)).toBe(true);
});

test("a tab that is closed while it sends leaves the rest to the other one", async ({ phones }) => {
  const one = await phones.of(coop, HUGO, { baseURL: proxy.address });
  phones.expect(one, NO_NETWORK);
  const own = await Elsewhere.of(coop, HUGO);
  const [seat] = await own.free();
  await open(one, "/");
  await afterEverythingIsKept(one);
  const other = await one.context().newPage();
  await open(other, "/moi/actions");
  let pass = () => {};
  const held = proxy.meet(COMMANDS, hold(new Promise<void>((resolve) => (pass = resolve))), { times: 1 });
  await take(one, seat);
  await expect.poll(() => held.length).toBe(1);
  await one.close();
  await online(other);
  await expectStates(other, ["applied"]);
  pass();
  await expect(card(other, "Confirmé")).toHaveCount(1);
  expect(await own.holder(seat)).toBe(own.member);
  expect((await own.moves(shiftOf(seat))).filter(({ to }) => to?.f === "Hugo")).toHaveLength(1);
});

test("Karim signs in on Camille's phone while her tab is open: nothing of hers leaves under his name, and it leaves when she is back", async ({
  phones,
}) => {
  const hers = await phones.visitor(coop, { baseURL: proxy.address });
  phones.expect(hers, NO_NETWORK, /status of 4(01|09)/);
  const [camille, karim] = [await Elsewhere.of(coop, CAMILLE), await Elsewhere.of(coop, KARIM)];
  const theirs = new Set(await karim.free());
  const [wanted, his] = (await camille.free()).filter((seat) => theirs.has(seat));
  await arrive(hers, CAMILLE);
  await afterEverythingIsKept(hers);
  const [shift, position] = wanted.split("~");
  await open(hers, `/vacation/${shift}?feuille=prendre&place=${position}`);
  const tab = await hers.context().newPage();
  await arrive(tab, KARIM);

  const line409 = line(hers, "Ce téléphone est passé à quelqu’un d’autre : touche pour continuer à son nom");
  await test.step("Camille acts in her tab: it waits, and the line says why", async () => {
    await hers.getByRole("dialog").getByRole("button", { name: /^Prendre la place/ }).first().click();
    await expect(line409).toContainText("1 action à envoyer");
    await expectStates(hers, ["to_send"]);
    expect(await camille.holder(wanted)).toBeUndefined();
  });

  await test.step("Karim acts in his", async () => {
    await take(tab, his);
    await expect(told(tab, "La place est à toi")).toBeAttached();
    expect(await karim.holder(his)).toBe(karim.member);
  });

  await test.step("her tab becomes his at a tap, and shows him nothing of hers", async () => {
    await line409.click();
    await expect(hello(hers, KARIM)).toBeVisible();
    await open(hers, "/moi/actions");
    await expect(card(hers, "Confirmé")).toHaveCount(1);
    await expect(card(hers, WAITS)).toHaveCount(0);
    expect(await camille.holder(wanted)).toBeUndefined();
  });

  await test.step("she signs in again: her act leaves", async () => {
    await arrive(hers, CAMILLE);
    await expect.poll(() => camille.holder(wanted)).toBe(camille.member);
    await open(hers, "/moi/actions");
    await expect(card(hers, "Confirmé")).toHaveCount(1);
    expect(commandsOf(karim)).toHaveLength(1);
  });
});

test("Nour's phone is disconnected from another one: it forgets what it read, keeps what it had not sent, and sends it when she is back", async ({
  phones,
}) => {
  const lost = await phones.of(coop, NOUR, { baseURL: proxy.address, storageState: await signIn(coop, NOUR) });
  phones.expect(lost, NO_NETWORK, /status of 401/);
  const own = await Elsewhere.of(coop, NOUR);
  const [seat] = await own.free();
  await open(lost, "/");
  await afterEverythingIsKept(lost);
  await proxy.unplug();
  await take(lost, seat);
  await expect(line(lost, "Hors ligne")).toContainText("1 action à envoyer");

  const phone = await phones.of(coop, NOUR);
  await open(phone, "/moi/appareils");
  await expect(phone.getByText("Cet appareil")).toBeVisible();
  const others = phone.getByRole("button", { name: /^Déconnecter / });
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click();
    await expect(others).toHaveCount(left - 1);
  }

  await proxy.plugIn();
  await online(lost);
  await expect(lost.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
  expect((await databases(lost)).filter((name) => name.startsWith("snap-"))).toEqual([]);
  // The page may have left while it was sending: the act is kept all the same.
  expect((await keptActs(lost)).map(({ is }) => is)).toEqual([expect.stringMatching(/^(to_send|sending)$/)]);
  expect(await own.holder(seat)).toBeUndefined();
  await test.step("whoever finds it is shown nothing", async () => {
    await lost.goto("/moi/actions");
    await expect(lost.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
  });

  await arrive(lost, NOUR);
  await expect.poll(() => own.holder(seat)).toBe(own.member);
  await expectStates(lost, ["applied"]);
});

test("Inès signs out in one tab: the other one, to which the server says nothing, leaves with it", async ({ phones }) => {
  const one = await phones.of(coop, INES, { baseURL: proxy.address, storageState: await signIn(coop, INES) });
  phones.expect(one, NO_NETWORK, /status of 401/);
  await open(one, "/");
  await afterEverythingIsKept(one);
  await one.goto("/moi");
  const other = await one.context().newPage();
  await open(other, "/vacations");
  await one.getByRole("button", { name: "Se déconnecter" }).click();
  for (const tab of [one, other]) await expect(tab.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
  await expect.poll(async () => (await databases(one)).filter((name) => /^(snap|outbox)-/.test(name))).toEqual([]);
});

test("an answer that comes after a newer one does not take its place", async ({ phones }) => {
  // Without the worker, what comes can be held back in front of the page.
  const camille = await phones.of(coop, CAMILLE, { baseURL: proxy.address, serviceWorkers: "block" });
  const hugo = await Elsewhere.of(coop, HUGO);
  const [first, second] = await hugo.free();
  await open(camille, `/vacation/${shiftOf(second)}`);
  const his = teammate(camille, HUGO.short);
  await expect(his).toHaveCount(0);
  let comes = () => {};
  const coming = new Promise<void>((resolve) => (comes = resolve));
  let [asked, held] = [0, false];
  await camille.route("**/api/v1/calendar", async (route) => {
    if (++asked > 1) return route.continue();
    const before = await route.fetch();
    held = true;
    await coming;
    await route.fulfill({ response: before });
  });
  await hugo.acts("take_seat", { seat: first });
  await expect.poll(() => held).toBe(true);
  await hugo.acts("take_seat", { seat: second });
  await expect(his).toHaveCount(1);
  comes();
  // Which of them is newer, the server says.
  await expect.poll(() => asked).toBeGreaterThan(2);
  await expect(his).toHaveCount(1);
});

test("Karim's session is over: he reads on, his act waits, and leaves when he has signed in again", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM, { baseURL: proxy.address, storageState: await signIn(coop, KARIM) });
  phones.expect(karim, NO_NETWORK, /status of 401/);
  const own = await Elsewhere.of(coop, KARIM);
  const [seat] = await own.free();
  await open(karim, "/");
  await afterEverythingIsKept(karim);
  const register = await LiveRegister.of(coop.data);
  await register.say(`update session set last_seen_on = last_seen_on - 200 where member_id = '${own.member}'`);
  register.end();
  await take(karim, seat);
  const over = line(karim, "Reconnecte-toi pour envoyer et recevoir");
  await expect(over).toContainText("1 action à envoyer");
  for (const path of ["/", "/vacations/miennes", "/echanges", "/coop"]) {
    await karim.goto(path);
    await expect(karim.locator("main h1")).toHaveCount(1);
    await expect(over, path).toContainText("1 action à envoyer");
  }
  await over.click();
  await expect(karim.getByText("Ta connexion a pris fin. Reconnecte-toi, rien n’est perdu.")).toBeVisible();
  await typeCode(karim, await askForCode(karim, coop, KARIM.email));
  await expectStates(karim, ["applied"]);
  const again = await Elsewhere.of({ address: coop.address, data: coop.data }, CAMILLE);
  expect(await again.holder(seat)).toBe(own.member);
});
