import type { Page } from "@playwright/test";
import { nothingIsFound } from "../axe";
import { CAMILLE, INES, PAUL } from "../cast";
import { CoopServer } from "../coop-server";
import { NO_NETWORK, expect, open, test } from "../phones";
import { PUBLIC, PUBLIC_PAGES } from "../pages";
import { said } from "../said";

// What anybody reads of the co-op: without an account, without a script, in a few kilobytes; and how Communication writes it.
let coop: CoopServer;

const DESK = "/communication/pages";
const KIB = 1024;

test.beforeAll(async () => {
  coop = await CoopServer.open("public");
});
test.afterAll(() => coop.close());

const region = (page: Page, name: string | RegExp) => page.getByRole("region", { name });
const done = (page: Page, words: string) => expect(page.getByRole("status").filter({ hasText: said(words) })).toBeVisible();
const text = (page: Page) => page.getByLabel("Texte", { exact: true });

test("the pages read well, in the light and in the dark", async ({ phones }) => {
  test.slow();
  const visitor = await phones.visitor(coop);
  for (const address of PUBLIC) {
    await visitor.goto(address);
    await expect(visitor.getByRole("heading", { level: 1 })).toHaveCount(1);
    await visitor.evaluate(() => document.querySelectorAll("details").forEach((part) => void (part.open = true)));
    await nothingIsFound(visitor, address);
  }
});

test("without a script, a visitor comes in by the front door and finds what the co-op is, when it is open and how to come", async ({ phones }) => {
  const visitor = await phones.visitor(coop, { javaScriptEnabled: false });

  await test.step("the front door leads to the project", async () => {
    await visitor.goto("/");
    await expect(visitor).toHaveURL("/le-projet");
    await expect(visitor.getByRole("heading", { level: 1 })).toContainText("membres");
    await expect(visitor.getByRole("main")).toContainText("servir les besoins de la majorité des membres");
  });

  await test.step("who decides what, drawn and in words", async () => {
    await visitor.getByRole("link", { name: "Comment ça marche", exact: true }).first().click();
    await expect(visitor.getByRole("img", { name: /Qui décide de quoi/ })).toBeVisible();
    await expect(visitor.locator(".orga__drawing")).toContainText("Assemblée générale");
    await expect(visitor.locator(".orga__drawing text", { hasText: "Vie sociale" })).toBeVisible();
    const words = visitor.locator("figcaption");
    await words.getByText("La même chose en mots").click();
    await expect(words).toContainText(said("7 groupes de travail, autogérés…"));
    await expect(region(visitor, "Les groupes de travail").getByRole("article")).toHaveCount(7);
  });

  await test.step("when it is open", async () => {
    await visitor.getByRole("link", { name: "Nous trouver", exact: true }).first().click();
    const hours = visitor.getByRole("table", { name: "Les horaires de la semaine" });
    await expect(hours.getByRole("row").filter({ hasText: "Lundi" })).toContainText(said("12 h – 20 h 30"));
    await expect(hours.getByRole("row").filter({ hasText: "Mardi" })).toContainText("Fermé");
    await expect(region(visitor, "L’adresse").getByRole("link", { name: "Le plan" })).toHaveAttribute("href", /^https:\/\//);
  });

  await test.step("the history, step by step", async () => {
    await visitor.getByRole("link", { name: "L’histoire", exact: true }).first().click();
    const steps = visitor.getByRole("main").getByRole("listitem");
    await expect(steps.first()).toContainText("2016");
    await expect(steps.filter({ hasText: "Octobre 2017" })).toContainText(said("15 658 €"));
    await expect(steps.filter({ hasText: "8 juin 2018" }).locator("time")).toHaveAttribute("datetime", "2018-06-08");
  });

  await test.step("how to join: the next presentation, one tap from its form", async () => {
    await visitor.getByRole("link", { name: "Devenir membre", exact: true }).first().click();
    await expect(visitor.getByRole("main")).toContainText(said("Publié le …"));
    await visitor.getByRole("article", { name: "Présentation de la coop" }).getByRole("link", { name: "M’inscrire" }).click();
    await expect(visitor).toHaveURL(/\/presentation#sortie-/);
    await expect(region(visitor, "Présentation de la coop").getByLabel("Ton nom")).toBeVisible();
  });

  await test.step("members find their door", async () => {
    await visitor.getByRole("link", { name: "Espace membres" }).first().click();
    await expect(visitor).toHaveURL("/connexion");
  });
});

test("a member's start is the app", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  await open(camille, "/");
  await expect(camille.getByRole("heading", { level: 1 })).toContainText("Bonjour Camille");
  await camille.goto("/le-projet");
  await camille.getByRole("link", { name: "Espace membres" }).first().click();
  await expect(camille.getByRole("heading", { level: 1 })).toContainText("Bonjour Camille");
});

test("each page is there in forty kilobytes, asks nobody else for anything, and is not sent twice", async ({ browser }) => {
  for (const address of [...PUBLIC_PAGES, "/presentation"]) {
    const context = await browser.newContext({ baseURL: coop.address });
    const page = await context.newPage();
    const asked: { url: string; bytes: Promise<number> }[] = [];
    page.on("requestfinished", (request) => {
      const bytes = request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize);
      asked.push({ url: request.url(), bytes });
    });
    await page.goto(address);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const sizes = await Promise.all(asked.map(({ bytes }) => bytes));
    const all = sizes.reduce((sum, bytes) => sum + bytes, 0);
    expect(all, `${address}: ${asked.map(({ url }, at) => `${url} ${sizes[at]}`).join(", ")}`).toBeLessThanOrEqual(40 * KIB);
    expect(asked.filter(({ url }) => !url.startsWith(coop.address))).toEqual([]);
    expect(asked.filter(({ url }) => /\.(js|wasm)$/.test(url))).toEqual([]);
    const first = await page.request.get(address);
    const again = await page.request.get(address, { headers: { "if-none-match": first.headers().etag } });
    expect(again.status(), address).toBe(304);
    await context.close();
  }
});

