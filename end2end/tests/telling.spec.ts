import type { Page } from "@playwright/test";
import { type Dated, readByIcalJs, readByNodeIcal } from "../calendar-readers";
import { CAMILLE, HUGO, INES, KARIM, MARGAUX, NOUR, SOLENE, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { MailServer } from "../mail-server";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";
import { PushEndpoint, signedBy } from "../push-endpoint";

// People are told outside the app: on their devices and by mail, once, while it is true.
let post: MailServer;
let coop: CoopServer;

test.beforeAll(async () => {
  post = await MailServer.open();
  coop = await CoopServer.open("telling");
});
test.afterAll(async () => {
  await coop.close();
  await post.close();
});

/** Codes are read from files: once everybody is signed in, mails go to the mail server. */
async function byMailFromHereOn() {
  await coop.stop();
  coop.set("SMTP_URL", post.url);
  await coop.start();
}

/** What two calendar programs make of an address: the same. */
async function readAt(address: string): Promise<Dated[]> {
  const text = await (await fetch(address)).text();
  const [one, other] = [readByIcalJs(text), readByNodeIcal(text)];
  expect(one).toEqual(other);
  return one;
}

/** What the phone's own notification centre shows. */
async function shownBy(phone: Page, message: object): Promise<string[]> {
  const protocol = await phone.context().newCDPSession(phone);
  const registered = new Promise<string>((resolve) => {
    protocol.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(coop.address));
      if (ours) resolve(ours.registrationId);
    });
  });
  await protocol.send("ServiceWorker.enable");
  const registrationId = await registered;
  await protocol.send("ServiceWorker.deliverPushMessage", { origin: coop.address, registrationId, data: JSON.stringify(message) });
  const shown = () =>
    phone.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body }) => `${title} ${body}`));
  await expect.poll(shown).not.toEqual([]);
  return shown();
}

test("a device that is gone is forgotten, one that is busy is told later, and nobody hears twice", async () => {
  const [hugo, ines] = [await Elsewhere.of(coop, HUGO), await Elsewhere.of(coop, INES)];
  const device = await PushEndpoint.open();
  await hugo.showsPushes(device);
  device.answers.push({ status: 429, headers: { "retry-after": "1" } });
  const offers = (await ines.calendar()).offers;
  const [seat] = await hugo.seats();
  const offer = offers.find((known) => known.seat === seat);
  await ines.acts("claim_offer", { offer: offer?.id });
  await expect.poll(() => device.pushed.length).toBe(1);
  expect(device.pushed[0].message.title).toBe("Ta place est prise.");

  device.answers.push({ status: 410 });
  await ines.acts("give_seat", { offer: await ines.id(), seat, audience: { to: "named", members: [hugo.member] } });
  await expect.poll(async () => (await hugo.pushes()).endpoint).toBeNull();
  expect(device.pushed.length).toBe(1);
  device.close();
});

test("Inès makes an address for her calendar, and is asked before another one takes its place", async ({ phones }) => {
  const phone = await phones.of(coop, INES);
  await open(phone, "/moi/prevenir");
  const address = phone.getByLabel("Ton adresse");
  await phone.getByRole("button", { name: "Créer une adresse" }).click();
  await expect(address).toBeFocused();
  const first = await address.inputValue();
  const another = phone.getByRole("button", { name: "En faire une autre" });
  const asks = phone.getByRole("dialog", { name: /^Changer d’adresse/ });

  await test.step("keeping it changes nothing", async () => {
    await another.click();
    await asks.getByRole("button", { name: "Garder l’adresse" }).click();
    await expect(asks).toBeHidden();
    await expect(another).toBeFocused();
    expect((await fetch(first)).status).toBe(200);
  });

  await test.step("the new one has the focus, and the old one leads nowhere", async () => {
    await another.click();
    await asks.getByRole("button", { name: "Faire une autre adresse" }).click();
    await expect(address).not.toHaveValue(first);
    await expect(address).toBeFocused();
    expect([(await fetch(first)).status, (await fetch(await address.inputValue())).status]).toEqual([404, 200]);
  });

  await test.step("later the page says since when there is one, and not which", async () => {
    await open(phone, "/moi/prevenir");
    await expect(phone.getByText(/^Ton adresse existe depuis le/)).toBeVisible();
    await expect(address).toHaveCount(0);
  });
});

test("Solène chooses what she is told and when, offline too, and keeps what she chose", async ({ phones }) => {
  const phone = await phones.of(coop, SOLENE);
  await open(phone, "/moi/prevenir");
  const mails = phone.getByRole("switch", { name: "Mails : Il manque du monde" });
  // No device of hers shows pushes: she is told by mail.
  await expect(mails).toHaveAttribute("aria-checked", "true");
  await mails.click();
  await expect(mails).toHaveAttribute("aria-checked", "false");
  await phone.getByRole("checkbox", { name: "1 jour avant", exact: true }).check({ force: true });
  await phone.getByRole("checkbox", { name: "7 jours avant" }).uncheck({ force: true });
  await phone.getByRole("button", { name: "Enregistrer les rappels" }).click();
  await expect(phone.getByText("Tes rappels sont à jour.").first()).toBeAttached();
  await open(phone, "/moi/prevenir");
  await expect(mails).toHaveAttribute("aria-checked", "false");
  await expect(phone.getByRole("checkbox", { name: "1 jour avant", exact: true })).toBeChecked();
  await expect(phone.getByRole("checkbox", { name: "7 jours avant" })).not.toBeChecked();
  // What changes her own shifts has no switch.
  await expect(phone.getByRole("switch", { name: /Mes vacations/ })).toHaveCount(0);
});

