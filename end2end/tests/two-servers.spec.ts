import type { Page } from "@playwright/test";
import { expectStates, line, online, take } from "../acting";
import { CAMILLE, HUGO, IDRIS, KARIM, NOUR } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { COMMANDS, FaultProxy, hold } from "../fault-proxy";
import { afterEverythingIsKept, keptActs } from "../kept";
import { LiveRegister } from "../live-register";
import { expect, mark, NO_NETWORK, open, stayed, test } from "../phones";
import { SecondServer } from "../second-server";
import { teammate } from "../shifts";

// Two processes on one database, as where one is updated while the other serves.
let coop: CoopServer;
let second: SecondServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("two-servers");
  second = await SecondServer.beside(coop, coop.port + 20);
});
test.afterAll(async () => {
  await second.close();
  await coop.close();
});

const ACTS = 20;

/** In the page: when the board showed something, or no longer did, by the clock that node has too. */
const shown = (phone: Page, selector: string, there: boolean) =>
  phone.evaluate(
    ([selector, there]) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if ((document.querySelector(selector) !== null) !== there) return false;
          watch.disconnect();
          requestAnimationFrame(() => resolve(Date.now()));
          return true;
        };
        const watch = new MutationObserver(look);
        if (!look()) watch.observe(document.body, { childList: true, subtree: true, attributes: true });
      }),
    [selector, there] as const,
  );

test("an act through one server is on the screen of a phone at the other in less than a second", async ({ phones }) => {
  const nour = await phones.of(coop, NOUR, { baseURL: second.address });
  const camille = await Elsewhere.of(coop, CAMILLE);
  const taken = (await camille.calendar()).offers.map(({ seat }) => shiftOf(seat));
  const seat = (await camille.free()).find((seat) => !taken.includes(shiftOf(seat))) ?? "";
  await camille.acts("take_seat", { seat });
  await open(nour, "/echanges");
  await mark(nour);
  const card = `main a.card__link[href="/vacation/${shiftOf(seat)}"]`;
  const times: number[] = [];
  let offer = "";
  for (let nth = 0; nth < ACTS; nth++) {
    const gives = nth % 2 === 0;
    const seen = shown(nour, card, gives);
    if (gives) offer = await camille.id();
    const asked = Date.now();
    await (gives ? camille.acts("give_seat", { offer, seat, audience: { to: "anyone" } }) : camille.acts("withdraw_offer", { offer }));
    times.push((await seen) - asked);
  }
  expect(await stayed(nour)).toBe(true);
  times.sort((a, b) => a - b);
  const median = times[ACTS / 2];
  console.log(`      from the act at one server to the screen at the other: ${median} ms, the middle of ${times.join(", ")}`);
  expect(median).toBeLessThan(1_000);
});

test("a phone whose server was killed hears the news again by itself when it is back", async ({ phones }) => {
  const idris = await phones.of(coop, IDRIS, { baseURL: second.address });
  phones.expect(idris, NO_NETWORK);
  const camille = await Elsewhere.of(coop, CAMILLE);
  const [seat] = await camille.free();
  await open(idris, `/vacation/${shiftOf(seat)}`);
  await mark(idris);
  await second.kill();
  await expect(line(idris, "Hors ligne")).toBeVisible();
  await camille.acts("take_seat", { seat });
  await second.start();
  await expect(teammate(idris, CAMILLE.short)).toBeVisible({ timeout: 20_000 });
  await expect(line(idris, "Hors ligne")).toHaveCount(0);
  await camille.acts("give_seat", { offer: await camille.id(), seat, audience: { to: "anyone" } });
  await expect(teammate(idris, CAMILLE.short)).toContainText("Cherche quelqu’un pour sa place");
  expect(await stayed(idris)).toBe(true);
});

