import { LEA, MARGAUX, NOUR } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { expect, news, NO_NETWORK, open, sheet, test, told } from "../phones";

// A full shift has a waiting list; a habit is watched for.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("waiting");
});
test.afterAll(() => coop.close());

/** A shift that Margaux fills, a week or more ahead, on which Léa has nothing else to do that day. */
async function filled(margaux: Elsewhere, lea: Elsewhere): Promise<{ shift: string; seat: string }> {
  const { as_of, shifts, offers } = await margaux.calendar();
  const from = Date.parse(as_of) + 9 * 86_400_000;
  const hers = shifts.filter(({ seats }) => seats.some(({ holder }) => holder === lea.member)).map(({ starts_at }) => starts_at.slice(0, 10));
  for (const { id, starts_at, state, minimum, seats } of shifts) {
    const [position, ...more] = seats.flatMap(({ holder }, at) => (holder ? [] : [at]));
    const plain = position !== undefined && more.length === 0 && !seats[position].lead && !seats[position].skill;
    if (!plain || state.is !== "planned" || Date.parse(starts_at) < from || seats.length - 1 < minimum) continue;
    if (hers.includes(starts_at.slice(0, 10)) || offers.some((offer) => offer.seat.startsWith(id))) continue;
    const seat = `${id}~${position}`;
    if ((await margaux.act("take_seat", { seat })).status === "applied") return { shift: id, seat };
  }
  throw new Error("no shift lacks just one");
}

test("Léa waits for a full shift, gets her turn when Margaux moves away, and takes the place", async ({ phones }) => {
  const [margaux, hers, nour] = [await Elsewhere.of(coop, MARGAUX), await Elsewhere.of(coop, LEA), await Elsewhere.of(coop, NOUR)];
  const { shift, seat } = await filled(margaux, hers);
  const lea = await phones.of(coop, LEA);
  phones.expect(lea, NO_NETWORK);

  await open(lea, `/vacation/${shift}`);
  const line = lea.getByRole("region", { name: "Liste d’attente" });
  await expect(line).toContainText("C’est complet");
  await line.getByRole("button", { name: "M’inscrire sur la liste" }).click();
  await expect(line).toContainText("Tu es sur la liste d’attente, en premier.");

  for (const to of await margaux.free(9)) {
    if ((await margaux.act("move_seat", { from: seat, to })).status === "applied") break;
  }
  await expect(line).toContainText("C’est ton tour : une place est gardée pour toi");
  expect((await nour.act("take_seat", { seat })).reason).toMatchObject({ code: "seat_kept" });

  await line.getByRole("link", { name: "Prendre la place" }).click();
  await sheet(lea, /^Prendre/).getByRole("button", { name: /^Prendre la place/ }).first().click();
  await expect(told(lea, "La place est à toi")).toBeAttached();
  await expect.poll(() => hers.holder(seat)).toBe(hers.member);
});

test("Nour watches for a day, offline too, and hears of a place that opens", async ({ phones }) => {
  const margaux = await Elsewhere.of(coop, MARGAUX);
  const nour = await phones.of(coop, NOUR);
  phones.expect(nour, NO_NETWORK);
  const [from] = await margaux.free(9);
  await margaux.acts("take_seat", { seat: from });
  const { shifts } = await margaux.calendar();
  const start = new Date(shifts.find(({ id }) => from.startsWith(id))?.starts_at ?? 0);
  const day = new Intl.DateTimeFormat("fr", { weekday: "long", timeZone: "Europe/Paris" }).format(start);
  const said = day[0].toUpperCase() + day.slice(1);

  await open(nour, "/moi/prevenir");
  const watching = nour.getByRole("region", { name: "Les places que tu guettes" });
  await watching.getByLabel("Jour").selectOption({ label: said });
  await watching.getByRole("button", { name: "Guetter ces places" }).click();
  await expect(watching.getByRole("listitem").filter({ hasText: said })).toBeVisible();
  await expect(told(nour, "On te prévient dès qu’une place s’ouvre.")).toBeAttached();

  // What is open already is no news; Margaux gives hers away.
  await coop.pass({ minutes: 1 });
  await margaux.acts("give_seat", { offer: await margaux.id(), seat: from, audience: { to: "anyone" } });
  await open(nour, "/");
  await expect(news(nour, "Une place s’ouvre.")).toBeVisible({ timeout: 20_000 });

  await open(nour, "/moi/prevenir");
  await watching.getByRole("button", { name: `Ne plus guetter : ${said}` }).click();
  await expect(watching.getByRole("listitem")).toHaveCount(0);
});
