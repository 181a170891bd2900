import type { Page } from "@playwright/test";
import { expectStates, online } from "../acting";
import { answer, mine } from "../answering";
import { nothingIsFound } from "../axe";
import { CAMILLE, INES, KARIM, LEA, type Member, NOUR, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { daysAfter, eventOf, formOf, isDone, onTheWall, parisDay, unfold, wall } from "../organising";
import { expect, isReadyForTheCellar, news, NO_NETWORK, open, test } from "../phones";
import { others } from "../register";
import { said } from "../said";

// The whole life of a series: six suppers for twelve are made and announced, twenty people answer, one supper moves by an hour,
// one is cancelled. One story, told in order.
test.describe.configure({ mode: "serial" });

const TITLE = "Souper du jeudi";
const DAY = 86_400_000;
/** Longer than organisers are left to change something else. */
const QUIET = { minutes: 11 };

let coop: CoopServer;
/** Whoever answers without a phone of this test. */
let crowd: Member[];
/** The six, in order of start. */
let suppers: string[];
/** Whoever answered « oui » or « peut-être » to the first, and whoever does not come. */
const [cares, away]: [Elsewhere[], Elsewhere[]] = [[], []];

test.beforeAll(async () => {
  coop = await CoopServer.open("events-series");
  await coop.stop();
  crowd = others(coop.data, 17, [CAMILLE, INES, KARIM, LEA, NOUR, THEO]);
  await coop.start();
});
test.afterAll(() => coop.close());

const hours = (page: Page) => page.getByText(said("Chaque semaine, le …, jusqu’au …"));

test("Théo makes six suppers for twelve with a list of what to bring, and announces them together", async ({ phones }) => {
  const theo = await phones.of(coop, THEO);
  // What is refused comes back as a page.
  phones.expect(theo, /status of 422/);
  const lea = await Elsewhere.of(coop, LEA);
  const first = parisDay(Date.parse((await lea.calendar()).as_of) + 16 * DAY);
  await open(theo, "/moi");
  await theo.getByRole("link", { name: "Organiser une sortie" }).click();
  await theo.getByRole("link", { name: "Annoncer une sortie" }).click();
  await expect(theo.getByRole("heading", { level: 1, name: "Annoncer une sortie" })).toBeVisible();

  await test.step("what cannot be is said, and nothing that was typed is lost", async () => {
    await theo.getByLabel("Au nom de").selectOption({ label: "Vie sociale" });
    await theo.getByLabel("Titre", { exact: true }).fill(TITLE);
    await theo.getByLabel("Description", { exact: true }).fill("On épluche dès **17 h**, on mange à 19 h.");
    await theo.getByLabel("Où", { exact: true }).fill("À la coop, salle du fond");
    await theo.getByLabel("Début", { exact: true }).fill(wall(first, 19));
    await theo.getByLabel("Fin", { exact: true }).fill(wall(first, 18));
    await theo.getByLabel("Combien de places").fill("12");
    await theo.getByLabel("Combien d’invités par personne").fill("3");
    await theo.getByLabel("Elle revient").selectOption("weekly");
    await theo.getByRole("button", { name: "Garder en brouillon" }).click();
    const why = theo.getByRole("alert").filter({ hasText: "Rien n’est fait" });
    await expect(why).toContainText("La fin est avant le début.");
    await expect(why).toContainText("ce qui n’a pas de fin ne se prévoit pas");
    await expect(theo.getByLabel("Titre", { exact: true })).toHaveValue(TITLE);
    await expect(theo.getByLabel("Description", { exact: true })).toHaveValue("On épluche dès **17 h**, on mange à 19 h.");
    await nothingIsFound(theo, "an event that comes back");
  });

  await test.step("put right, it is a draft that no member sees", async () => {
    await theo.getByLabel("Fin", { exact: true }).fill(wall(first, 22));
    await theo.getByLabel("Jusqu’au", { exact: true }).fill(daysAfter(first, 35));
    await theo.getByRole("button", { name: "Garder en brouillon" }).click();
    await isDone(theo, "Le brouillon est là.");
    await expect(hours(theo)).toBeVisible();
    await unfold(theo, "Les autres dates");
    await expect(theo.locator("details").filter({ hasText: "Les autres dates" }).getByRole("link")).toHaveCount(5);
    expect((await lea.events()).filter(({ event }) => event.terms.details.title === TITLE)).toEqual([]);
  });

  await test.step("with what is to be brought to all of them", async () => {
    const items = theo.getByRole("group", { name: "À apporter" });
    for (const [at, [label, many]] of [["Pains", "2"], ["Fromages", "3"]].entries()) {
      await items.getByLabel(`À apporter, ligne ${at + 1}`, { exact: true }).fill(label);
      await items.getByLabel(`Combien, ligne ${at + 1}`, { exact: true }).fill(many);
    }
    await expect(formOf(theo, "Enregistrer les listes").getByRole("radio", { name: "Toutes celles qui viennent" })).toBeChecked();
    await theo.getByRole("button", { name: "Enregistrer les listes" }).click();
    await isDone(theo, "Les listes sont enregistrées.");
  });

  await test.step("all six come out with one press, at the same hour", async () => {
    await formOf(theo, "Publier maintenant").getByRole("radio", { name: "Toutes celles qui viennent" }).check();
    await theo.getByRole("button", { name: "Publier maintenant" }).click();
    await isDone(theo, "C’est publié");
    await nothingIsFound(theo, "an event in the hands of its organisers");
    const out = (await lea.events()).filter(({ event }) => event.terms.details.title === TITLE);
    const days = Array.from({ length: 6 }, (_, week) => `${daysAfter(first, 7 * week)} 19:00`);
    expect(out.map(({ event }) => onTheWall(event.terms.times.starts_at))).toEqual(days);
    expect(out.every(({ event }) => event.terms.capacity === 12)).toBe(true);
    for (const { items } of out) expect(items?.map(({ label, claims }) => [label, claims.of])).toEqual([["Pains", 2], ["Fromages", 3]]);
    suppers = out.map(({ event }) => event.id);
    expect(suppers[0]).toBe(eventOf(theo));
  });
});

test("twenty people answer, some of them in the cellar; the one seat that is freed goes to the first in line whom it fits", async ({
  phones,
}) => {
  test.slow();
  const [event] = suppers;
  const [lea, karim] = [await phones.of(coop, LEA), await phones.of(coop, KARIM)];
  phones.expect(karim, NO_NETWORK);
  const people: Elsewhere[] = [];
  for (const who of crowd) people.push(await Elsewhere.of(coop, who));
  const says = async (who: Elsewhere, answer: string, guests = 0) => {
    (answer === "no" ? away : cares).push(who);
    return (await who.act("answer_event", { event, answer, guests })).result?.answered;
  };

  await test.step("twelve have a seat each", async () => {
    const placed = await Promise.all(people.slice(0, 12).map((who) => says(who, "yes")));
    expect(placed).toEqual(Array(12).fill({ seated: { seats: 1 } }));
  });

  await test.step("the thirteenth is on the list, first, with the two whom she brings", async () => {
    await open(lea, `/sortie/${event}`);
    await expect(mine(lea)).toContainText("Complet");
    await answer(lea, /^Oui/, "2");
    await expectStates(lea, ["applied"]);
    await expect(mine(lea)).toContainText(said("Liste d’attente, n° 1"));
    cares.push(await Elsewhere.of(coop, LEA));
  });

  await test.step("Karim answers in the cellar; somebody else was faster, and he reads where he really is", async () => {
    await open(karim, `/sortie/${event}`);
    await isReadyForTheCellar(karim);
    await karim.context().setOffline(true);
    await expect(mine(karim)).toContainText(said("un oui t’inscrit sur la liste d’attente, sans doute au n° 2."));
    await answer(karim, /^Oui/);
    await expect(mine(karim)).toContainText(said("Liste d’attente, n° 2"));
    expect(await says(await Elsewhere.of(coop, NOUR), "yes", 1)).toMatchObject({ waiting: { at: 2 } });
    await karim.context().setOffline(false);
    await online(karim);
    await expectStates(karim, ["applied"]);
    await expect(mine(karim)).toContainText(said("Liste d’attente, n° 3"));
    await expect(karim.locator("article.card--refused")).toHaveCount(0);
    cares.push(await Elsewhere.of(coop, KARIM));
  });

  await test.step("five more: two wait, two may come, one does not", async () => {
    const [one, two, three, four, five] = people.slice(12);
    expect(await says(one, "yes")).toMatchObject({ waiting: { at: 4 } });
    expect(await says(two, "yes")).toMatchObject({ waiting: { at: 5 } });
    expect(await says(three, "maybe")).toBe("maybe");
    expect(await says(four, "maybe")).toBe("maybe");
    expect(await says(five, "no")).toBe("no");
  });

  await test.step("Théo counts them", async () => {
    const theo = await phones.of(coop, THEO);
    await open(theo, `/organiser/${event}`);
    const who = theo.getByRole("region", { name: "Qui vient", exact: true }).first();
    await expect(who).toContainText(
      said("12 places prises sur 12 · 5 réponses en attente, 8 personnes · 2 peut-être · 1 non"),
    );
    await expect(who.getByRole("row")).toHaveCount(21);
  });

  await test.step("one seat comes free: three do not fit, nor do two; Karim does, and his phone says so", async () => {
    const [leaves] = people;
    expect(await leaves.act("answer_event", { event, answer: "no" })).toMatchObject({ status: "applied" });
    cares.splice(cares.indexOf(leaves), 1);
    away.push(leaves);
    await expect(mine(karim)).toContainText("Tu viens");
    await open(karim, "/");
    await expect(news(karim, "Tu as ta place.")).toContainText("une place s’est libérée");
    await expect(mine(lea)).toContainText(said("Liste d’attente, n° 1"));
    const told = await Promise.all([...cares, ...away].map(async (who) => [who.member, await who.toldOf(event)] as const));
    const karims = (await Elsewhere.of(coop, KARIM)).member;
    expect(told.filter(([, kinds]) => kinds.length > 0)).toEqual([[karims, ["event_promoted"]]]);
  });

  await test.step("whoever comes shares out what is to be brought", async () => {
    await open(karim, `/sortie/${event}`);
    const list = karim.getByRole("region", { name: "Qui apporte quoi" });
    await list.getByRole("button", { name: said("J’apporte : Pains") }).click();
    await expect(list.getByRole("listitem").filter({ hasText: "Pains" })).toContainText(said("1 sur 2 : toi"));
    await expect(lea.getByRole("region", { name: "Qui apporte quoi" })).toContainText(said("1 sur 2 : Karim B."));
  });
});

test("one supper moves by an hour: whoever answered is told, once, and the other suppers stay", async ({ phones }) => {
  const [event] = suppers;
  const [theo, karim] = [await phones.of(coop, THEO), await phones.of(coop, KARIM)];
  for (const phone of [theo, karim]) phones.expect(phone, NO_NETWORK);
  const changes = async () => {
    const told = await Promise.all([...cares, ...away].map((who) => who.toldOf(event)));
    return told.map((kinds) => kinds.filter((kind) => kind === "event_changed").length);
  };
  const once = [...cares.map(() => 1), ...away.map(() => 0)];

  await test.step("from the page of that one", async () => {
    await open(theo, `/organiser/${event}`);
    await unfold(theo, "Modifier");
    const [starts, ends] = [theo.getByLabel("Début", { exact: true }), theo.getByLabel("Fin", { exact: true })];
    const day = (await starts.inputValue()).slice(0, 10);
    await starts.fill(wall(day, 20));
    await ends.fill(wall(day, 23));
    await expect(formOf(theo, "Enregistrer").getByRole("radio", { name: "Celle-ci seulement" })).toBeChecked();
    await theo.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await isDone(theo, "C’est enregistré. Qui a répondu l’apprend une seule fois");
    expect(await changes()).toEqual(once.map(() => 0));
  });

  await test.step("after a quiet while they know it, and after another one no more than that", async () => {
    await coop.pass(QUIET);
    await expect.poll(changes, { timeout: 30_000 }).toEqual(once);
    await coop.pass(QUIET);
    // What is due is looked for each second: whoever is told twice would be now.
    await theo.waitForTimeout(3000);
    expect(await changes()).toEqual(once);
    expect(cares).toHaveLength(18);
  });

  await test.step("Karim reads from when to when", async () => {
    await open(karim, "/");
    await expect(news(karim, "Une sortie change.")).toHaveCount(1);
    await expect(news(karim, "Une sortie change.")).toContainText(said("c’était le … à 19 h"));
    await open(karim, `/sortie/${event}`);
    await expect(karim.getByRole("article").first()).toContainText(said("de 20 h à 23 h"));
    const all = (await cares[0].events()).filter(({ event }) => event.terms.details.title === TITLE);
    expect(all.map(({ event }) => onTheWall(event.terms.times.starts_at).slice(11))).toEqual(["20:00", ...Array(5).fill("19:00")]);
    expect(all.map(({ event }) => event.sequence)).toEqual([1, 0, 0, 0, 0, 0]);
  });
});

test("one supper is cancelled with a word: the phones say so, and nobody answers it any more", async ({ phones }) => {
  const event = suppers[1];
  const [theo, lea] = [await phones.of(coop, THEO), await phones.of(coop, LEA)];
  const other = await Elsewhere.of(coop, LEA);
  await other.acts("answer_event", { event, answer: "yes" });
  await open(lea, `/sortie/${event}`);
  await expect(mine(lea)).toContainText("Tu viens");

  await test.step("without a word it stands", async () => {
    phones.expect(theo, /status of 422/);
    await open(theo, "/organiser");
    await theo.getByRole("region", { name: "À venir" }).getByRole("link", { name: TITLE }).nth(1).click();
    expect(eventOf(theo)).toBe(event);
    await unfold(theo, "Annuler, avec un mot");
    await theo.getByRole("button", { name: "Annuler, avec un mot" }).click();
    await expect(theo.getByRole("alert").filter({ hasText: "Écris un mot." }).first()).toBeVisible();
  });

  await test.step("with one it is off, on every phone that shows it", async () => {
    await theo.getByLabel("Pourquoi").fill("Panne de four");
    await theo.getByRole("button", { name: "Annuler, avec un mot" }).click();
    await isDone(theo, "C’est annulé. Qui avait répondu lit ton mot.");
    await open(lea, `/sortie/${event}`);
    await expect(lea.getByRole("status").filter({ hasText: "Cette sortie n’a pas lieu." })).toContainText("Panne de four");
    await expect(mine(lea)).toHaveCount(0);
    await nothingIsFound(lea, "an event that is off");
    await open(lea, "/sorties");
    await expect(lea.locator(`article[aria-labelledby="sortie-${event}"]`)).toContainText("Annulée");
    await expect(lea.locator(`article[aria-labelledby="sortie-${suppers[2]}"]`)).not.toContainText("Annulée");
    const refused = { status: "refused", reason: { code: "event_cancelled" } };
    expect(await other.act("answer_event", { event, answer: "yes", guests: 1 })).toMatchObject(refused);
  });

  await test.step("whoever had answered is told once", async () => {
    for (const phone of [theo, lea]) phones.expect(phone, NO_NETWORK);
    await coop.pass(QUIET);
    await expect.poll(() => other.toldOf(event), { timeout: 30_000 }).toEqual(["event_cancelled"]);
    await open(lea, "/");
    await expect(news(lea, "Une sortie est annulée.")).toContainText("Panne de four");
  });
});
