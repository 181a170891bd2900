import type { Page } from "@playwright/test";
import { expectStates, online, WAITS } from "../acting";
import { nothingIsFound } from "../axe";
import { CAMILLE, IDRIS, MARGAUX, NOUR, PAUL, SOLENE, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { focusIsKept, tabTo } from "../focus";
import { daysAfter, isDone, unfold } from "../organising";
import { DOSSIER, OBJECTIVE, VOLUNTEER } from "../pages";
import { expect, isReadyForTheCellar, news, NO_NETWORK, open, test } from "../phones";
import { said } from "../said";

// What a group has before it, what waits for the office and who stands in, what the committee sets for whoever works for the co-op.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("desk");
});
test.afterAll(() => coop.close());

const BOARD = "/groupe/vie-sociale/dossiers";
const DESK = "/bureau/a-traiter";

const opened = (phone: Page) => phone.getByRole("region", { name: "Ouverts" }).getByRole("listitem");
const facts = (phone: Page) => phone.getByRole("main").locator("dl");
const title = (phone: Page, words: string) => phone.getByRole("heading", { level: 1, name: said(words) });

test("Camille notes something in the cellar, from a cold start; Théo has it at once, and takes it on", async ({ phones }) => {
  const [camille, theo] = [await phones.of(coop, CAMILLE), await phones.of(coop, THEO)];
  phones.expect(camille, NO_NETWORK);
  phones.expect(theo, NO_NETWORK);
  await open(camille, BOARD);
  await isReadyForTheCellar(camille);
  await nothingIsFound(camille, "a board");

  await test.step("the board and a dossier with its papers are there without a network", async () => {
    await coop.stop();
    await camille.goto(BOARD);
    await expect(title(camille, "Dossiers : Vie sociale")).toBeVisible();
    await opened(camille).getByRole("link", { name: said("Réserver la salle de la fête") }).click();
    await expect(title(camille, "Réserver la salle de la fête de fin d’année")).toBeVisible();
    const papers = camille.getByRole("region", { name: "Pièces" });
    await expect(papers).toContainText("Convention à signer, classeur bleu");
    await expect(papers.getByRole("link", { name: "Règlement de la salle" })).toHaveAttribute("href", /^https:/);
    await camille.goto(`/dossier/${DOSSIER}`);
    await expect(facts(camille)).toContainText("Échéance");
    await camille.goto(`${BOARD}?sorte=partner`);
    await expect(opened(camille)).toHaveCount(1);
    await expect(opened(camille)).toContainText("La Ressourcerie du lac");
  });

  await test.step("what is noted stands there as waiting, after a reload too", async () => {
    await camille.goto(BOARD);
    await camille.getByLabel("De quoi s’agit-il").fill("Louer <b>la sono</b>");
    await camille.getByLabel("Pour le").fill("2026-12-05");
    await camille.getByRole("button", { name: "Ouvrir le dossier" }).click();
    const noted = opened(camille).filter({ hasText: "Louer <b>la sono</b>" });
    await expect(noted).toContainText(WAITS);
    await expect(noted).toContainText(said("Pour le 5 déc."));
    await expect(camille.getByLabel("De quoi s’agit-il")).toHaveValue("");
    await nothingIsFound(camille, "a board without a network");
    await camille.reload();
    await expect(noted).toContainText(WAITS);
    await coop.start();
    await online(camille);
    await expectStates(camille, ["applied"]);
    await expect(noted).not.toContainText(WAITS);
  });

  await test.step("Théo takes it on, and she sees it as it happens", async () => {
    await open(theo, BOARD);
    await opened(theo).getByRole("link", { name: "Louer <b>la sono</b>" }).click();
    await theo.getByRole("button", { name: /^Je m’en charge/ }).click();
    await expectStates(theo, ["applied"]);
    await expect(facts(theo)).toContainText("Toi");
    await expect(opened(camille).filter({ hasText: "Louer <b>la sono</b>" })).toContainText(said("Théo M."), { timeout: 10_000 });
  });
});

test("Camille takes on, begins and ends a dossier with the keyboard alone", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  await open(camille, BOARD);
  await tabTo(camille, opened(camille).getByRole("link", { name: said("Trouver quelqu’un pour les photos") }));
  await camille.keyboard.press("Enter");
  await expect(title(camille, "Trouver quelqu’un pour les photos de la fête")).toBeVisible();
  const steps = [
    ["Je m’en charge", "Ne plus m’en charger"],
    ["Commencer", "C’est fait"],
    ["C’est fait", "Rouvrir"],
  ];
  for (const [act, then] of steps) {
    await tabTo(camille, camille.getByRole("button", { name: new RegExp(`^${act}`) }));
    await camille.keyboard.press("Enter");
    await expect(camille.getByRole("button", { name: new RegExp(`^${then}`) })).toBeVisible();
    await focusIsKept(camille);
  }
  await expectStates(camille, ["applied", "applied", "applied"]);
  await nothingIsFound(camille, "a dossier that is done");
});

