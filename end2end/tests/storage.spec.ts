import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectStates, give, line, online, take } from "../acting";
import { CAMILLE, HUGO, INES, MARGAUX, KARIM, NOUR } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { COMMANDS, FaultProxy, ours } from "../fault-proxy";
import { afterEverythingIsKept, cachedPaths, databases, keptMe, neverKept, readKept, writeKept } from "../kept";
import { addressOf, memberPages, RANGE } from "../pages";
import { test } from "../devices";
import { expect, hasEveryChapter, isAlive, mark, NO_NETWORK, open, sheet, stayed, told } from "../phones";
import { signIn } from "../session";
import { askForCode, typeCode } from "../typing";

// What a phone keeps, when it has no room, and when its owner leaves it.
let coop: CoopServer;
let proxy: FaultProxy;

test.beforeAll(async () => {
  coop = await CoopServer.open("storage");
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

/** The phone has so many bytes left for us than it uses now; with nothing, as many as it likes. */
async function leaveRoom(phone: Page, bytes?: number) {
  const protocol = await phone.context().newCDPSession(phone);
  const origin = proxy.address;
  const { usage } = await protocol.send("Storage.getUsageAndQuota", { origin });
  await protocol.send("Storage.overrideQuotaForOrigin", bytes === undefined ? { origin } : { origin, quotaSize: usage + bytes });
}

const snapshots = async (phone: Page) => (await databases(phone)).filter((name) => name.startsWith("snap-"));

test("a phone that is full lets go of the planning before it loses what Hugo asked for, and says so", async ({ device }) => {
  const hugos = device(proxy.address, NO_NETWORK);
  const own = await Elsewhere.of(coop, HUGO);
  const [seat] = await own.free();
  let phone = await hugos.open();
  await hugos.signIn(coop, HUGO);
  await open(phone, "/");
  await afterEverythingIsKept(phone);
  await hugos.close();
  // A browser that has only just started does not yet think that there is room.
  phone = await hugos.open();
  await leaveRoom(phone, 0);
  await proxy.unplug();
  await take(phone, seat);
  await expect(phone.getByText("Tu as demandé cette place : en attente.")).toBeVisible();
  await expect(line(phone, "1 action à envoyer")).toBeVisible();
  await expect.poll(() => snapshots(phone)).toEqual([]);
  await proxy.plugIn();
  await online(phone);
  await expect(told(phone, "La place est à toi")).toBeAttached();
  // Whether the browser gives the room back at once is its own affair: the line says what came of it.
  await expect(line(phone, /Ce téléphone (est plein|ne garde rien)/)).toBeVisible();
  expect(await own.holder(seat)).toBe(own.member);

  await test.step("with room again the planning is kept again", async () => {
    await leaveRoom(phone);
    await open(phone, "/vacations");
    await afterEverythingIsKept(phone);
    await expect(line(phone, "Ce téléphone")).toHaveCount(0);
  });
});

test("Karim leaves his phone: what waits is asked about, and then nothing of him is left on it", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM, { baseURL: proxy.address, storageState: await signIn(coop, KARIM) });
  phones.expect(karim, NO_NETWORK, /status of (401|503)/);
  const own = await Elsewhere.of(coop, KARIM);
  const [seat] = await own.free();
  await own.acts("take_seat", { seat });
  await open(karim, "/");
  await afterEverythingIsKept(karim);
  // He looks at what he might buy.
  await open(karim, `/rayons/${RANGE}`);
  await expect.poll(() => pictures(karim)).not.toEqual([]);
  // The server is unwell: nothing leaves, though everything can be read.
  proxy.meet(COMMANDS, ours(503, "unavailable"));
  await give(karim, seat);
  await karim.goto("/moi");
  await karim.getByRole("button", { name: "Se déconnecter" }).click();
  const warning = sheet(karim, "Partir sans envoyer ?");

  await test.step("he is asked first, and may stay", async () => {
    await expect(warning).toContainText("1 action de ce téléphone n’est pas encore partie.");
    await warning.getByRole("button", { name: "Rester" }).click();
    await expect(warning).toBeHidden();
    expect(await databases(karim)).toContain(`outbox-${own.member}`);
  });

  await test.step("without a network he cannot leave: his session would stay open", async () => {
    await proxy.unplug();
    await karim.getByRole("button", { name: "Se déconnecter" }).click();
    await warning.getByRole("button", { name: "Me déconnecter quand même" }).click();
    await expect(karim.getByText("Il faut le réseau pour se déconnecter : ta session est encore ouverte.")).toBeVisible();
    expect(await databases(karim)).toContain(`outbox-${own.member}`);
    await proxy.plugIn();
  });

  await test.step("then he goes, and so does all that was read and kept", async () => {
    await karim.getByRole("button", { name: "Se déconnecter" }).click();
    await warning.getByRole("button", { name: "Me déconnecter quand même" }).click();
    await expect(karim.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
    await expect.poll(async () => (await databases(karim)).filter((name) => name !== "device")).toEqual([]);
    expect((await readKept(karim, "device", "last")) ?? "null").not.toContain(own.member);
    await karim.goto("/vacations/miennes");
    await expect(karim.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
    await expectOnlyFiles(karim);
    await expect.poll(() => pictures(karim)).toEqual([]);
  });
  expect((await own.calendar()).offers.filter((offer) => offer.seat === seat)).toEqual([]);
});

/** Pictures that the phone keeps. */
const pictures = async (phone: Page) => (await cachedPaths(phone)).filter((path) => path.startsWith("/pictures/"));

/**
 * Cache Storage holds the build's files and chapters, those of who writes once they did, the shell, pictures that were seen, and
 * nothing that was rendered for anybody.
 */
async function expectOnlyFiles(phone: Page) {
  await hasEveryChapter(phone);
  const kept = await cachedPaths(phone);
  const worker = readFileSync(join(process.env.ALPAR_SITE ?? "", "sw.js"), "utf8");
  const [files, chapters, later] = ["FILES", "CHAPTERS", "LATER"].map((list): Record<string, unknown> =>
    JSON.parse(worker.match(new RegExp(`\\b${list} = (\\{[^}]*\\})`))?.[1] ?? "{}"),
  );
  expect(kept.filter((path) => !(path in later) && !path.startsWith("/pictures/")).sort()).toEqual(
    Object.keys({ ...files, ...chapters }).sort(),
  );
}

test("after a day's use Cache Storage holds the build's files and the shell, no page of anybody's and no answer", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX, { baseURL: proxy.address });
  // Communication's pages are not hers; a file of members that nobody brought is not there, nor a dossier of Vie sociale.
  phones.expect(margaux, /status of 40[34]/);
  const own = await Elsewhere.of(coop, MARGAUX);
  const [seat] = await own.free();
  await open(margaux, "/");
  await afterEverythingIsKept(margaux);
  for (const known of memberPages()) await margaux.goto(addressOf(known, { id: shiftOf(seat), said: "" }));
  await open(margaux, "/?porte=serveur");
  await open(margaux, "/echanges?act=019ab0c2-0000-7000-8000-000000000001");
  await take(margaux, seat);
  await expect(told(margaux, "La place est à toi")).toBeAttached();
  await margaux.getByText("Historique des places").click();
  await expect(margaux.getByRole("listitem").filter({ hasText: "prise" }).first()).toBeVisible();
  await expectOnlyFiles(margaux);
  const bodies = await margaux.evaluate(async () => {
    const names = await caches.keys();
    const found: string[] = [];
    for (const name of names) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        if (answer && /html|json/.test(answer.headers.get("content-type") ?? "")) found.push(await answer.text());
      }
    }
    return found;
  });
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toContain("data-shell");
  for (const secret of ["Margaux", "Petit", MARGAUX.email]) expect(bodies[0]).not.toContain(secret);
});