test("either server is killed under acts, and none is lost or done twice", async ({ phones }) => {
  const proxy = await FaultProxy.before(coop.address);
  try {
    const hugo = await phones.of(coop, HUGO, { baseURL: proxy.address });
    phones.expect(hugo, NO_NETWORK, /status of 5\d\d/);
    const own = await Elsewhere.of(coop, HUGO);
    const seats = await own.spread(6);
    await open(hugo, "/");
    await afterEverythingIsKept(hugo);
    const [first, more, last] = [seats.slice(0, 2), seats.slice(2, 4), seats.slice(4)];

    await test.step("the first dies with an act in its hands; the other one takes over", async () => {
      await dieUnder(hugo, coop, first, proxy);
      proxy.to = second.address;
      await online(hugo);
      await expectStates(hugo, ["applied", "applied"]);
      for (const seat of more) await take(hugo, seat);
      await expectStates(hugo, ["applied", "applied", "applied", "applied"]);
    });

    await test.step("it is back, and the other one dies", async () => {
      await coop.start();
      await dieUnder(hugo, second, last, proxy);
      proxy.to = coop.address;
      await online(hugo);
      await expectStates(hugo, ["applied", "applied", "applied", "applied", "applied", "applied"]);
      await second.start();
    });

    for (const seat of seats) {
      expect(await own.holder(seat), seat).toBe(own.member);
      expect((await own.moves(shiftOf(seat))).filter(({ to, position }) => to && position === Number(seat.split("~")[1]))).toHaveLength(1);
    }
    const register = await LiveRegister.of(coop.data);
    expect(await register.one(`select count(*) from command_log where by_member = '${own.member}'`)).toBe("6");
    register.end();
  } finally {
    await proxy.unplug();
  }
});

/** Two acts are on their way to a server, held up by a row of the database, when it is killed. */
async function dieUnder(phone: Page, server: { kill(): Promise<void> }, seats: string[], proxy: FaultProxy) {
  const before = proxy.commands().length;
  const blocker = await LiveRegister.of(coop.data);
  await blocker.say("begin");
  await blocker.say(`select from shift where shift_id = '${shiftOf(seats[0])}' for update`);
  for (const seat of seats) await take(phone, seat);
  await expect.poll(() => proxy.commands().length).toBeGreaterThan(before);
  await expect.poll(async () => (await keptActs(phone)).some(({ is }) => is === "sending")).toBe(true);
  await expect.poll(() => waiting(blocker)).toBe(true);
  await server.kill();
  await blocker.say("rollback");
  blocker.end();
}

const waiting = async (register: LiveRegister) =>
  (await register.one("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and state = 'active'")) !== "0";

test("what one server answered, the other one knows: the same act sent to both is done once", async ({ phones }) => {
  const proxy = await FaultProxy.before(coop.address);
  try {
    const karim = await phones.of(coop, KARIM, { baseURL: proxy.address });
    phones.expect(karim, NO_NETWORK);
    const own = await Elsewhere.of(coop, KARIM);
    const [seat] = await own.free();
    await open(karim, "/");
    await afterEverythingIsKept(karim);
    let pass = () => {};
    const held = proxy.meet(COMMANDS, hold(new Promise<void>((resolve) => (pass = resolve))), { times: 1 });
    await take(karim, seat);
    await expect.poll(() => held.length).toBe(1);
    // The very same words, to the other server first.
    const { commands } = JSON.parse(held[0].body);
    const answer = await fetch(`${second.address}${COMMANDS}`, {
      method: "POST",
      headers: { ...(await cookies(karim)), origin: second.address, "content-type": "application/json", "alpar-member": own.member },
      body: JSON.stringify({ commands }),
    });
    expect((await answer.json()).outcomes[0].status).toBe("applied");
    pass();
    await expectStates(karim, ["applied"]);
    expect((await own.moves(shiftOf(seat))).filter(({ to }) => to?.f === "Karim")).toHaveLength(1);
  } finally {
    await proxy.unplug();
  }
});

const cookies = async (phone: Page) => ({
  cookie: (await phone.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; "),
});
