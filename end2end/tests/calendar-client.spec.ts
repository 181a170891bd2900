import type { Page } from "@playwright/test";
import { CalendarClient } from "../calendar-client";
import { HUGO, IDRIS, INES, LEA, type Member, NOUR } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { MailServer } from "../mail-server";
import { expect, mark, NO_NETWORK, open, type Phones, stayed, test } from "../phones";
import { PushEndpoint } from "../push-endpoint";

// Shifts in a calendar that is not ours, and a change that reaches everybody everywhere at once.
let post: MailServer;
let coop: CoopServer;

test.beforeAll(async () => {
  post = await MailServer.open();
  coop = await CoopServer.open("calendar-client");
});
test.afterAll(async () => {
  await coop.close();
  await post.close();
});

const PARIS = "Europe/Paris";
const NEW_YORK = "America/New_York";

/** « 2026-11-28 09:00 » on the clocks of somewhere. */
const clock = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(new Date(at));

/** Everything that an address may hold: eight weeks back, sixteen ahead. */
async function everything(client: CalendarClient, zone: string, asOf: string) {
  const from = new Date(Date.parse(asOf) - 70 * 86_400_000).toISOString().slice(0, 10);
  return client.list(zone, from, 220);
}

/** Makes the address on « Préviens-moi », as a member does. */
async function addressOf(phone: Page): Promise<string> {
  await open(phone, "/moi/prevenir");
  await phone.getByRole("button", { name: "Créer une adresse" }).click();
  const address = phone.getByLabel("Ton adresse");
  await expect(address).toHaveValue(/\/agenda\/.+\.ics$/);
  return address.inputValue();
}

test("Hugo's shifts are in his own calendar at the hours of where he is, what he gave is cancelled in it, and a new address ends the old one", async ({
  phones,
}) => {
  const phone = await phones.of(coop, HUGO);
  const [hugo, ines] = [await Elsewhere.of(coop, HUGO), await Elsewhere.of(coop, INES)];
  const client = await CalendarClient.subscribedTo(await addressOf(phone));
  const { as_of, shifts, offers } = await hugo.calendar();
  const his = shifts.filter(({ seats, state }) => state.is === "planned" && seats.some(({ holder }) => holder === hugo.member));
  expect(his.length).toBeGreaterThan(0);

  await test.step("at the hours of Paris, and of New York", async () => {
    await client.sync();
    for (const zone of [PARIS, NEW_YORK]) {
      const listed = (await everything(client, zone, as_of)).filter(({ status }) => status === "CONFIRMED");
      const expected = his.map(({ id, starts_at }) => [id, clock(starts_at, zone)]);
      expect(listed.map(({ shift, starts }) => [shift, starts])).toEqual(expect.arrayContaining(expected));
    }
    expect(clock(his[0].starts_at, PARIS)).not.toBe(clock(his[0].starts_at, NEW_YORK));
  });

  await test.step("the Thursday that Inès takes is cancelled at the next look", async () => {
    const [thursday] = await hugo.seats();
    const offer = offers.find(({ seat }) => seat === thursday);
    const of = async () => (await everything(client, PARIS, as_of)).filter(({ shift }) => shift === shiftOf(thursday));
    const [before] = await of();
    expect(before.status).toBe("CONFIRMED");
    await ines.acts("claim_offer", { offer: offer?.id });
    await client.sync();
    expect(await of()).toEqual([{ ...before, status: "CANCELLED" }]);
  });

  await test.step("the old address leads nowhere, the new one to the same shifts", async () => {
    const known = await everything(client, PARIS, as_of);
    const anew = await CalendarClient.subscribedTo(await hugo.calendarAddress());
    await anew.sync();
    expect(await everything(anew, PARIS, as_of)).toEqual(known);
    await expect(client.sync()).rejects.toThrow(/shifts/);
    anew.putAway();
  });
  client.putAway();
});

/** In the page: when « Échange fait » came up, by the clock that node has too. */
const toldOn = (phone: Page) =>
  phone.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!document.querySelector("main")?.textContent?.includes("Échange fait")) return;
          watch.disconnect();
          requestAnimationFrame(() => resolve(Date.now()));
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      }),
  );

test("a loop that Idris closes reaches Léa and Nour within two seconds, on their devices and in the app, and in their mail, inbox and calendar", async ({
  phones,
}) => {
  const idris = await Elsewhere.of(coop, IDRIS);
  const others = await Promise.all([LEA, NOUR].map((who) => reached(phones, who)));
  // Codes are read from files: once everybody is signed in, mails go to the mail server.
  await coop.stop();
  coop.set("SMTP_URL", post.url);
  await coop.start();
  for (const { phone, own, device, client } of others) {
    await own.showsPushes(device);
    await client.sync();
    await open(phone, "/");
    await mark(phone);
  }
  const asked = (await idris.me()).loops.find(({ legs }) => others.every(({ own }) => legs.some(({ member }) => member === own.member)));
  expect(asked?.legs.length).toBe(3);
  const shown = others.map(({ phone }) => toldOn(phone));

  const acted = Date.now();
  await idris.acts("accept_loop", { loop: asked?.id });
  for (const [nth, { who, phone, own, device, client }] of others.entries()) {
    const leg = asked?.legs.find(({ member }) => member === own.member);
    const [gives, takes] = [shiftOf(leg?.gives ?? ""), shiftOf(leg?.takes ?? "")];

    await test.step(`${who.first} sees it in the app, and is pushed`, async () => {
      const inTheApp = (await shown[nth]) - acted;
      expect(await stayed(phone)).toBe(true);
      await expect.poll(() => device.pushed.length, { intervals: [50] }).toBe(1);
      const [push] = device.pushed;
      console.log(`      from the act to ${who.first}'s app: ${inTheApp} ms; to the device: ${push.at - acted} ms`);
      expect(inTheApp).toBeLessThan(2000);
      expect(push.at - acted).toBeLessThan(2000);
      expect(push.message).toMatchObject({ title: "Échange fait.", url: `/vacation/${takes}` });
    });

    await test.step(`${who.first} has a mail with the new dates, and a card in the inbox`, async () => {
      await expect.poll(() => post.to(who.email).length).toBe(1);
      const [mail] = post.to(who.email);
      expect(mail.subject).toBe("Échange fait");
      const [file] = mail.attachments.map(({ content }) => content.toString("utf8"));
      const status = (shift: string) => file.split("BEGIN:VEVENT").find((part) => part.includes(`UID:${shift}@alpar`));
      expect(status(takes)).toContain("STATUS:CONFIRMED");
      expect(status(gives)).toContain("STATUS:CANCELLED");
      expect((await own.inbox()).map(({ notice }) => notice.kind)).toContain("loop_closed");
    });

    await test.step(`${who.first}'s calendar has the one, and cancels the other`, async () => {
      await client.sync();
      const listed = await everything(client, PARIS, (await own.calendar()).as_of);
      const status = (shift: string) => listed.filter((known) => known.shift === shift).map(({ status }) => status);
      expect([status(takes), status(gives)]).toEqual([["CONFIRMED"], ["CANCELLED"]]);
    });
    device.close();
    client.putAway();
  }
});

/** Somebody with the app open, a device that shows pushes, and a calendar of their own. */
async function reached(phones: Phones, who: Member) {
  const [phone, own] = [await phones.of(coop, who), await Elsewhere.of(coop, who)];
  phones.expect(phone, NO_NETWORK);
  const [device, client] = [await PushEndpoint.open(), await CalendarClient.subscribedTo(await own.calendarAddress())];
  return { who, phone, own, device, client };
}