test("a phone that keeps nothing takes acts as long as the page is open, and says so", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE, { baseURL: proxy.address });
  phones.expect(camille, NO_NETWORK);
  const own = await Elsewhere.of(coop, CAMILLE);
  const [seat] = await own.free();
  // As in some private windows.
  await camille.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "InvalidStateError");
    };
  });
  const [shift, position] = seat.split("~");
  await open(camille, `/vacation/${shift}?feuille=prendre&place=${position}`);
  await proxy.unplug();
  await camille.getByRole("dialog", { name: /^Prendre/ }).getByRole("button", { name: /^Prendre la place/ }).first().click();
  await expect(camille.getByText("Tu as demandé cette place : en attente.")).toBeVisible();
  await proxy.plugIn();
  await online(camille);
  await expect(told(camille, "La place est à toi")).toBeAttached();
  expect(await own.holder(seat)).toBe(own.member);
});

/** From the next page on, the phone does not give back what it keeps of acts, until it can again. */
const givesNoActsBack = (phone: Page) =>
  phone.addInitScript(() => {
    const opens = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name: string, version?: number) {
      if (name.startsWith("outbox-") && !localStorage.getItem("gives-back")) throw new DOMException("not now", "UnknownError");
      return opens.call(this, name, version);
    };
  });
