import { type APIRequestContext, request } from "@playwright/test";
import { readByIcalJs, readByNodeIcal } from "../calendar-readers";
import { CAMILLE, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, type ShownEvent } from "../elsewhere";
import { daysAfter, onTheWall, parisDay, wall } from "../organising";
import { expect, test } from "../phones";
import { session } from "../session";

// Events in calendars that are not ours, and a page for people who have no account.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("event-files");
});
test.afterAll(() => coop.close());

const DAY = 86_400_000;

/** What both calendar programs make of a text; they never differ. */
function read(text: string) {
  const [one, other] = [readByIcalJs(text), readByNodeIcal(text)];
  expect(one).toEqual(other);
  return one;
}

/** What a calendar should hold of an event. */
function dated({ event }: ShownEvent) {
  const [start, end] = [event.terms.times.starts_at, event.terms.times.ends_at].map((at) => new Date(at).toISOString());
  const status = "cancelled" in event.state ? "CANCELLED" : "CONFIRMED";
  return { uid: `${event.id}@alpar`, start, end, status, sequence: event.sequence };
}

test("two calendar programs read the same instants and cancellations from each event's file", async () => {
  const camille = await Elsewhere.of(coop, CAMILLE);
  const http = await request.newContext({ baseURL: coop.address, storageState: await session(coop, CAMILLE) });
  const events = await camille.events();
  expect(events.length).toBeGreaterThan(6);
  expect(new Set(events.map((shown) => dated(shown).status))).toEqual(new Set(["CONFIRMED", "CANCELLED"]));
  for (const shown of events) {
    const text = await (await http.get(`/sortie/${shown.event.id}/agenda.ics`)).text();
    expect(read(text)).toEqual([dated(shown)]);
  }
  await http.dispose();
});

/** What an organiser's form posts; gives where it leads. */
async function posts(http: APIRequestContext, form: Record<string, string>) {
  const answer = await http.post("/organiser", { form, maxRedirects: 0 });
  expect(answer.status(), await answer.text()).toBe(303);
  return new URL(answer.headers().location, coop.address).pathname.replace("/organiser/", "");
}

/** What stands in a page of the organisers' under a pattern. */
const found = async (http: APIRequestContext, path: string, pattern: RegExp) => (await (await http.get(path)).text()).match(pattern)?.[1] ?? "";

test("a supper each month is at 19 h through both clock changes, and what becomes of one replaces it in whichever calendar has it", async () => {
  const camille = await Elsewhere.of(coop, CAMILLE);
  const storageState = await session(coop, THEO);
  const http = await request.newContext({ baseURL: coop.address, storageState, extraHTTPHeaders: { origin: coop.address } });
  const first = parisDay(Date.parse((await camille.calendar()).as_of) + 9 * DAY);
  const groupe = await found(http, "/organiser/nouvelle", /<option value="([0-9a-f-]{36})"[^>]*>Vie sociale</);
  const typed = (from: number, day = first) => ({ title: "Souper du mois", place: "À la coop", starts: wall(day, from), ends: wall(day, from + 3) });
  const made = await posts(http, { geste: "creer", groupe, ...typed(19), rythme: "monthly", until: daysAfter(first, 420) });
  await posts(http, { geste: "publier", event: made, maintenant: "oui", portee: "toutes" });
  const suppers = async () => (await camille.events()).filter(({ event }) => event.terms.details.title === "Souper du mois");
  const all = await suppers();
  expect(all.length).toBeGreaterThanOrEqual(13);
  for (const { event } of all) await camille.acts("answer_event", { event: event.id, answer: "yes" });
  const address = new URL(await camille.calendarAddress(), coop.address).pathname;
  /** Each supper as its own file has it, and as the calendar has it that Camille subscribed to. */
  const both = async () => {
    const files = await Promise.all(all.map(async ({ event }) => read(await (await http.get(`/sortie/${event.id}/agenda.ics`)).text())[0]));
    const ids = new Set(files.map(({ uid }) => uid));
    const feed = read(await (await http.get(address)).text()).filter(({ uid }) => ids.has(uid));
    const inOrder = (list: typeof feed) => [...list].sort((a, b) => a.uid.localeCompare(b.uid));
    expect(inOrder(feed)).toEqual(inOrder(files.filter(({ uid }) => feed.some((known) => known.uid === uid))));
    expect(feed.length).toBeGreaterThanOrEqual(12);
    return files;
  };

  await test.step("summer and winter, on the wall it is the same hour", async () => {
    const files = await both();
    expect(files).toEqual(all.map(dated));
    expect(files.map(({ start }) => onTheWall(start).slice(11))).toEqual(files.map(() => "19:00"));
    expect(files.map(({ end }) => onTheWall(end).slice(11))).toEqual(files.map(() => "22:00"));
    expect(new Set(files.map(({ start }) => start.slice(11, 16)))).toEqual(new Set(["17:00", "18:00"]));
  });

  await test.step("one moves by an hour: the same UID, a higher sequence", async () => {
    const { id } = all[2].event;
    const base = await found(http, `/organiser/${id}`, /name="base" value="(\d+)"/);
    const day = onTheWall(all[2].event.terms.times.starts_at).slice(0, 10);
    await posts(http, { geste: "modifier", event: id, base, portee: "celle-ci", guests: "0", ...typed(20, day) });
    const files = await both();
    expect(files).toEqual((await suppers()).map(dated));
    expect(files.map(({ sequence }) => sequence)).toEqual(all.map((_, nth) => (nth === 2 ? 1 : 0)));
    expect(onTheWall(files[2].start)).toBe(`${day} 20:00`);
  });

  await test.step("one is off: it stays, cancelled", async () => {
    await posts(http, { geste: "annuler", event: all[4].event.id, mot: "Travaux", portee: "celle-ci" });
    const files = await both();
    expect(files.map(({ status }) => status)).toEqual(all.map((_, nth) => (nth === 4 ? "CANCELLED" : "CONFIRMED")));
    expect(files[4].sequence).toBe(1);
  });

  await test.step("all that come move to 18 h 30, but for the one that has an hour of its own: on the wall, in both seasons", async () => {
    const base = await found(http, `/organiser/${made}`, /name="base" value="(\d+)"/);
    const times = { starts: `${first}T18:30`, ends: `${first}T21:30` };
    await posts(http, { geste: "modifier", event: made, base, portee: "toutes", ...typed(19), ...times });
    const files = await both();
    const hours = files.filter(({ status }) => status === "CONFIRMED").map(({ start }) => onTheWall(start).slice(11));
    expect(hours).toEqual(all.slice(1).map((_, nth) => (nth === 2 ? "20:00" : "18:30")));
    expect(new Set(files.map(({ uid }) => uid)).size).toBe(all.length);
  });
  await http.dispose();
});

test("the presentation is read without an account, and a name that is missing comes back with the rest", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: coop.address, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/presentation");
  await expect(page.getByRole("heading", { level: 1, name: "Viens nous voir" })).toBeVisible();
  const first = page.getByRole("button", { name: "Je viens" }).first();
  await page.getByLabel("Ton adresse e-mail").first().fill("voisine@exemple.fr");
  await page.getByLabel("Ton nom").first().fill("…");
  await first.click();
  await expect(page.getByText("Écris ton nom")).toBeVisible();
  await expect(page.getByLabel("Ton adresse e-mail").first()).toHaveValue("voisine@exemple.fr");
  await page.getByLabel("Ton nom").first().fill("Une voisine");
  await page.getByRole("button", { name: "Je viens" }).first().click();
  await expect(page.getByRole("status")).toContainText("Regarde tes mails");
  await context.close();
});
