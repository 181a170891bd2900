import AxeBuilder from "@axe-core/playwright";
import { CAMILLE, IDRIS, MARGAUX } from "../cast";
import { CoopServer } from "../coop-server";
import { expect, NO_NETWORK, open, test, told } from "../phones";
import { theRegister } from "../register";
import { nextShift } from "../shifts";

// Whom what we send does not reach: the office calls them, and says that it did.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("reach");
});
test.afterAll(() => coop.close());

test("Idris's address came back and his Friday is closed: Margaux calls him, and his card is gone", async ({ phones }) => {
  const idris = await phones.of(coop, IDRIS);
  phones.expect(idris, NO_NETWORK);
  const friday = await nextShift(idris);
  await coop.stop();
  theRegister(
    coop.data,
    `insert into bounced_address select email, (select starts_at - interval '30 days' from shift where shift_id = '${friday.id}'), '550'
     from member where email = '${IDRIS.email}'`,
  );
  theRegister(coop.data, `update member set phone = '06 12 34 56 78' where email = '${IDRIS.email}'`);
  await coop.start();
  const margaux = await phones.of(coop, MARGAUX);
  await open(margaux, `/bureau/fermer/${friday.id}`);
  await margaux.getByLabel("Pourquoi").fill("Neige, pas de livraison");
  await margaux.getByRole("button", { name: /^Fermer et prévenir/ }).click();
  await expect(told(margaux, "La vacation est fermée, tout le monde est prévenu.")).toBeAttached();

  await test.step("on « Moi » she finds how many wait for the office", async () => {
    await open(margaux, "/moi");
    const doors = margaux.getByRole("region", { name: "À traiter" });
    await expect(doors.getByRole("listitem").filter({ hasText: "À joindre" })).toContainText(/[1-9]/);
    await doors.getByRole("link", { name: "À joindre" }).click();
  });

  const his = margaux.getByRole("region", { name: "À prévenir" }).getByRole("article", { name: /^Idris / });
  await test.step("his card says why, what to tell him, and how", async () => {
    await expect(margaux.getByRole("heading", { level: 1, name: "À joindre" })).toBeVisible();
    await expect(his).toContainText("Ses mails nous reviennent");
    await expect(his).toContainText("Neige, pas de livraison");
    await expect(his.getByRole("link", { name: /^Appeler Idris/ })).toHaveAttribute("href", "tel:0612345678");
    const { violations } = await new AxeBuilder({ page: margaux }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target.join(" ")) }))).toEqual([]);
  });

  await test.step("the letter says the same, on paper", async () => {
    await his.getByRole("link", { name: /^Imprimer une lettre/ }).click();
    const letter = margaux.getByRole("article", { name: /^Pour Idris/ });
    await expect(letter).toContainText("Neige, pas de livraison");
    await expect(letter.getByRole("heading", { name: "Tes prochaines vacations" })).toBeVisible();
    await margaux.emulateMedia({ media: "print" });
    await expect(letter).toBeVisible();
    await expect(margaux.getByRole("button", { name: "Imprimer" })).toBeHidden();
    await expect(margaux.getByRole("navigation", { name: "Principale" })).toBeHidden();
    await margaux.emulateMedia({ media: "screen" });
    await margaux.getByRole("link", { name: "À joindre" }).click();
  });

  await test.step("« C’est dit »: there is nothing more to tell him, only his address to put right", async () => {
    await his.getByRole("button", { name: /^C’est dit à Idris/ }).click();
    await expect(told(margaux, "C’est noté, avec ton nom.")).toBeAttached();
    await expect(his).toHaveCount(0);
    const corrected = margaux.getByRole("region", { name: "Adresses à corriger" });
    await expect(corrected.getByRole("article", { name: /^Idris / })).toBeVisible();
    await open(margaux, "/bureau/joindre");
    await expect(his).toHaveCount(0);
  });

  await test.step("he is told in the app that his mails come back, and the news is seen", async () => {
    const idris = await phones.of(coop, IDRIS);
    await open(idris, "/moi");
    await expect(idris.getByRole("region", { name: "Tes mails nous reviennent" })).toContainText(IDRIS.email);
    await open(idris, "/");
    await expect(idris.getByText("Vacation fermée.")).toHaveCount(0);
  });
});

test("the machine says how it does", async ({ phones }) => {
  const margaux = await phones.of(coop, MARGAUX);
  await open(margaux, "/bureau/machine");
  const jobs = margaux.getByRole("region", { name: "Ce qui tourne tout seul" });
  await expect(jobs.getByRole("listitem").filter({ hasText: "Envoyer les mails" })).toContainText("Marche");
  const { violations } = await new AxeBuilder({ page: margaux }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test("a member who is not of the office sees whose page it is", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, /403/);
  await open(camille, "/moi");
  await expect(camille.getByRole("region", { name: "À traiter" })).toHaveCount(0);
  for (const address of ["/bureau/joindre", "/bureau/machine"]) {
    await open(camille, address);
    await expect(camille.getByRole("heading", { name: "C’est une page du bureau" })).toBeVisible();
    await expect(camille.getByRole("main").getByRole("article")).toHaveCount(0);
  }
});