const givesThemBack = (phone: Page) => phone.evaluate(() => localStorage.setItem("gives-back", "1"));

test("Inès's phone does not give back what she asked for: it is not taken for nothing, survives her signing out, and leaves when she is back", async ({
  phones,
}) => {
  const ines = await phones.visitor(coop, { baseURL: proxy.address, storageState: await signIn(coop, INES) });
  phones.expect(ines, NO_NETWORK, /status of 401/);
  const own = await Elsewhere.of(coop, INES);
  const [seat] = await own.free();
  await open(ines, "/");
  await afterEverythingIsKept(ines);
  await proxy.unplug();
  await take(ines, seat);
  await expectStates(ines, ["to_send"]);

  await test.step("it says that it does not know", async () => {
    await givesNoActsBack(ines);
    await ines.goto("/moi/actions");
    await expect(ines.getByRole("heading", { name: "Tes actions ne se lisent pas" })).toBeVisible();
    await expect(line(ines, "ce téléphone ne dit pas ce qu’il reste à envoyer")).toBeVisible();
  });

  await test.step("she is asked before she signs out, and it goes on keeping it", async () => {
    await proxy.plugIn();
    await ines.goto("/moi");
    await ines.getByRole("button", { name: "Se déconnecter" }).click();
    const warning = sheet(ines, "Partir sans envoyer ?");
    await expect(warning).toContainText("Ce téléphone ne dit pas s’il garde encore quelque chose à envoyer.");
    await warning.getByRole("button", { name: "Me déconnecter quand même" }).click();
    await expect(ines.getByRole("heading", { name: "C’est toi ?" })).toBeVisible();
    await expect.poll(() => snapshots(ines)).toEqual([]);
    expect(await databases(ines)).toContain(`outbox-${own.member}`);
    expect(await own.holder(seat)).toBeUndefined();
  });

  await test.step("she is back", async () => {
    await givesThemBack(ines);
    await typeCode(ines, await askForCode(ines, coop, INES.email));
    await expect.poll(() => own.holder(seat)).toBe(own.member);
    await expectStates(ines, ["applied"]);
  });
});

test("a phone that is emptied under an open page keeps again what the page has still to send", async ({ phones }) => {
  const nour = await phones.of(coop, NOUR, { baseURL: proxy.address });
  phones.expect(nour, NO_NETWORK);
  const own = await Elsewhere.of(coop, NOUR);
  const [seat] = await own.free();
  await open(nour, "/");
  await afterEverythingIsKept(nour);
  await proxy.unplug();
  await take(nour, seat);
  await expectStates(nour, ["to_send"]);
  await nour.evaluate(async () => {
    const gone = ({ name = "" }) =>
      new Promise((done) => Object.assign(indexedDB.deleteDatabase(name), { onsuccess: done, onerror: done }));
    await Promise.all((await indexedDB.databases()).map(gone));
  });
  await online(nour);
  await expectStates(nour, ["to_send"]);
  await proxy.plugIn();
  await online(nour);
  await expectStates(nour, ["applied"]);
  expect(await own.holder(seat)).toBe(own.member);
});

