import { expectStates, online, states, WAITS } from "../acting";
import { answer, mine } from "../answering";
import { nothingIsFound } from "../axe";
import { CAMILLE, HUGO, INES, KARIM, LEA, NOUR, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere, shiftOf } from "../elsewhere";
import { announce } from "../events";
import { expect, isReadyForTheCellar, news, NO_NETWORK, open, sheet, test } from "../phones";
import { said } from "../said";

// A co-op with four more events: one for two people, one with a list to bring, one on a shift of Camille's, and one in two hours.
let coop: CoopServer;
let [fondue, raclette, during, tonight] = ["", "", "", ""];

const [HOUR, DAY] = [3_600_000, 86_400_000];

test.beforeAll(async () => {
  coop = await CoopServer.open("events");
  const camille = await Elsewhere.of(coop, CAMILLE);
  const [seat] = await camille.seats();
  const { as_of, shifts } = await camille.calendar();
  const shift = shifts.find(({ id }) => id === shiftOf(seat));
  const now = Date.parse(as_of);
  await coop.stop();
  [fondue, raclette, during, tonight] = announce(coop, [
    { title: "Fondue à deux", starts: now + 20 * DAY, capacity: 2 },
    { title: "Raclette", starts: now + 21 * DAY, capacity: 12, items: [["Pains", 2], ["Cornichons", 1]], posts: [["Ranger", 1]] },
    { title: "Pendant la vacation", starts: Date.parse(shift?.starts_at ?? ""), hours: 2 },
    { title: "Tout à l’heure", starts: now + 2 * HOUR, capacity: 10 },
  ]);
  await coop.start();
});
test.afterAll(() => coop.close());

test("Camille answers without a network: she waits in line, calmly, and has the seat that comes free", async ({ phones }) => {
  const lea = await Elsewhere.of(coop, LEA);
  await lea.acts("answer_event", { event: fondue, answer: "yes", guests: 1 });
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, NO_NETWORK);
  await open(camille, "/sorties");
  await isReadyForTheCellar(camille);
  await nothingIsFound(camille, "the list of events");
  await coop.stop();

  await camille.goto(`/sortie/${fondue}`);
  await expect(camille.getByRole("heading", { level: 1, name: "Fondue à deux" })).toBeVisible();
  await expect(camille.getByRole("link", { name: /^Voir sur une carte/ })).toBeVisible();
  await expect(mine(camille)).toContainText("Complet");
  await expect(mine(camille)).toContainText(said("C’est complet : un oui t’inscrit sur la liste d’attente, sans doute au n° 1."));
  await answer(camille, /^Oui/);
  await expect(mine(camille)).toContainText(said("Liste d’attente, n° 1"));
  await expect(mine(camille)).toContainText(WAITS);
  await nothingIsFound(camille, "an event, answered without a network");
  await camille.reload();
  await expect(mine(camille)).toContainText(said("Liste d’attente, n° 1"));
  await expect(mine(camille)).toContainText(said("Sans doute la liste d’attente, n° 1"));
  await camille.goto("/sorties");
  const listed = camille.getByRole("article", { name: "Fondue à deux" });
  await expect(listed).toContainText(said("Liste d’attente, n° 1, sans doute"));
  await expect(listed).toContainText(WAITS);
  await camille.goto(`/sortie/${fondue}`);
  await expect(mine(camille)).toContainText(WAITS);

  await test.step("with the network again it is so: a result, no refusal", async () => {
    await coop.start();
    await online(camille);
    await expectStates(camille, ["applied"]);
    await expect(mine(camille)).toContainText(said("tu es sur la liste d’attente, n° 1."));
    await expect(mine(camille)).not.toContainText(WAITS);
    await expect(camille.locator("article.card--refused")).toHaveCount(0);
  });

  await test.step("Léa gives her seats up: the first in line has one, and is told", async () => {
    await lea.acts("answer_event", { event: fondue, answer: "no" });
    await expect(mine(camille)).toContainText("Tu viens");
    await expect(camille.getByRole("region", { name: "Qui vient" })).toContainText("Camille");
    await open(camille, "/");
    await expect(news(camille, "Fondue à deux")).toContainText("une place s’est libérée");
  });
});

