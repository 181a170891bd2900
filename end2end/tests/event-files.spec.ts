import { request } from "@playwright/test";
import { readByIcalJs, readByNodeIcal } from "../calendar-readers";
import { CAMILLE } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { expect, test } from "../phones";
import { session } from "../session";

// Events in calendars that are not ours, and a page for people who have no account.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("event-files");
});
test.afterAll(() => coop.close());

interface Shown {
  event: {
    id: string;
    sequence: number;
    state: Record<string, unknown>;
    terms: { times: { starts_at: string; ends_at: string } };
  };
}

test("two calendar programs read the same instants, updates and cancellations from each event's file", async () => {
  const { member } = await Elsewhere.of(coop, CAMILLE);
  const http = await request.newContext({ baseURL: coop.address, storageState: await session(coop, CAMILLE) });
  const answer = await http.get("/api/v1/events", { headers: { "alpar-member": member } });
  const { events } = (await answer.json()) as { events: Shown[] };
  expect(events.length).toBeGreaterThan(6);
  for (const { event } of events) {
    const text = await (await http.get(`/sortie/${event.id}/agenda.ics`)).text();
    const [one, other] = [readByIcalJs(text), readByNodeIcal(text)];
    expect(one).toEqual(other);
    const { starts_at, ends_at } = event.terms.times;
    const status = "cancelled" in event.state ? "CANCELLED" : "CONFIRMED";
    const [start, end] = [starts_at, ends_at].map((at) => new Date(at).toISOString());
    expect(one).toEqual([{ uid: `${event.id}@alpar`, start, end, status, sequence: event.sequence }]);
  }
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
