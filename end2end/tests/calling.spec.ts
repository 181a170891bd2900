import { CAMILLE, NOUR, SOLENE } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { expect, news, NO_NETWORK, open, sheet, test, told } from "../phones";

// The lead of a shift that lacks somebody calls whoever can come.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("calling");
});
test.afterAll(() => coop.close());

test("Solène calls for help the day before, and Nour, who is free, comes", async ({ phones }) => {
  const camille = await Elsewhere.of(coop, CAMILLE);
  const [solene, nour] = [await phones.of(coop, SOLENE), await phones.of(coop, NOUR)];
  for (const phone of [solene, nour]) phones.expect(phone, NO_NETWORK);
  const [seat] = await camille.seats();
  const shift = `/vacation/${shiftOf(seat)}`;
  await camille.acts("give_seat", { offer: await camille.id(), seat, audience: { to: "anyone" } });

  await test.step("not four days before", async () => {
    await open(solene, shift);
    await expect(solene.getByRole("link", { name: "Appeler du renfort" })).toHaveCount(0);
  });

  // Friday morning.
  await coop.pass({ hours: 73 });
  await open(solene, shift);
  await solene.getByRole("link", { name: "Appeler du renfort" }).click();
  const calling = sheet(solene, "Appeler du renfort");
  await calling.getByLabel("Un mot, si tu veux").fill("Livraison double");
  await calling.getByRole("button", { name: "Lancer l’appel" }).click();
  await expect(told(solene, "L’appel est parti")).toBeAttached();

  await open(nour, "/");
  await expect(news(nour, "Il manque du monde.")).toContainText("« Livraison double »");
  await open(nour, shift);
  await nour.getByRole("link", { name: "Prendre la place de Camille" }).first().click();
  await sheet(nour, /^Prendre/).getByRole("button", { name: /^Prendre la place/ }).first().click();
  await expect(told(nour, "La place est à toi")).toBeAttached();

  await test.step("then nobody is missing, and she cannot call again", async () => {
    await open(solene, shift);
    await expect(solene.getByRole("link", { name: "Appeler du renfort" })).toHaveCount(0);
  });
});