test("a board is its group's alone", async ({ phones }) => {
  const nour = await phones.of(coop, NOUR);
  phones.expect(nour, /40[34]/);
  await open(nour, "/groupe/vie-sociale");
  await expect(nour.getByRole("link", { name: "Les dossiers du groupe" })).toHaveCount(0);
  await open(nour, BOARD);
  await expect(nour.getByRole("heading", { name: "C’est l’affaire du groupe" })).toBeVisible();
  await expect(nour.getByRole("main")).not.toContainText("Ressourcerie");
  await open(nour, `/dossier/${DOSSIER}`);
  await expect(nour.getByRole("heading", { name: "Ce dossier n’est pas là" })).toBeVisible();
  await nour.goto(`${BOARD}/nouveau`);
  await expect(nour.getByRole("heading", { name: "C’est l’affaire du groupe" })).toBeVisible();
});

test("Solène, who accompanies a young volunteer, writes hours down without a network, and thinks again", async ({ phones }) => {
  const solene = await phones.of(coop, SOLENE);
  phones.expect(solene, NO_NETWORK);
  await open(solene, `/dossier/${VOLUNTEER}`);
  const hours = solene.getByRole("region", { name: "Heures" });
  await expect(hours).toContainText(said("14 h en tout."));
  await expect(solene.getByRole("button", { name: /^Je m’en charge/ })).toHaveCount(0);
  await isReadyForTheCellar(solene);
  await nothingIsFound(solene, "a young volunteer");
  await coop.stop();
  await solene.goto(`/dossier/${VOLUNTEER}`);
  await unfold(solene, "Noter des heures");
  await hours.getByLabel("Combien de temps").selectOption("150");
  await hours.getByLabel("À quoi").fill("Caisse <b>");
  await hours.getByRole("button", { name: "Noter", exact: true }).click();
  await expect(hours).toContainText(said("16 h 30 en tout."));
  await expect(solene.getByRole("main")).toContainText(WAITS);
  await coop.start();
  await online(solene);
  await expectStates(solene, ["applied"]);
  await hours.getByRole("listitem").filter({ hasText: "Caisse <b>" }).getByRole("button", { name: /^Retirer/ }).click();
  await expectStates(solene, ["applied", "applied"]);
  await expect(hours).toContainText(said("14 h en tout."));
});

test("Théo writes a dossier at a table: what is wrong comes back, what is hostile is words, Camille hears that it is hers", async ({
  phones,
}) => {
  const [theo, camille] = [await phones.of(coop, THEO), await phones.of(coop, CAMILLE)];
  phones.expect(theo, /422/);
  const hostile = "<img src=x onerror=alert(1)> Le site";
  await open(theo, BOARD);
  await theo.getByRole("link", { name: said("le formulaire complet") }).click();
  await expect(theo.getByRole("heading", { name: said("De quelle sorte ?") })).toBeVisible();
  await nothingIsFound(theo, "the kinds of a dossier");
  await theo.getByRole("link", { name: "Logiciel ou service" }).click();
  await theo.getByLabel("De quoi s’agit-il").fill(hostile);
  await theo.getByLabel("Adresse", { exact: true }).fill("javascript:alert(1)");
  await theo.getByRole("button", { name: "Ouvrir le dossier" }).click();
  await expect(theo.getByRole("alert").filter({ hasText: "L’adresse d’un site commence par https://" })).toBeVisible();
  await expect(theo.getByLabel("De quoi s’agit-il")).toHaveValue(hostile);
  await nothingIsFound(theo, "a dossier that came back");
  await theo.getByLabel("Adresse", { exact: true }).fill("https://site.example/?q=script");
  await theo.getByRole("button", { name: "Ouvrir le dossier" }).click();
  await isDone(theo, "Le dossier est ouvert, chez toutes les personnes du groupe.");
  await theo.getByLabel("Qui s’en charge").selectOption({ label: "Camille Morel" });
  await theo.getByLabel(said("Pièces")).fill("Le contrat javascript:alert(2)\nLe mode d’emploi https://site.example/aide");
  await theo.getByRole("button", { name: "Enregistrer" }).click();
  await isDone(theo, "Le dossier est à jour, chez toutes les personnes du groupe.");
  await theo.getByRole("link", { name: "Ce que le groupe lit" }).click();
  await expect(title(theo, hostile)).toBeVisible();
  const papers = theo.getByRole("region", { name: "Pièces" });
  await expect(papers.getByRole("link")).toHaveCount(1);
  await expect(papers).toContainText("Le contrat javascript:alert(2)");
  await open(camille, "/");
  await expect(news(camille, "Un dossier est pour toi.")).toContainText(said("Théo M. te confie"));
});

