import type { Page } from "@playwright/test";
import { nothingIsFound } from "../axe";
import { INES, LEA } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { linkInTheMailTo } from "../organising";
import { expect, open, test } from "../phones";
import { said } from "../said";

// Somebody without an account comes to the public presentation, without a script too, and then does not: each by a button.
let coop: CoopServer;

const TITLE = "Présentation de la coop";
const NEIGHBOUR = "voisine@exemple.org";

test.beforeAll(async () => {
  coop = await CoopServer.open("events-public");
});
test.afterAll(() => coop.close());

/** What the organisers read of her. */
const inTheList = (page: Page) => page.getByRole("row").filter({ hasText: "Une voisine (sans compte)" });

test("a visitor registers for the presentation, confirms from the mail, and cancels from it; the organisers read each", async ({ phones }) => {
  const visitor = await phones.visitor(coop, { javaScriptEnabled: false });
  phones.expect(visitor, /status of 422/);
  const lea = await Elsewhere.of(coop, LEA);
  const event = (await lea.events()).find(({ event }) => event.terms.details.title === TITLE)?.event.id ?? "";
  const seats = async () => (await lea.events()).find((shown) => shown.event.id === event)?.seats ?? 0;
  const before = await seats();
  const ines = await phones.of(coop, INES);

  await test.step("she asks to come with a friend; what is wrong comes back with the rest", async () => {
    await visitor.goto("/presentation");
    const presentation = visitor.getByRole("region", { name: TITLE });
    await presentation.getByLabel("Ton nom").fill("Une voisine");
    await presentation.getByLabel("Ton adresse e-mail").fill(NEIGHBOUR);
    await presentation.getByLabel("Combien t’accompagnent").fill("9");
    await presentation.getByRole("button", { name: "Je viens" }).click();
    await expect(presentation.getByRole("alert")).toContainText(said("Tu peux amener 4 personnes au plus."));
    await expect(presentation.getByLabel("Ton nom")).toHaveValue("Une voisine");
    await expect(presentation.getByLabel("Ton adresse e-mail")).toHaveValue(NEIGHBOUR);
    await presentation.getByLabel("Combien t’accompagnent").fill("1");
    await presentation.getByRole("button", { name: "Je viens" }).click();
    await expect(visitor.getByRole("status")).toContainText("Regarde tes mails");
  });

  const link = await linkInTheMailTo(coop, NEIGHBOUR);
  await test.step("looking at the mail's page reserves nothing, however often a mail scanner looks", async () => {
    for (let looks = 0; looks < 3; looks++) await visitor.goto(link);
    await expect(visitor.getByRole("heading", { level: 1, name: "Tu viens" })).toBeVisible();
    expect(await seats()).toBe(before);
    await open(ines, `/organiser/${event}`);
    await expect(inTheList(ines)).toHaveCount(0);
  });

  await test.step("her yes takes two seats, once", async () => {
    await visitor.getByRole("button", { name: "Oui, je viens" }).click();
    await expect(visitor.getByRole("heading", { level: 1, name: "Tu as ta place" })).toBeVisible();
    await visitor.goto(link);
    await expect(visitor.getByRole("button", { name: "Oui, je viens" })).toHaveCount(0);
    await expect(visitor.getByText(said("Au nom de Une voisine, 2 personnes."))).toBeVisible();
    expect(await seats()).toBe(before + 2);
    await ines.reload();
    await expect(inTheList(ines).getByRole("cell", { name: "Oui", exact: true })).toBeVisible();
    await expect(inTheList(ines)).toContainText(said("2 personnes"));
  });

  await test.step("asked again, the page says the same to her as to anybody, and there is no second party", async () => {
    await visitor.goto("/presentation");
    const presentation = visitor.getByRole("region", { name: TITLE });
    await presentation.getByLabel("Ton nom").fill("Une voisine");
    await presentation.getByLabel("Ton adresse e-mail").fill(NEIGHBOUR);
    await presentation.getByRole("button", { name: "Je viens" }).click();
    await expect(visitor.getByRole("status")).toContainText("Regarde tes mails");
    await ines.reload();
    await expect(inTheList(ines)).toHaveCount(1);
  });

  await test.step("she gives her seats up from the same mail", async () => {
    await visitor.goto(link);
    await visitor.getByRole("button", { name: "Je ne viens plus" }).click();
    await expect(visitor.getByRole("heading", { level: 1, name: "Tu ne viens pas" })).toBeVisible();
    expect(await seats()).toBe(before);
    await ines.reload();
    await expect(inTheList(ines).getByRole("cell", { name: "Non", exact: true })).toBeVisible();
    await expect(inTheList(ines)).not.toContainText("personnes");
  });

  await test.step("her name and address are nowhere that members look", async () => {
    const text = JSON.stringify(await lea.events());
    expect(text).not.toContain("voisine");
  });
});

test("the public pages read well, in the light and in the dark, and a link that is nobody's leads back", async ({ phones }) => {
  const visitor = await phones.visitor(coop);
  phones.expect(visitor, /status of 404/);
  await visitor.goto("/presentation");
  await nothingIsFound(visitor, "/presentation");
  await visitor.goto("/presentation?inscription=envoyee");
  await nothingIsFound(visitor, "/presentation, sent");
  const concert = visitor.getByRole("region", { name: "Concert de la chorale" });
  await concert.getByLabel("Ton nom").fill("Un voisin");
  await concert.getByLabel("Ton adresse e-mail").fill("voisin@exemple.org");
  await concert.getByRole("button", { name: "Je viens" }).click();
  await visitor.goto(await linkInTheMailTo(coop, "voisin@exemple.org"));
  await nothingIsFound(visitor, "the page behind the mail");
  await visitor.getByRole("button", { name: "Oui, je viens" }).click();
  await expect(visitor.getByRole("heading", { level: 1, name: "Tu as ta place" })).toBeVisible();
  await nothingIsFound(visitor, "the page behind the mail, after the yes");
  await visitor.goto("/sortie/inscription/rien");
  await expect(visitor.getByRole("heading", { level: 1, name: "Ce lien ne mène à rien" })).toBeVisible();
  await nothingIsFound(visitor, "a link that is nobody's");
  await visitor.getByRole("link", { name: "Voir ce qui est prévu" }).click();
  await expect(visitor).toHaveURL("/presentation");
});