test("programs read the news and the list of pages, and what pages say to them", async ({ phones }) => {
  const visitor = await phones.visitor(coop);
  await visitor.goto("/le-projet");
  const read = (address: string) =>
    visitor.evaluate(async (address) => {
      const answer = await fetch(address);
      const xml = new DOMParser().parseFromString(await answer.text(), "application/xml");
      return {
        wrong: xml.querySelector("parsererror")?.textContent ?? null,
        root: xml.documentElement.localName,
        entries: [...xml.querySelectorAll("entry > title")].map((title) => title.textContent),
        places: [...xml.querySelectorAll("loc")].map((place) => new URL(place.textContent ?? "").pathname),
      };
    }, address);
  const feed = await read("/actualites.atom");
  expect(feed.wrong).toBeNull();
  expect(feed.root).toBe("feed");
  expect(feed.entries.some((title) => title?.startsWith("Présentation de la coop"))).toBe(true);
  const list = await read("/sitemap.xml");
  expect(list.wrong).toBeNull();
  expect(list.places).toEqual(expect.arrayContaining([...PUBLIC_PAGES, "/presentation", "/breve/publique"]));
  for (const address of PUBLIC_PAGES) {
    await visitor.goto(address);
    const told = await visitor.locator('script[type="application/ld+json"]').allTextContents();
    expect(told.map((data) => JSON.parse(data)["@type"]), address).toContain("GroceryStore");
    await expect(visitor.locator('link[rel="canonical"]')).toHaveAttribute("href", new RegExp(`${address}$`));
  }
});

test("on paper a page is its text", async ({ phones }) => {
  const visitor = await phones.visitor(coop);
  await visitor.goto("/histoire");
  await visitor.emulateMedia({ media: "print" });
  await expect(visitor.getByRole("navigation", { name: "Les pages d’Alpar" })).toBeHidden();
  await expect(visitor.getByText(said("15 658 €"))).toBeVisible();
  const paper = await visitor.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(paper).toBe("rgb(255, 255, 255)");
});