test("Margaux deals with the queue and says who stands in; Nour reads it until Paul is back", async ({ phones }) => {
  const [margaux, nour, camille] = [await phones.of(coop, MARGAUX), await phones.of(coop, NOUR), await phones.of(coop, CAMILLE)];
  phones.expect(margaux, /422/);
  phones.expect(nour, /403/);
  await open(nour, DESK);
  await expect(nour.getByRole("heading", { name: "C’est une page du bureau" })).toBeVisible();
  await open(margaux, DESK);
  await nothingIsFound(margaux, "the queue");

  await test.step("what broke is dealt with, once", async () => {
    const scale = margaux.getByRole("main").getByRole("listitem").filter({ hasText: "La balance du vrac" });
    await scale.locator("summary").click();
    await scale.getByLabel("Ce qui a été fait").fill("Réglée <script>");
    await scale.getByRole("button", { name: /^Noter comme traité/ }).click();
    await isDone(margaux, "C’est noté comme traité.");
    await expect(scale).toHaveCount(0);
  });

  await test.step("an absence that ends before it begins comes back, and one that does not is told", async () => {
    await unfold(margaux, "Noter une absence");
    const today = await margaux.getByLabel("Premier jour").inputValue();
    await margaux.getByLabel("Dernier jour").fill(daysAfter(today, -1));
    await margaux.getByLabel("Qui supplée").selectOption({ label: "Nour Lefèvre" });
    await margaux.getByRole("button", { name: "Noter l’absence" }).click();
    await expect(margaux.getByRole("alert").filter({ hasText: "vient avant le premier" })).toBeVisible();
    await expect(margaux.getByLabel("Qui supplée")).toHaveValue(/\S/);
    await nothingIsFound(margaux, "an absence that came back");
    await margaux.getByLabel("Dernier jour").fill(daysAfter(today, 3));
    await margaux.getByRole("button", { name: "Noter l’absence" }).click();
    await isDone(margaux, "C’est noté : tous les membres lisent qui est absent·e");
  });

  await test.step("Nour is told, and reads the queue; everybody reads who stands in", async () => {
    await open(nour, "/");
    await expect(news(nour, "Tu supplées.")).toContainText(said("Paul A. s’absente"));
    await open(nour, "/moi");
    await nour.getByRole("navigation", { name: "Suppléance" }).getByRole("link").click();
    await expect(title(nour, "À traiter")).toBeVisible();
    await expect(nour.getByText(said("Tu supplées Paul A."))).toBeVisible();
    await expect(nour.getByText("Noter une absence")).toHaveCount(0);
    await nothingIsFound(nour, "the queue, to whoever stands in");
    await open(camille, "/coop");
    const works = camille.getByRole("region", { name: "Qui travaille pour la coop" });
    await expect(works).toContainText(said("Absent·e jusqu’au … Nour L. supplée."));
    await nothingIsFound(camille, "the co-op, while somebody is away");
  });

  await test.step("it is over as soon as Paul is back", async () => {
    await margaux.getByRole("button", { name: /^Mettre fin à cette absence/ }).first().click();
    await isDone(margaux, "C’est noté : l’absence est finie");
    await expect(camille.getByRole("region", { name: "Qui travaille pour la coop" })).not.toContainText(said("Absent·e"));
    await nour.reload();
    await expect(nour.getByRole("heading", { name: "C’est une page du bureau" })).toBeVisible();
  });
});