test("what to bring is shared out; whoever hides is not named", async ({ phones }) => {
  const hugo = await phones.of(coop, HUGO);
  await open(hugo, `/sortie/${raclette}`);
  const list = hugo.getByRole("region", { name: "Qui apporte quoi" });
  await expect(list).toContainText("Réponds d’abord oui ou peut-être");
  await expect(list.getByRole("button")).toHaveCount(0);

  await test.step("nothing leaves without a choice, nor with more children than people", async () => {
    await mine(hugo).getByRole("button", { name: "Répondre" }).click();
    await expect(mine(hugo).locator("input:invalid")).toHaveCount(3);
    const guests = mine(hugo).getByLabel("Combien t’accompagnent ?");
    const children = mine(hugo).getByLabel("Dont combien d’enfants ?");
    await guests.selectOption("2");
    await expect(children.locator("option[value='3']")).toBeDisabled();
    await children.selectOption("2");
    await guests.selectOption("1");
    await expect(children).toHaveValue("1");
    await guests.selectOption("0");
    await expect(children).toHaveValue("0");
    await expectStates(hugo, []);
  });

  await answer(hugo, /^Oui/, "2");
  await expect(mine(hugo)).toContainText(said("Vous venez à 3"));
  await list.getByRole("button", { name: said("J’apporte : Pains") }).click();
  await list.getByRole("spinbutton", { name: said("Combien : Pains") }).fill("2");
  await list.getByRole("button", { name: said("Changer : Pains") }).click();
  await expect(list.getByRole("listitem").filter({ hasText: "Pains" })).toContainText(said("2 sur 2 : toi (2)"));
  await hugo.getByRole("region", { name: "Coups de main" }).getByRole("button", { name: said("Je m’en charge : Ranger") }).click();
  await expect.poll(async () => [...new Set(await states(hugo))]).toEqual(["applied"]);

  const nour = await Elsewhere.of(coop, NOUR);
  await nour.acts("answer_event", { event: raclette, answer: "yes", hidden: true });
  await expect(hugo.getByRole("region", { name: "Qui vient" })).toContainText(said("Hugo, et 3 personnes avec eux ou sans nom."));

  await test.step("given back, it is there for others", async () => {
    await list.getByRole("button", { name: said("Rendre : Pains") }).click();
    await expect(list.getByRole("listitem").filter({ hasText: "Pains" })).toContainText(said("0 sur 2"));
  });

  await test.step("a car is offered, and somebody gets in", async () => {
    const cars = hugo.getByRole("region", { name: "Covoiturage" });
    await cars.getByText("Proposer des places dans ma voiture").click();
    await cars.getByLabel("Combien de places, sans la tienne ?").selectOption("3");
    await cars.getByLabel("D’où pars-tu ?").fill("Meythet");
    await cars.getByRole("button", { name: "Proposer ces places" }).click();
    await expect(cars.getByRole("listitem")).toContainText(said("Ta voiture · départ : Meythet"));
    const karim = await phones.of(coop, KARIM);
    await open(karim, `/sortie/${raclette}`);
    await answer(karim, /^Peut-être/);
    const his = karim.getByRole("region", { name: "Covoiturage" });
    await his.getByRole("button", { name: /^Prendre une place/ }).click();
    await expect(his.getByRole("listitem")).toContainText(said("1 sur 3 : toi"));
    await expect(cars.getByRole("listitem")).toContainText(said("1 sur 3 : Karim B."));
    await nothingIsFound(karim, "an event with a car");
  });
});