test("a page that the browser brings back shows nothing of whoever has signed out since", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE, { baseURL: proxy.address });
  phones.expect(camille, NO_NETWORK);
  await open(camille, "/");
  await afterEverythingIsKept(camille);
  const hello = camille.getByRole("heading", { name: "Bonjour Camille" });
  const isBroughtBack = () => camille.evaluate(() => void window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await proxy.unplug();

  await test.step("while the phone is hers, the page goes on", async () => {
    await mark(camille);
    await isBroughtBack();
    await expect(camille.locator("html[data-veiled]")).toHaveCount(0);
    await expect(hello).toBeVisible();
    expect(await stayed(camille)).toBe(true);
  });

  await test.step("once it is nobody's, it begins anew, without a network too", async () => {
    // As it is left by whoever signs out, or comes to where one signs in.
    await writeKept(camille, "device", "last", "null");
    await isBroughtBack();
    await expect.poll(() => stayed(camille).catch(() => true)).toBe(false);
    await isAlive(camille);
    await expect(camille.getByRole("heading", { name: "Il faut le réseau, cette fois" })).toBeVisible();
    await expect(camille.locator("body")).not.toContainText("Camille");
  });
});

test("what another tab has kept while this one starts is not written over by what was read before", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX, { baseURL: proxy.address });
  phones.expect(margaux, NO_NETWORK);
  await open(margaux, "/");
  await afterEverythingIsKept(margaux);
  const mine = JSON.parse(await keptMe(margaux)) as { sheets: unknown[] };
  expect(mine.sheets).not.toEqual([]);
  const [kept] = await snapshots(margaux);
  const { member, ahead_ms } = JSON.parse((await readKept(margaux, "device", "last")) ?? "{}") as { member: string; ahead_ms: number };
  await proxy.unplug();
  // By now her sheets are over, and forgotten by whoever reads them.
  await writeKept(margaux, "device", "last", JSON.stringify({ member, ahead_ms: ahead_ms + 9 * 86_400_000 }));
  const newer = JSON.stringify({ ...mine, told_by: "another tab" });
  await margaux.addInitScript(
    ([name, newer]) => {
      const keep = () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(name, 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const keeping = opening.result.transaction("kept", "readwrite");
            keeping.objectStore("kept").put(newer, "me");
            keeping.oncomplete = () => resolve(opening.result.close());
          };
        });
      let reading: Promise<unknown> | undefined;
      // Between what the shell's script reads and the app that takes it.
      Object.defineProperty(globalThis, "alparKept", {
        get: () => reading,
        set: (begun?: Promise<unknown>) => {
          reading = begun?.then(async (read) => {
            await keep();
            return read;
          });
        },
      });
    },
    [kept, newer] as const,
  );
  await margaux.goto("/");
  await expect(margaux.getByRole("heading", { name: "Bonjour Margaux" })).toBeVisible();
  expect(await readKept(margaux, kept, "me")).toBe(newer);
});

test("a phone that was stopped while it kept the planning has the day's sheets again at its next start", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX);
  await open(margaux, "/");
  const [{ shift }] = JSON.parse(await keptMe(margaux)).sheets as { shift: string }[];
  const [kept] = await snapshots(margaux);
  await neverKept(margaux, kept, "calendar", "calendar-etag");
  await open(margaux, `/vacation/${shift}/feuille`);
  await expect(margaux.getByRole("region", { name: "Qui est là" })).toBeVisible();
});
