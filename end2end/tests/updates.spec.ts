import type { Page } from "@playwright/test";
import { expectStates, take } from "../acting";
import { CAMILLE, HUGO, KARIM, NOUR } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { COMMANDS, FaultProxy, hold, loseTheRequest } from "../fault-proxy";
import { afterEverythingIsKept, keptActs, leaveEntry, readKept, writeKept } from "../kept";
import { buildOf, NextBuild } from "../next-build";
import { expect, mark, NO_NETWORK, open, sheet, stayed, test } from "../phones";

// A new build is deployed while people are at it.
let coop: CoopServer;
let proxy: FaultProxy;

test.beforeAll(async () => {
  coop = await CoopServer.open("updates");
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

const bar = (page: Page, words = "Nouvelle version") => page.getByRole("button", { name: words });
/** As when the phone comes out of a pocket: it looks for a new build. */
const lookAgain = (page: Page) => page.evaluate(() => void document.dispatchEvent(new Event("visibilitychange")));

/** Loads of a page from here on. */
function loads(page: Page): () => number {
  let count = 0;
  page.on("load", () => count++);
  return () => count;
}

test("a new build arrives while Camille types: a bar says so, nothing is lost, and one tap opens it when she has done", async ({ phones }) => {
  const typing = await phones.of(coop, CAMILLE, { baseURL: proxy.address });
  phones.expect(typing, /status of 404/);
  const own = await Elsewhere.of(coop, CAMILLE);
  const [saturday] = await own.seats();
  await open(typing, "/");
  await afterEverythingIsKept(typing);
  await open(typing, `/vacation/${shiftOf(saturday)}?feuille=donner`);
  const note = sheet(typing, "Donner ma place").getByLabel("Un mot, si tu veux");
  await note.fill("Dentiste à 9 h");
  const other = await typing.context().newPage();
  await open(other, "/echanges");
  for (const page of [typing, other]) await mark(page);
  const reloaded = [loads(typing), loads(other)];
  const next = new NextBuild("second");
  next.deploy(proxy);
  await lookAgain(other);

  await test.step("the bar appears, and nothing else happens", async () => {
    await expect(bar(other, "Nouvelle version d’Alpar : touche pour l’ouvrir")).toBeVisible();
    await expect(note).toHaveValue("Dentiste à 9 h");
    for (const page of [typing, other]) expect(await stayed(page)).toBe(true);
  });

  await test.step("a tap in the other tab waits for what is typed in this one", async () => {
    await bar(other).click();
    await expect(bar(other, "une page a quelque chose d’inachevé")).toBeVisible();
    await expect(note).toHaveValue("Dentiste à 9 h");
    for (const page of [typing, other]) expect(await stayed(page)).toBe(true);
  });

  await test.step("once the sheet is closed, a tap opens the new build in both, once", async () => {
    await sheet(typing, "Donner ma place").getByRole("link", { name: "Fermer", exact: true }).click();
    await bar(typing).click();
    for (const page of [typing, other]) {
      await expect.poll(() => buildOf(page).catch(() => "")).toBe("second");
      await expect(page.locator("main h1").first()).toBeVisible();
      await expect(bar(page)).toHaveCount(0);
    }
    expect(new URL(typing.url()).pathname).toBe(`/vacation/${shiftOf(saturday)}`);
    expect(reloaded.map((count) => count())).toEqual([1, 1]);
  });

  await test.step("the files of the build before are still there for whoever stands on it", async () => {
    proxy.meet(next.style.before, loseTheRequest());
    const status = (path: string) => typing.evaluate(async (path) => (await fetch(path)).status, path);
    expect(await status(next.style.before)).toBe(200);
    expect(await status(next.style.after)).toBe(200);
    expect(await status("/pkg/alpar.0000000000.css")).toBe(404);
  });
});

test("a new build waits for an act that is being sent, then opens by itself while the phone is in a pocket", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM, { baseURL: proxy.address, quick: true });
  const own = await Elsewhere.of(coop, KARIM);
  const [seat] = await own.free();
  await open(karim, "/");
  await afterEverythingIsKept(karim);
  await open(karim, "/vacations");
  let pass = () => {};
  const held = proxy.meet(COMMANDS, hold(new Promise<void>((resolve) => (pass = resolve))));
  await take(karim, seat);
  await expect.poll(() => held.length).toBe(1);
  await mark(karim);
  new NextBuild("third").deploy(proxy);
  await lookAgain(karim);
  await bar(karim).click();
  await expect(bar(karim, "une page a quelque chose d’inachevé")).toBeVisible();
  expect(await stayed(karim)).toBe(true);
  pass();
  await expectStates(karim, ["applied"]);

  await karim.evaluate(() => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await karim.clock.fastForward(5 * 60_000 + 1_000);
  await expect.poll(() => buildOf(karim).catch(() => "")).toBe("third");
  await expect(karim.locator("main h1").first()).toBeVisible();
  expect(await own.holder(seat)).toBe(own.member);
});

test("a page that was in the middle of something when the new build came into force is not left behind: a tap opens it there, too", async ({ phones }) => {
  const nour = await phones.of(coop, NOUR, { baseURL: proxy.address });
  await open(nour, "/");
  await afterEverythingIsKept(nour);
  await open(nour, "/vacations");
  await mark(nour);
  // It agrees when it is asked, and would lose something a moment later.
  await nour.evaluate(() => {
    let asked = 0;
    window.addEventListener("alpar:may-reload", (event) => {
      if (++asked === 2) event.preventDefault();
    });
  });
  new NextBuild("fourth").deploy(proxy);
  await lookAgain(nour);
  await bar(nour).click();
  await expect.poll(() => nour.evaluate(async () => (await navigator.serviceWorker.ready).waiting === null)).toBe(true);
  // The bar is there for another tap.
  await expect(bar(nour)).toBeEnabled();
  expect(await stayed(nour)).toBe(true);
  await bar(nour).click();
  await expect.poll(() => buildOf(nour).catch(() => "")).toBe("fourth");
  await expect(bar(nour)).toHaveCount(0);
});

/** An entry as `domain/src/outbox.rs` writes it. */
const entry = async (own: Elsewhere, intent: string, parcel: object) => ({
  parcel: { id: await own.id(), ...parcel },
  created_at: (await own.calendar()).as_of,
  intent,
  attempts: 0,
  alone: 0,
  put_away: false,
  state: { is: "to_send" },
});

test("acts that another build left on the phone are sent as they were written, and come back with what they wanted", async ({ phones }) => {
  const hugo = await phones.of(coop, HUGO, { baseURL: proxy.address });
  phones.expect(hugo, NO_NETWORK);
  const own = await Elsewhere.of(coop, HUGO);
  const [seat, fine] = await own.free();
  await open(hugo, "/");
  await afterEverythingIsKept(hugo);
  await proxy.unplug();
  const [foreign, newer, known] = [
    await entry(own, "Réserver la scène pour la fête", { schema: 1, kind: "book_stage", stage: "cour", hours: [14, 18], lights: { colour: "or" } }),
    await entry(own, "Prendre deux places d’un coup", { schema: 7, kind: "take_seat", seat, twice: true }),
    await entry(own, "Prendre une place", { schema: 1, kind: "take_seat", seat: fine }),
  ];
  for (const left of [foreign, newer, known]) await leaveEntry(hugo, own.member, left);
  await hugo.goto("/moi/actions");
  for (const { intent } of [foreign, newer, known]) await expect(hugo.getByRole("heading", { name: intent })).toBeVisible();
  await proxy.plugIn();
  await hugo.evaluate(() => window.dispatchEvent(new Event("online")));
  await expectStates(hugo, ["refused", "refused", "applied"]);
  expect((await keptActs(hugo)).map(({ reason }) => reason)).toEqual(["not_understood", "app_too_old", undefined]);
  const [sent] = proxy.commands().filter(({ id }) => id === foreign.parcel.id);
  expect(sent).toMatchObject(foreign.parcel);
  const refused = (intent: string) => hugo.locator("main article.card--refused").filter({ hasText: intent });
  await expect(refused(foreign.intent).first()).toContainText("Cette demande n’a pas pu être lue.");
  await expect(refused(newer.intent).first()).toContainText("Cette version de l’application est trop ancienne.");
  expect(await own.holder(seat)).toBeUndefined();
  expect(await own.holder(fine)).toBe(own.member);
});

test("an outbox that this build cannot read is put aside, not thrown away, and what is done next is kept", async ({ phones }) => {
  const nour = await phones.of(coop, NOUR, { baseURL: proxy.address });
  const own = await Elsewhere.of(coop, NOUR);
  const [seat] = await own.free();
  await open(nour, "/");
  await afterEverythingIsKept(nour);
  const unreadable = JSON.stringify({ version: 9, queue: "of another shape" });
  await writeKept(nour, `outbox-${own.member}`, "outbox", unreadable);
  await take(nour, seat);
  await expect.poll(() => own.holder(seat)).toBe(own.member);
  await expectStates(nour, ["applied"]);
  expect(await readKept(nour, `outbox-${own.member}`, "outbox-unread")).toBe(unreadable);
});
