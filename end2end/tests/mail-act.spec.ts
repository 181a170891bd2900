import type { ParsedMail } from "mailparser";
import { nothingIsFound } from "../axe";
import { CAMILLE, KARIM } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { MailServer } from "../mail-server";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";
import { teammate } from "../shifts";

// Somebody who reads mails and has no app: one act behind one link, without a session, without any script.
let post: MailServer;
let coop: CoopServer;

test.use({ javaScriptEnabled: false });
test.beforeAll(async () => {
  post = await MailServer.open();
  coop = await CoopServer.open("mail-act");
});
test.afterAll(async () => {
  await coop.close();
  await post.close();
});

/** The one link to an act in a mail, the same in both its forms. */
function actIn({ text, html }: ParsedMail): string {
  const [inText, inHtml] = [text ?? "", html || ""].map((part) => part.match(/https?:\/\/[^\s"]+\/acte\/[\w-]{32}/g) ?? []);
  expect(inText).toHaveLength(1);
  expect(inHtml).toEqual(inText);
  return new URL(inText[0]).pathname;
}

test("Karim takes the place that Camille offers him, from his mail, and the app shows it", async ({ phones }) => {
  const [camille, karim] = [await Elsewhere.of(coop, CAMILLE), await Elsewhere.of(coop, KARIM)];
  const app = await phones.of(coop, KARIM, { javaScriptEnabled: true });
  phones.expect(app, NO_NETWORK);
  await open(app, "/");
  await isReadyForTheCellar(app);
  // Codes are read from files: everybody is signed in by now.
  await coop.stop();
  coop.set("SMTP_URL", post.url);
  await coop.start();
  const [saturday] = await camille.seats();
  await camille.acts("give_seat", { offer: await camille.id(), seat: saturday, audience: { to: "named", members: [karim.member] } });
  await expect.poll(() => post.to(KARIM.email).length).toBe(1);
  const link = actIn(post.to(KARIM.email)[0]);

  await test.step("whoever opens every link changes nothing", async () => {
    for (const method of ["GET", "HEAD", "OPTIONS", "GET"]) {
      await fetch(coop.address + link, { method, headers: { "sec-purpose": "prefetch" } });
    }
    expect(await camille.holder(saturday)).toBe(camille.member);
  });

  const reader = await phones.visitor(coop);
  await reader.goto(link);
  await test.step("the page has one act and no way further in", async () => {
    await expect(reader.getByRole("heading", { level: 1, name: "On te propose une place." })).toBeVisible();
    await expect(reader.getByText("Bonjour Karim")).toBeVisible();
    await expect(reader.getByRole("button")).toHaveCount(1);
    await expect(reader.getByRole("navigation")).toHaveCount(0);
  });

  const looks = await phones.visitor(coop, { javaScriptEnabled: true });
  await looks.goto(link);
  await nothingIsFound(looks, "a mail's act");

  await test.step("one press does it", async () => {
    await reader.getByRole("button", { name: "Prendre la place" }).click();
    await expect(reader).toHaveURL(link);
    await expect(reader.getByRole("heading", { level: 1, name: "C’est fait" })).toBeVisible();
    expect(await camille.holder(saturday)).toBe(karim.member);
    expect(await reader.context().cookies()).toEqual([]);
    await reader.goto("/vacations");
    await expect(reader).toHaveURL(/\/connexion/);
  });

  await test.step("once", async () => {
    await reader.goto(link);
    await expect(reader.getByRole("heading", { level: 1, name: "C’est fait" })).toBeVisible();
    await expect(reader.getByRole("button")).toHaveCount(0);
    await looks.goto(link);
    await nothingIsFound(looks, "a mail's act, done");
  });

  await test.step("the app shows it, and leaves the link to the network", async () => {
    await open(app, `/vacation/${shiftOf(saturday)}`);
    await expect(teammate(app, "Toi")).toBeVisible();
    await app.goto(link);
    await expect(app.getByRole("heading", { level: 1, name: "C’est fait" })).toBeVisible();
  });
});

test("a link that is not whole leads nowhere, and says so", async ({ phones }) => {
  const reader = await phones.visitor(coop, { javaScriptEnabled: true });
  phones.expect(reader, /404/);
  const answer = await reader.goto(`/acte/${"A".repeat(32)}`);
  expect(answer?.status()).toBe(404);
  await expect(reader.getByRole("heading", { level: 1, name: "Ce lien ne mène à rien" })).toBeVisible();
  await nothingIsFound(reader, "a mail's act that is none");
});