test("Inès writes, looks at it, publishes, and goes back to what was there before", async ({ phones }) => {
  test.slow();
  const [ines, visitor] = [await phones.of(coop, INES), await phones.visitor(coop)];
  // What is refused comes back as a page.
  phones.expect(ines, /status of 422/);

  await test.step("from « Moi », she finds the page among the others", async () => {
    await open(ines, "/moi");
    await ines.getByRole("link", { name: "Les pages publiques" }).click();
    await expect(ines.getByRole("heading", { level: 1, name: "Les pages publiques" })).toBeVisible();
    await nothingIsFound(ines, "the list of public pages");
    await ines.getByRole("link", { name: "Le financement", exact: true }).click();
    await expect(ines.getByRole("heading", { level: 2, name: "Le financement" })).toBeVisible();
    await nothingIsFound(ines, "one of them");
  });

  await test.step("what means nothing is told with its line, and nothing is lost", async () => {
    await text(ines).fill("# Combien\n\n[[montans]]\n\n| Source | Montant |\n|---|---|\n| Parts | 43 000 € |\n| Dons | 1 000 € |");
    await ines.getByRole("button", { name: "Publier", exact: true }).click();
    await expect(ines.getByRole("alert").filter({ hasText: said("Ligne 3") })).toBeVisible();
    await expect(text(ines)).toHaveValue(/\[\[montans\]\]/);
  });

  await test.step("she looks at it before anybody else", async () => {
    await text(ines).fill((await text(ines).inputValue()).replace("[[montans]]", "[[montants]]"));
    await ines.getByRole("button", { name: "Aperçu", exact: true }).click();
    await expect(ines.getByRole("complementary", { name: "Aperçu" })).toContainText(said("toi seul·e vois ce texte"));
    await expect(ines.getByRole("img", { name: "Les montants du tableau qui suit" })).toBeVisible();
    await expect(ines.getByRole("row").filter({ hasText: "Parts" })).toContainText(said("98 %"));
    await nothingIsFound(ines, "the preview");
    await visitor.goto("/financement");
    await expect(visitor.getByRole("main")).not.toContainText("Combien");
  });

  await test.step("published, anybody reads it, and since when", async () => {
    await ines.getByRole("button", { name: "Publier" }).click();
    await done(ines, "C’est publié : tout le monde lit cette version.");
    await visitor.reload();
    await expect(visitor.getByRole("heading", { level: 2, name: "Combien" })).toBeVisible();
    await expect(visitor.getByText(said("Publié le …"))).toBeVisible();
    await nothingIsFound(visitor, "amounts, drawn");
  });

  await test.step("she goes back to what was there before, and it is one version more", async () => {
    await ines.locator("summary").filter({ hasText: "Tout ce qui a été publié" }).click();
    await nothingIsFound(ines, "all that was published");
    await ines.getByRole("button", { name: "Revenir au texte de départ" }).click();
    await done(ines, "La version d’avant est de retour…");
    await visitor.reload();
    await expect(visitor.getByRole("heading", { level: 2, name: "Nos sources de financement" })).toBeVisible();
    await ines.locator("summary").filter({ hasText: "Tout ce qui a été publié" }).click();
    await expect(ines.getByText(said("C’est le texte de départ, qui est revenu."))).toBeVisible();
  });

  await test.step("the address is hers to change, too", async () => {
    await open(ines, DESK);
    await ines.locator("summary").filter({ hasText: "Changer l’adresse" }).click();
    await ines.getByLabel("Code postal").fill("74960");
    await ines.getByRole("button", { name: "Enregistrer l’adresse" }).click();
    await done(ines, "L’adresse est enregistrée…");
    await visitor.goto("/nous-trouver");
    await expect(visitor.getByRole("contentinfo")).toContainText("74960 Meythet");
  });
});

test("what is typed saves itself for its writer alone, and two who write lose nothing", async ({ phones }) => {
  test.slow();
  const [ines, paul] = [await phones.of(coop, INES), await phones.of(coop, PAUL)];
  for (const phone of [ines, paul]) phones.expect(phone, NO_NETWORK, /status of 422/);
  const own = `${DESK}/histoire`;
  await open(paul, own);
  await text(paul).fill("# 2016\n\nLa mienne.");
  await expect(paul.locator("[data-state]")).toHaveText(said("Enregistré à … h …."), { timeout: 15_000 });
  await open(ines, own);
  await expect(ines.getByText(said("Paul A. écrit aussi…"))).toBeVisible();
  await text(ines).fill("# 2016\n\nLa sienne.");
  await ines.getByRole("button", { name: "Publier", exact: true }).click();
  await done(ines, "C’est publié : tout le monde lit cette version.");
  // Paul's form is older than what is read: his text stands beside it.
  await paul.getByRole("button", { name: "Publier", exact: true }).click();
  await expect(paul.getByRole("alert").filter({ hasText: "Quelqu’un a publié" })).toBeVisible();
  const two = region(paul, "Deux versions : règle-les");
  await expect(two.getByRole("article")).toHaveCount(2);
  await expect(two.getByRole("article").locator("del")).toContainText("sienne");
  await expect(two.getByRole("article").locator("ins")).toContainText("mienne");
  await nothingIsFound(paul, "two versions");
  await two.getByRole("button", { name: "Garder mon texte" }).click();
  await done(paul, "C’est noté : ton texte part de la version d’aujourd’hui…");
  await expect(text(paul)).toHaveValue("# 2016\n\nLa mienne.");
  await paul.getByRole("button", { name: "Publier", exact: true }).click();
  await done(paul, "C’est publié : tout le monde lit cette version.");
  const visitor = await phones.visitor(coop);
  await visitor.goto("/histoire");
  await expect(visitor.getByRole("main")).toContainText("La mienne.");
});

test("whoever is not of Communication writes nothing", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, /status of 403/);
  await open(camille, "/moi");
  await expect(camille.getByRole("link", { name: "Les pages publiques" })).toHaveCount(0);
  await open(camille, DESK);
  await expect(camille.getByRole("heading", { name: "C’est l’affaire de Communication" })).toBeVisible();
  await nothingIsFound(camille, "what is Communication's");
});