test("Idris sets an objective, Paul types its figure, and the drawing says what the table says", async ({ phones }) => {
  const [idris, paul, camille] = [await phones.of(coop, IDRIS), await phones.of(coop, PAUL), await phones.of(coop, CAMILLE)];
  phones.expect(idris, /422/);
  phones.expect(paul, /422/);

  await test.step("what is missing comes back, with all that was typed", async () => {
    await open(idris, "/objectifs");
    await unfold(idris, "Fixer un objectif");
    await idris.getByLabel("Ce qu’il s’agit d’atteindre").fill("Moins de sacs <b>");
    await idris.getByLabel("L’unité").fill("sacs");
    await idris.getByLabel("Dernier mois").fill("2027-04");
    await idris.getByRole("button", { name: "Fixer cet objectif" }).click();
    await expect(idris.getByRole("alert").filter({ hasText: "Écris un nombre" })).toBeVisible();
    await expect(idris.getByLabel("Ce qu’il s’agit d’atteindre")).toHaveValue("Moins de sacs <b>");
    await nothingIsFound(idris, "an objective that came back");
    await idris.getByLabel("La cible").fill("12,5");
    await idris.getByRole("button", { name: "Fixer cet objectif" }).click();
    await isDone(idris, "L’objectif est fixé, la personne salariée est prévenue.");
    await expect(idris.getByRole("listitem").filter({ hasText: "Moins de sacs <b>" })).toContainText(said("Au moins 12,5 sacs"));
    await open(paul, "/");
    await expect(news(paul, "Un objectif est fixé.")).toContainText("Moins de sacs <b>");
  });

  await test.step("the employee types the month that is missing", async () => {
    await open(paul, `/objectifs/${OBJECTIVE}`);
    await paul.getByLabel("Le chiffre", { exact: true }).fill("beaucoup");
    await paul.getByLabel("Un mot").fill("Fête <i>");
    await paul.getByRole("button", { name: "Noter ce chiffre" }).click();
    await expect(paul.getByRole("alert").filter({ hasText: "Écris un nombre" })).toBeVisible();
    await expect(paul.getByLabel("Un mot")).toHaveValue("Fête <i>");
    await paul.getByLabel("Le chiffre", { exact: true }).fill("300,5");
    await paul.getByRole("button", { name: "Noter ce chiffre" }).click();
    await isDone(paul, "Le chiffre est noté.");
    await expect(paul.getByRole("row").filter({ hasText: said("300,5 €") })).toContainText("Fête <i>");
    await nothingIsFound(paul, "an objective, to the employee");
  });

  await test.step("each mark is where the table's figure puts it", async () => {
    await open(camille, `/objectifs/${OBJECTIVE}`);
    for (const act of ["Noter ce chiffre", "Enregistrer", "Clore"]) await expect(camille.getByRole("button", { name: act })).toHaveCount(0);
    const svg = camille.getByRole("img", { name: "Le chiffre de chaque mois, et la cible" });
    await expect(svg).toBeVisible();
    const number = (text: string) => Number.parseFloat(text.replaceAll(/[^\d,−-]/g, "").replace(",", ".").replace("−", "-"));
    const grid = await svg
      .locator("text[dy]")
      .evaluateAll((words) => words.map((word) => ({ y: Number(word.getAttribute("y")), text: word.textContent ?? "" })));
    const [low, high] = [grid[0], grid[grid.length - 1]];
    const up = (value: number) => low.y + ((value - number(low.text)) * (high.y - low.y)) / (number(high.text) - number(low.text));
    const dots = await svg
      .locator("circle")
      .evaluateAll((list) => Object.fromEntries(list.map((dot) => [dot.getAttribute("data-month"), Number(dot.getAttribute("cy"))])));
    const rows = await camille
      .locator("tbody tr")
      .evaluateAll((list) => list.map((row) => ({ month: row.getAttribute("data-month") ?? "", text: row.querySelector("td")?.textContent ?? "" })));
    const known = rows.filter(({ text }) => text !== "–");
    expect(Object.keys(dots).sort()).toEqual(known.map(({ month }) => month).sort());
    expect(known.length).toBe(7);
    for (const { month, text } of known) expect(Math.abs(dots[month] - up(number(text))), month).toBeLessThanOrEqual(1);
    const target = Number((await svg.locator(".plot__target").getAttribute("d"))?.match(/ (.*)H/)?.[1]);
    expect(Math.abs(target - up(250))).toBeLessThanOrEqual(1);
    await nothingIsFound(camille, "an objective, to a member");
  });

  await test.step("what is counted by itself is not typed", async () => {
    await open(paul, "/objectifs");
    await paul.getByRole("link", { name: "Compter 450 membres" }).click();
    await expect(paul.getByText(said("Les membres, comptés à la fin de chaque mois"))).toBeVisible();
    await expect(paul.getByRole("button", { name: "Noter ce chiffre" })).toHaveCount(0);
    await expect(paul.getByRole("row").filter({ hasText: said("membres") }).first()).toBeVisible();
  });
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("Camille notes and takes on a dossier by plain forms", async ({ phones }) => {
    const camille = await phones.of(coop, CAMILLE);
    await camille.goto(BOARD);
    await camille.getByLabel("De quoi s’agit-il").fill("Guirlandes");
    await camille.getByRole("button", { name: "Ouvrir le dossier" }).click();
    await expect(camille).toHaveURL(/\/dossiers\?act=/);
    await opened(camille).getByRole("link", { name: "Guirlandes" }).click();
    await camille.getByRole("button", { name: /^Je m’en charge/ }).click();
    await expect(camille).toHaveURL(/\/dossier\/.*\?act=/);
    await expect(facts(camille)).toContainText("Toi");
  });
});