test("two calendar programs read the same shifts at Théo's secret address, on both sides of the change of the clocks, until it is renewed", async () => {
  const theo = await Elsewhere.of(coop, THEO);
  const address = await theo.calendarAddress();
  const before = await readAt(address);
  const planned = (await theo.calendar()).shifts.filter(({ seats }) => seats.some(({ holder }) => holder === theo.member));
  const standing = before.filter(({ status }) => status === "CONFIRMED");
  expect(standing.map(({ uid, start }) => [uid, start])).toEqual(
    expect.arrayContaining(planned.map(({ id, starts_at }) => [`${id}@alpar`, new Date(starts_at).toISOString()])),
  );
  // Eight weeks back there was summer time still.
  const hours = new Set(standing.map(({ start }) => new Date(start).getUTCHours()));
  expect(hours.size).toBeGreaterThan(1);

  const renewed = await theo.calendarAddress();
  expect([(await fetch(address)).status, (await fetch(renewed)).status]).toEqual([404, 200]);
});

test("a shift that Margaux gives to Nour is cancelled at Margaux's secret address: the same event, later in its sequence", async () => {
  const [margaux, nour] = [await Elsewhere.of(coop, MARGAUX), await Elsewhere.of(coop, NOUR)];
  const address = await margaux.calendarAddress();
  // A place that asks for nothing, a week ahead or more, on a day on which both have none.
  const nours = new Set(await nour.free());
  const seat = (await margaux.free()).find((known) => nours.has(known)) ?? "";
  await margaux.acts("take_seat", { seat });
  const event = async () => {
    const found = (await readAt(address)).filter(({ uid }) => uid === `${shiftOf(seat)}@alpar`);
    expect(found.length).toBe(1);
    return found[0];
  };
  const hers = await event();
  expect(hers.status).toBe("CONFIRMED");

  const offer = await margaux.id();
  await margaux.acts("give_seat", { offer, seat, audience: { to: "named", members: [nour.member] } });
  expect(await event(), "hers until it is taken").toEqual(hers);
  await nour.acts("claim_offer", { offer });
  const gone = await event();
  expect(gone).toEqual({ ...hers, status: "CANCELLED", sequence: gone.sequence });
  expect(gone.sequence).toBeGreaterThan(hers.sequence);
});

test("an exchange that Camille closes is on Karim's screen lock within two seconds, in his mail and in his inbox", async ({ phones }) => {
  const [camille, karim] = [await Elsewhere.of(coop, CAMILLE), await Elsewhere.of(coop, KARIM)];
  const phone = await phones.of(coop, KARIM);
  await phone.context().grantPermissions(["notifications"], { origin: coop.address });
  phones.expect(phone, NO_NETWORK);
  await open(phone, "/");
  await isReadyForTheCellar(phone);
  await byMailFromHereOn();
  const device = await PushEndpoint.open();
  await karim.showsPushes(device);
  const [saturday, thursday] = [(await camille.seats())[0], (await karim.seats())[0]];
  const acted = Date.now();
  await camille.acts("exchange_seat", { offer: await camille.id(), seat: saturday, wishes: [shiftOf(thursday)] });

  await test.step("pushed", async () => {
    await expect.poll(() => device.pushed.length, { intervals: [50] }).toBe(1);
    const [push] = device.pushed;
    expect(push.at - acted).toBeLessThan(2000);
    expect(push.message).toMatchObject({ title: "Échange fait.", url: `/vacation/${shiftOf(saturday)}` });
    expect(push.message.body).toContain("Camille M.");
    expect(push.headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "normal" });
    expect(Number(push.headers.ttl)).toBeGreaterThan(0);
    const { key, claims } = signedBy(push);
    expect(key).toBe((await karim.pushes()).key);
    expect(claims).toMatchObject({ aud: new URL(device.subscription.endpoint).origin, sub: coop.address });
    expect(claims.exp - Date.now() / 1000).toBeLessThan(24 * 3600);
  });

  await test.step("shown by the browser", async () => {
    expect(await shownBy(phone, device.pushed[0].message)).toEqual([expect.stringContaining("Échange fait.")]);
  });

  await test.step("mailed", async () => {
    await expect.poll(() => post.to(KARIM.email).length).toBe(1);
    const [mail] = post.to(KARIM.email);
    expect(mail.subject).toBe("Échange fait");
    for (const part of [mail.text, mail.html || ""]) {
      expect(part).toContain("Camille M.");
      expect(part).toContain(`${coop.address}/vacation/${shiftOf(saturday)}`);
    }
    const dates = mail.attachments.map(({ filename, content }) => [filename, content.toString("utf8")]);
    expect(dates).toEqual([["alpar.ics", expect.stringContaining("STATUS:CONFIRMED")]]);
    const [[, file]] = dates;
    for (const [shift, status] of [
      [shiftOf(saturday), "CONFIRMED"],
      [shiftOf(thursday), "CANCELLED"],
    ]) {
      const event = file.split("BEGIN:VEVENT").find((part) => part.includes(`UID:${shift}@alpar`));
      expect(event).toContain(`STATUS:${status}`);
    }
  });

  await test.step("and in the inbox", async () => {
    expect((await karim.inbox()).map(({ notice }) => notice.kind)).toContain("loop_closed");
  });
  device.close();
});
