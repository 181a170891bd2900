import type { Page } from "@playwright/test";
import { card, expectStates, line, online, take, WAITS } from "../acting";
import { CAMILLE, HUGO, IDRIS, INES, KARIM, LEA, MARGAUX, NOUR, THEO, type Member } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { COMMANDS, FaultProxy, hold, loseTheAnswer, loseTheRequest, ours, portal } from "../fault-proxy";
import { afterEverythingIsKept, keptActs } from "../kept";
import { LiveRegister, restartPostgres } from "../live-register";
import { expect, NO_NETWORK, open, type Phones, test, told } from "../phones";
import { said } from "../said";
import { until } from "../until";

// A proxy loses, holds and forges what passes between a phone and the server.
let coop: CoopServer;
let proxy: FaultProxy;

test.beforeAll(async () => {
  coop = await CoopServer.open("lost-answers");
  proxy = await FaultProxy.before(coop.address);
});
test.beforeEach(() => proxy.mend());
test.afterAll(async () => {
  await proxy.unplug();
  await coop.close();
});

/** What a browser says of the answers that the proxy forges, and of those that it loses. */
const FORGED = /status of (4|5)\d\d|MIME type|ERR_ABORTED/;

/** A phone behind the proxy, that has read everything once; with it, an empty seat for its owner. */
async function behind(phones: Phones, who: Member, options: { quick?: boolean } = {}) {
  const phone = await phones.of(coop, who, { baseURL: proxy.address, ...options });
  phones.expect(phone, NO_NETWORK, FORGED);
  const own = await Elsewhere.of(coop, who);
  const free = await own.free();
  await open(phone, "/");
  await afterEverythingIsKept(phone);
  return { phone, own, free };
}

/** The seat is theirs, and became so once. */
async function isTheirsOnce(own: Elsewhere, seat: string) {
  expect(await own.holder(seat)).toBe(own.member);
  expect((await own.moves(shiftOf(seat))).filter(({ position, to }) => to && position === Number(seat.split("~")[1]))).toHaveLength(1);
}

const sent = (met: { body: string }[]) => met.map(({ body }) => JSON.parse(body).commands.map(({ id }: { id: string }) => id));

test("Camille takes a place, and the answer is lost three times: the place is hers once", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, CAMILLE);
  const lost = proxy.meet(COMMANDS, loseTheAnswer(), { times: 3 });
  await take(phone, free[0]);
  await expect.poll(() => own.holder(free[0])).toBe(own.member);
  // The planning shows her there before she has an answer, once the news have come another way.
  await expect(phone.getByRole("region", { name: "Ton équipe" }).getByText("Toi")).toBeVisible();
  // It tries again by itself, after a second, after two, after four.
  await expect(told(phone, "La place est à toi")).toBeAttached({ timeout: 20_000 });
  const ids = sent(lost);
  expect(ids).toHaveLength(3);
  expect(new Set(ids.flat()).size).toBe(1);
  await isTheirsOnce(own, free[0]);
});

test("a request that never arrives is sent again, and one that takes its time is waited for", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, HUGO);
  const lost = proxy.meet(COMMANDS, loseTheRequest(), { times: 2 });
  let pass = () => {};
  const held = proxy.meet(COMMANDS, hold(new Promise<void>((resolve) => (pass = resolve))), { times: 1 });
  await take(phone, free[0]);
  await expect.poll(() => lost.length + held.length, { timeout: 15_000 }).toBe(3);
  await expect(phone.getByText(WAITS).first()).toBeVisible();
  expect(await own.holder(free[0])).toBeUndefined();
  pass();
  await expect(told(phone, "La place est à toi")).toBeAttached();
  await isTheirsOnce(own, free[0]);
});

