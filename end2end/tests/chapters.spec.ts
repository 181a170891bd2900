import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectStates, line, online, take } from "../acting";
import { HUGO, KARIM, NOUR, PAUL } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { COMMANDS, FaultProxy, loseTheAnswer, loseTheRequest } from "../fault-proxy";
import { afterEverythingIsKept } from "../kept";
import { expect, isAlive, NO_NETWORK, open, test, told } from "../phones";
import { teammate } from "../shifts";

// Parts of the app that do not come: nothing is lost for that, and they come with the network.
let coop: CoopServer;
let proxy: FaultProxy;

test.beforeAll(async () => {
  coop = await CoopServer.open("chapters");
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

/** Where the module of a chapter is. */
const moduleOf = (chapter: string): string =>
  JSON.parse(readFileSync(join(process.env.ALPAR_SITE ?? "", "assets.json"), "utf8")).files[`${chapter}.wasm`];

/** The phone has lost a file of the app, wherever it had it. */
async function lose(phone: Page, address: string) {
  await phone.evaluate(async (address) => {
    for (const name of await caches.keys()) await (await caches.open(name)).delete(address);
  }, address);
  const protocol = await phone.context().newCDPSession(phone);
  await protocol.send("Network.clearBrowserCache");
  await protocol.detach();
}

/** The server goes away for a moment, and both are noticed. */
async function breakOff(phone: Page) {
  await proxy.unplug();
  await phone.evaluate(() => void document.dispatchEvent(new Event("visibilitychange")));
  await expect(line(phone, "Hors ligne")).toBeVisible();
  await proxy.plugIn();
  await online(phone);
  await expect(line(phone, "Hors ligne")).toHaveCount(0);
}

test("a page whose chapter does not come says so, has the focus on its title, and shows itself once the network is back", async ({ phones }) => {
  // Without the worker: each chapter comes from the network when a page wants it.
  const karim = await phones.of(coop, KARIM, { baseURL: proxy.address, serviceWorkers: "block" });
  phones.expect(karim, NO_NETWORK);
  proxy.meet(moduleOf("events"), loseTheRequest());
  await open(karim, "/");
  await karim.getByRole("link", { name: "Sorties", exact: true }).first().click();
  const title = karim.getByRole("heading", { level: 1, name: "Il faut le réseau, cette fois" });
  await expect(title).toBeVisible();
  await expect(title).toBeFocused();
  const door = karim.getByRole("link", { name: "Ouvrir cette page depuis le réseau" });
  await expect(door).toHaveAttribute("href", "/sorties?porte=serveur");

  proxy.mend();
  await breakOff(karim);
  await expect(karim.getByRole("heading", { level: 1, name: "Sorties" })).toBeVisible();
});

test("while that which takes acts is missing the server's page stays, and its forms act", async ({ phones }) => {
  const nour = await phones.of(coop, NOUR, { baseURL: proxy.address, serviceWorkers: "block" });
  phones.expect(nour, NO_NETWORK);
  const own = await Elsewhere.of(coop, NOUR);
  const [seat] = await own.free();
  proxy.meet(moduleOf("acts"), loseTheRequest());
  await take(nour, seat);
  await expect(nour).toHaveURL(/\?act=/);
  await expect(teammate(nour, "Toi")).toBeVisible();
  expect(await own.holder(seat)).toBe(own.member);
  await expect(nour.locator("html")).not.toHaveAttribute("data-app", "alive");

  await test.step("with it the app is there", async () => {
    proxy.mend();
    await nour.reload();
    await isAlive(nour);
    await expect(teammate(nour, "Toi")).toBeVisible();
  });
});

test("an act that Hugo's phone keeps, and could not read at its next start, leaves once it can", async ({ phones }) => {
  const hugo = await phones.of(coop, HUGO, { baseURL: proxy.address });
  phones.expect(hugo, NO_NETWORK, /ERR_FAILED/);
  const own = await Elsewhere.of(coop, HUGO);
  const [seat] = await own.free();
  await open(hugo, "/");
  await afterEverythingIsKept(hugo);
  await proxy.unplug();
  await take(hugo, seat);
  await expectStates(hugo, ["to_send"]);

  await lose(hugo, moduleOf("acts"));
  // What the page that is left sends at the last moment comes to nothing.
  proxy.meet(COMMANDS, loseTheRequest());
  await hugo.goto("about:blank");
  await proxy.plugIn();
  const asked = proxy.meet(moduleOf("acts"), loseTheRequest());
  await open(hugo, "/vacations");
  const sent = proxy.commands().length;
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  const before = asked.length;
  // As each minute, and whenever he takes his phone out of his pocket.
  await online(hugo);
  await expect.poll(() => asked.length).toBeGreaterThan(before);
  await expectStates(hugo, ["to_send"]);
  expect(proxy.commands()).toHaveLength(sent);

  // The network comes back while one more request for it is on its way, and is lost all the same.
  proxy.mend();
  let loseIt = () => {};
  const late = proxy.meet(moduleOf("acts"), loseTheAnswer(() => new Promise<void>((resolve) => (loseIt = resolve))), { times: 1 });
  await online(hugo);
  await expect.poll(() => late.length).toBe(1);
  await online(hugo);
  loseIt();
  await expectStates(hugo, ["applied"]);
  expect(await own.holder(seat)).toBe(own.member);
});

test("what Paul asks for while that which takes acts is missing is kept and sent once it comes, and is there after a reload", async ({ phones }) => {
  const paul = await phones.of(coop, PAUL, { baseURL: proxy.address });
  phones.expect(paul, NO_NETWORK, /ERR_FAILED/);
  const own = await Elsewhere.of(coop, PAUL);
  const [seat] = await own.free();
  await open(paul, "/");
  await afterEverythingIsKept(paul);
  await lose(paul, moduleOf("acts"));
  proxy.meet(moduleOf("acts"), loseTheRequest());
  await take(paul, seat);
  proxy.mend();
  await online(paul);
  await expect(told(paul, "La place est à toi")).toBeAttached();
  await expectStates(paul, ["applied"]);
  await paul.goto(`/vacation/${shiftOf(seat)}`);
  await expect(teammate(paul, "Toi")).toHaveCount(1);
  expect(await own.holder(seat)).toBe(own.member);
});