test("what is typed under an event stays while others answer, leaves without a network, and its group may remove it", async ({
  phones,
}) => {
  const [ines, theo] = [await phones.of(coop, INES), await phones.of(coop, THEO)];
  phones.expect(ines, NO_NETWORK);
  phones.expect(theo, NO_NETWORK);
  await open(ines, `/sortie/${raclette}`);
  await isReadyForTheCellar(ines);
  const words = ines.getByRole("region", { name: "Ce qu’on en dit" });
  await words.getByLabel("Ajouter un mot").fill("Est-ce qu’il y a <b>du gruyère</b> ?");
  const lea = await Elsewhere.of(coop, LEA);
  await lea.acts("answer_event", { event: raclette, answer: "yes" });
  await expect(ines.getByRole("region", { name: "Qui vient" })).toContainText("Léa");
  await expect(words.getByLabel("Ajouter un mot")).toHaveValue("Est-ce qu’il y a <b>du gruyère</b> ?");
  await coop.stop();
  await words.getByRole("button", { name: "Envoyer" }).click();
  await expect(words.getByRole("listitem")).toContainText("<b>du gruyère</b>");
  await coop.start();
  await online(ines);
  await expectStates(ines, ["applied"]);

  await open(theo, `/sortie/${raclette}`);
  const seen = theo.getByRole("region", { name: "Ce qu’on en dit" });
  await seen.getByRole("button", { name: said("Retirer le commentaire d’Inès D.") }).click();
  await expect(seen.getByRole("listitem")).toHaveCount(0);
  await expect(words.getByRole("listitem")).toHaveCount(0);
});

test("an event on one's own shift says so at once, and leads to the exchange", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  await open(camille, `/sortie/${during}`);
  await expect(mine(camille)).toContainText(said("Tu as une vacation à ce moment-là, de … h à … h"));
  await mine(camille).getByRole("link", { name: /^Échanger ma vacation/ }).click();
  await expect(sheet(camille, "Échanger")).toBeVisible();
});

test("the next event is answered from Accueil with one tap; Théo ticks who is there without a network", async ({ phones }) => {
  const [ines, theo] = [await phones.of(coop, INES), await phones.of(coop, THEO)];
  phones.expect(theo, NO_NETWORK);
  phones.expect(ines, NO_NETWORK);
  await open(ines, "/");
  const next = ines.getByRole("region", { name: "Prochaine sortie" });
  await expect(next).toContainText(said("Tout à l’heure"));
  await next.getByRole("button", { name: /^Oui/ }).click();
  await expect(next.getByRole("button", { name: /^Oui/ })).toHaveAttribute("aria-pressed", "true");
  await expect(next).toContainText("Tu viens");
  await expectStates(ines, ["applied"]);
  // A slip of the thumb gives no seat away.
  await next.getByRole("button", { name: /^Non/ }).click();
  await expect(next.getByRole("button", { name: /^Non/ })).toHaveAttribute("aria-pressed", "true");
  await ines.getByRole("button", { name: "Annuler" }).click();
  await expect(next.getByRole("button", { name: /^Oui/ })).toHaveAttribute("aria-pressed", "true");
  await expect(next).toContainText("Tu viens");

  await open(theo, `/sortie/${tonight}`);
  await isReadyForTheCellar(theo);
  const door = theo.getByRole("region", { name: "Qui est là" });
  await expect(door).toContainText(said("0 sur 1"));
  await coop.stop();
  await door.getByRole("button", { name: said("Là : Inès D.") }).click();
  await expect(door).toContainText(said("1 sur 1"));
  await door.getByLabel("Qui est là sans avoir répondu ?").fill("Une voisine");
  await door.getByRole("button", { name: "Ajouter" }).click();
  await expect(door).toContainText(said("1 sur 1, et 1 en plus"));
  await nothingIsFound(theo, "the list at the door");
  await coop.start();
  await online(theo);
  await expect.poll(async () => (await theo.locator("article.card--refused").count()) === 0).toBe(true);
  await theo.reload();
  await expect(door).toContainText(said("1 sur 1, et 1 en plus"));
});

test("an event that is not there says so, and those of the year stand in one list", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  phones.expect(karim, /status of 404/);
  await karim.goto("/sortie/019ab0c2-0000-7000-8000-000000000001");
  await expect(karim.getByRole("heading", { name: "Cette sortie n’est pas là" })).toBeVisible();
  await open(karim, "/sorties");
  await karim.getByRole("link", { name: "L’année" }).click();
  await expect(karim.getByRole("link", { name: "Raclette" })).toBeVisible();
  await nothingIsFound(karim, "the year's programme");
  await karim.getByRole("link", { name: "Passées" }).click();
  await expect(karim.getByRole("link", { name: "Soirée jeux" })).toBeVisible();
});