test("the server dies after it has done what Karim asked and before it could say so: it is done once", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, KARIM);
  const register = await LiveRegister.of(coop.data);
  // A commit is on the disk, and waits for a second machine that does not exist: nobody is answered.
  await register.say("alter system set synchronous_standby_names = 'nobody'");
  await register.say("select pg_reload_conf()");
  await take(phone, free[0]);
  await until("the act is on the disk", async () =>
    (await register.one("select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query ilike 'commit'")) !== "0" || undefined,
  );
  await coop.kill();
  await register.say("alter system reset synchronous_standby_names");
  await register.say("select pg_reload_conf()");
  await expect.poll(() => register.one(`select count(*) from command_log where by_member = '${own.member}'`)).toBe("1");
  register.end();
  await expect(line(phone, "Hors ligne")).toContainText("1 action à envoyer");
  await coop.start();
  await online(phone);
  await expect(told(phone, "La place est à toi")).toBeAttached();
  await isTheirsOnce(own, free[0]);
});

test("PostgreSQL ends the session under Inès's act, then is torn down and comes up again: it is done once", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, INES);
  const [seat] = free;
  const blocker = await LiveRegister.of(coop.data);
  const before = await blocker.one("select pg_backend_pid()");
  await blocker.say("begin");
  await blocker.say(`select from shift where shift_id = '${shiftOf(seat)}' for update`);
  const register = await LiveRegister.of(coop.data);
  const waiting = () =>
    until("the act is in the middle of its work", async () =>
      (await register.one(`select pid from pg_stat_activity where ${before} = any(pg_blocking_pids(pid))`)) ?? undefined,
    );
  await take(phone, seat);
  await register.say(`select pg_terminate_backend(${await waiting()})`);
  // It is asked for again by itself, and waits once more.
  await expect.poll(async () => (await keptActs(phone))[0].attempts).toBeGreaterThan(0);
  await waiting();
  restartPostgres(coop.data, "immediate");
  await expect(told(phone, "La place est à toi")).toBeAttached({ timeout: 25_000 });
  await isTheirsOnce(own, seat);
});

test("a server that says three times that it is unwell is asked again, and the line says so", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, NOUR);
  const met = proxy.meet(COMMANDS, ours(500), { times: 3 });
  await take(phone, free[0]);
  await expect(line(phone, "Le serveur est débordé, on réessaie")).toContainText("1 action à envoyer");
  await expect(told(phone, "La place est à toi")).toBeAttached({ timeout: 20_000 });
  expect(met).toHaveLength(3);
  await expect(line(phone, "débordé")).toHaveCount(0);
  await isTheirsOnce(own, free[0]);
});

test("a server that says when to come back is not asked before", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, THEO);
  const met = proxy.meet(COMMANDS, ours(429, "too_many", { "retry-after": "3" }), { times: 1 });
  await take(phone, free[0]);
  await expect(told(phone, "La place est à toi")).toBeAttached();
  const asked = proxy.asked.filter(({ path, member }) => path === COMMANDS && member === own.member);
  expect(asked).toHaveLength(2);
  expect(asked[1].at - met[0].at).toBeGreaterThan(2_900);
  await isTheirsOnce(own, free[0]);
});

test("one act that the server will not read is put aside alone, the others go on, and Margaux can send it later", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, MARGAUX, { quick: true });
  const [poison, ...fine] = free.slice(0, 3);
  const met = proxy.meet(COMMANDS, ours(400, "malformed"), { only: ({ body }) => body.includes(poison) });
  await proxy.unplug();
  for (const seat of [poison, ...fine]) await take(phone, seat);
  await expect(line(phone, "Hors ligne")).toContainText("3 actions à envoyer");
  await proxy.plugIn();
  await online(phone);
  // Once with the others, then five times alone; a wait may begin a moment after the act says that it waits.
  await expect
    .poll(
      async () => {
        const [{ is }] = await keptActs(phone);
        if (is === "to_send") await phone.clock.fastForward(60_000);
        return is;
      },
      { intervals: [400], timeout: 40_000 },
    )
    .toBe("paused");
  await expectStates(phone, ["paused", "applied", "applied"]);
  expect(sent(met).map((ids) => ids.length)).toEqual([3, 1, 1, 1, 1, 1]);
  for (const seat of fine) await isTheirsOnce(own, seat);

  await phone.goto("/moi/actions");
  await expect(card(phone, "En pause")).toContainText("Tes autres actions continuent.");
  await phone.goto(`/vacation/${shiftOf(poison)}`);
  await expect(phone.getByText("Tu as demandé cette place")).toHaveCount(0);
  proxy.mend();
  await phone.goto("/moi/actions");
  await card(phone, "En pause").getByRole("button", { name: "Réessayer" }).click();
  await expectStates(phone, ["applied", "applied", "applied"]);
  await isTheirsOnce(own, poison);
});

test("a café's wifi that answers in the server's place is no answer, and the line says what it wants", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, LEA);
  proxy.meet("*", portal());
  await take(phone, free[0]);
  await expect(line(phone, "Ce wifi demande d’abord qu’on s’y connecte")).toContainText("1 action à envoyer");
  await phone.goto("/vacations/miennes");
  await expect(phone.getByRole("article").filter({ hasText: WAITS })).toHaveCount(1);
  proxy.mend();
  await online(phone);
  await expect(told(phone, "La place est à toi")).toBeAttached();
  await expect(line(phone, /./)).toHaveCount(0);
  await isTheirsOnce(own, free[0]);
});

test("a server that no longer speaks with this build says so: the act waits, and the line leads to the new one", async ({ phones }) => {
  const { phone, own, free } = await behind(phones, IDRIS);
  proxy.meet("*", ours(426, "unsupported_version"), { only: ({ path }) => path.startsWith("/api/") });
  await take(phone, free[0]);
  const old = line(phone, "Cette version d’Alpar est trop vieille : touche pour la mettre à jour");
  await expect(old).toContainText("1 action à envoyer");
  await expectStates(phone, ["to_send"]);
  proxy.mend();
  const before = proxy.asked.length;
  await old.click();
  // The page itself comes from the server this time, and its build with it.
  await expect.poll(() => proxy.asked.slice(before).map(({ path }) => path)).toContain("/");
  await expect(old).toHaveCount(0);
  await expectStates(phone, ["applied"]);
  await isTheirsOnce(own, free[0]);
});

/** What a phone that is right shows of the time: how far one's next shift is. */
const howFar = (phone: Page) => phone.getByText(said("Ta prochaine vacation · …")).textContent();

test("a phone whose clock is a day wrong acts, and reckons by the server's time", async ({ phones }) => {
  const { phone: right, own, free } = await behind(phones, CAMILLE);
  const expected = await howFar(right);
  for (const [nth, wrong] of [-1, 1].entries()) {
    const phone = await phones.of(coop, CAMILLE, { baseURL: proxy.address });
    phones.expect(phone, NO_NETWORK, FORGED);
    await phone.clock.install({ time: Date.now() + wrong * 86_400_000 });
    await open(phone, "/");
    await afterEverythingIsKept(phone);
    expect(await howFar(phone)).toBe(expected);
    await proxy.unplug();
    await take(phone, free[nth]);
    await phone.goto("/");
    expect(await howFar(phone)).toBe(expected);
    const [act] = (await keptActs(phone)).slice(-1);
    await proxy.plugIn();
    await online(phone);
    await expect(told(phone, "La place est à toi")).toBeAttached();
    await isTheirsOnce(own, free[nth]);
    // Its id carries the server's time.
    const now = await own.id();
    const minutes = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) / 60_000;
    expect(Math.abs(minutes(now) - minutes(act.id))).toBeLessThan(5);
  }
  await test.step("set to another day while Alpar is open, it is right again after the next contact", async () => {
    await right.clock.install();
    await open(right, "/");
    await right.clock.setSystemTime(Date.now() + 2 * 86_400_000);
    await online(right);
    await expect.poll(() => howFar(right)).toBe(expected);
  });
});
