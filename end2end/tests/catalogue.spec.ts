import type { Page } from "@playwright/test";
import { expectStates, online, states, WAITS } from "../acting";
import { nothingIsFound } from "../axe";
import { CAMILLE, HUGO, KARIM, LEA } from "../cast";
import { asksOfTheShop, buysAt, keepsTheShop, product, stock } from "../catalogue";
import { CoopServer } from "../coop-server";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";
import { said } from "../said";

// A co-op with two more ranges: what is in them is known here.
let coop: CoopServer;
let ids: string[] = [];
let ranges = new Map<string, string>();

const [SHELF, OTHER] = ["Pâtes de l’essai", "Boissons de l’essai"];
const nothingIn = { said: { on: "2026-11-02", of: {} } };

test.beforeAll(async () => {
  coop = await CoopServer.open("catalogue");
  await coop.stop();
  ({ ids, ranges } = stock(coop, "2026-11-02", [
    {
      name: "Coquillettes de Thônes",
      range: SHELF,
      supplier: "Moulin de l’essai",
      brand: "Moulin",
      labels: ["Essai bio"],
      purchase: 200,
      grams: 500,
      allergens: { said: { on: "2026-11-02", of: { gluten: "contains", eggs: "traces" } } },
    },
    { name: "Nouilles de riz", range: SHELF, purchase: 150, grams: 500, allergens: nothingIn },
    { name: "Vermicelles mystère", range: SHELF, purchase: 120, grams: 400 },
    { name: "Limonade de Thônes", range: OTHER, supplier: "Moulin de l’essai", purchase: 100, grams: 750, availability: "ending" },
    { name: "Sirop de l’essai", range: OTHER, labels: ["Essai bio"], purchase: 300, availability: { new: { until: "2099-12-31" } } },
    { name: "Jus d’hiver", range: OTHER, purchase: 150, grams: 1000, availability: { seasonal: { from: "07-01", to: "06-30" } } },
  ]));
  await coop.start();
});
test.afterAll(() => coop.close());

const box = (phone: Page) => phone.getByRole("searchbox", { name: "Chercher un produit" });

test("Karim goes from a range to a product, and what its price is made of sums up", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  await open(karim, "/rayons");
  await nothingIsFound(karim, "the ranges");
  await karim.getByRole("link", { name: new RegExp(`^${SHELF}`) }).click();
  await expect(karim.getByRole("heading", { level: 1, name: SHELF })).toBeVisible();
  await expect(product(karim, "Coquillettes de Thônes")).toContainText(said("2,53 €"));
  await expect(product(karim, "Coquillettes de Thônes")).toContainText(said("5,06 €/kg"));
  await nothingIsFound(karim, "a shelf");

  await karim.getByRole("link", { name: "Coquillettes de Thônes" }).click();
  await expect(karim.getByRole("heading", { level: 1, name: "Coquillettes de Thônes" })).toBeVisible();
  const table = karim.getByRole("region", { name: "De quoi est fait le prix" }).getByRole("table");
  const cents = (await table.getByRole("cell").allTextContents()).map((text) => Number(text.replaceAll(/\D/g, "")));
  expect(cents).toEqual([200, 40, 13, 253]);
  expect(cents[0] + cents[1] + cents[2]).toBe(cents[3]);
  const allergens = karim.getByRole("region", { name: "Allergènes" });
  await expect(allergens).toContainText(said("Contient : gluten."));
  await expect(allergens).toContainText(said("Traces possibles : œufs."));
  await expect(allergens).toContainText(said("Les 12 autres à déclarer n’y sont pas."));
  await expect(allergens).toContainText(said("Données du 2 novembre 2026."));
  const cheaper = karim.getByRole("region", { name: said("Moins cher au kilo ou au litre") });
  await expect(cheaper.getByRole("link", { name: "Nouilles de riz" })).toBeVisible();
  await nothingIsFound(karim, "a product");

  await karim.getByRole("link", { name: "Moulin de l’essai" }).click();
  await expect(karim.getByRole("heading", { level: 1, name: "Moulin de l’essai" })).toBeVisible();
  await expect(karim.getByText(said("Thônes, à 21 km"))).toBeVisible();
  await expect(product(karim, "Limonade de Thônes")).toContainText(said("fin de série"));
  await nothingIsFound(karim, "a supplier");
});

test("what nobody knows is never without gluten, and is said to be left out", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  await open(karim, `/rayons/${ranges.get(SHELF)}`);
  await expect(karim.locator(".product-row")).toHaveCount(3);
  await karim.getByText(said("Sans allergène…")).click();
  await karim.getByRole("link", { name: "Gluten" }).click();
  await expect(karim.locator(".product-row")).toHaveCount(1);
  await expect(product(karim, "Nouilles de riz")).toContainText(said("Allergènes : données du 2 novembre 2026"));
  await expect(karim.getByRole("note")).toContainText(said("1 autre est écarté : personne ne sait ce qu’il en est."));
  await nothingIsFound(karim, "a shelf without gluten");
  await karim.goto(`/produit/${ids[2]}`);
  await expect(karim.getByRole("region", { name: "Allergènes" })).toContainText(said("Allergènes inconnus"));
});

test("a shelf is seen by what is said of its products, one filter after the other, and the keyboard stays where it is", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  await open(karim, `/rayons/${ranges.get(OTHER)}`);
  const rows = karim.locator(".product-row .row__title");
  const filter = (name: string) => karim.getByRole("navigation", { name: "Filtres" }).getByRole("link", { name, exact: true });
  await expect(rows).toHaveText(["Jus d’hiver", "Limonade de Thônes", "Sirop de l’essai"].map(said));
  for (const [name, only] of [
    ["Nouveautés", "Sirop de l’essai"],
    ["De saison", "Jus d’hiver"],
    ["Fins de série", "Limonade de Thônes"],
    ["En vrac", "Sirop de l’essai"],
    ["Essai bio", "Sirop de l’essai"],
  ]) {
    await filter(name).focus();
    await karim.keyboard.press("Enter");
    await expect(rows).toHaveText([said(only)]);
    await expect(filter(name)).toHaveAttribute("aria-current", "true");
    await expect(filter(name)).toBeFocused();
    await karim.keyboard.press("Enter");
    await expect(rows).toHaveCount(3);
  }
  await filter("Nouveautés").click();
  await filter("Essai bio").click();
  await expect(rows).toHaveText([said("Sirop de l’essai")]);
  await filter("Nouveautés").click();
  await filter("Fins de série").click();
  await expect(karim.getByRole("heading", { name: "Aucun produit pour ces filtres" })).toBeVisible();
  await nothingIsFound(karim, "a shelf without an answer");
  await karim.getByRole("link", { name: "Enlever les filtres" }).click();
  await expect(rows).toHaveCount(3);

  // Through all ranges, by who brings it.
  await open(karim, "/rayons");
  const bringing = karim.getByRole("region", { name: "Par fournisseur" });
  await bringing.locator("summary").click();
  await bringing.getByRole("link", { name: /^Moulin de l’essai/ }).click();
  await expect(rows).toHaveText(["Coquillettes de Thônes", "Limonade de Thônes"].map(said));
});

test("what Karim looked for is there again when he comes back from a product", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  await open(karim, "/rayons");
  await box(karim).fill("thones limonade");
  await expect(product(karim, "Limonade de Thônes")).toBeVisible();
  await expect(karim).toHaveURL("/rayons?q=thones%20limonade");
  await box(karim).press("Enter");
  await expect(karim.getByRole("link", { name: "Limonade de Thônes", exact: true })).toBeFocused();
  await karim.keyboard.press("Enter");
  await expect(karim.getByRole("heading", { level: 1, name: "Limonade de Thônes" })).toBeVisible();
  await karim.goBack();
  await expect(box(karim)).toHaveValue("thones limonade");
  await expect(product(karim, "Limonade de Thônes")).toBeVisible();
  await box(karim).fill("");
  await expect(karim).toHaveURL("/rayons");
});

test("with the server stopped Camille finds a product by a word that is mistyped, and asks for what is not there", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  phones.expect(camille, NO_NETWORK);
  // Its shelves come while another page is looked at.
  await open(camille, "/vacations");
  await isReadyForTheCellar(camille);
  await keepsTheShop(camille);
  await coop.stop();

  await camille.goto("/rayons");
  await box(camille).fill("coquilettes");
  await expect(product(camille, "Coquillettes de Thônes")).toContainText(said("2,53 €"));
  await box(camille).fill("thones limonade");
  await expect(product(camille, "Limonade de Thônes")).toBeVisible();
  await expect(camille.getByRole("status").filter({ hasText: /produits?\strouvés?/ })).toBeVisible();
  await box(camille).fill("moulin essai bio");
  await expect(product(camille, "Coquillettes de Thônes")).toBeVisible();
  await box(camille).fill("coquyllettez");
  await camille.getByRole("button", { name: said("Essaie « coquillettes »") }).click();
  await expect(product(camille, "Coquillettes de Thônes")).toBeVisible();

  await box(camille).fill("xylophone géant");
  const none = camille.getByRole("region", { name: "Aucun résultat" });
  await expect(none.getByLabel("J’aimerais trouver…")).toHaveValue("xylophone géant");
  await nothingIsFound(camille, "nothing found");
  await none.getByRole("button", { name: "Demander" }).click();
  await expectStates(camille, ["to_send"]);
  await camille.goto("/envies");
  const wish = camille.getByRole("article", { name: "xylophone géant" });
  await expect(wish).toContainText(WAITS);
  await expect(wish).toContainText(said("1 personne aimerait le trouver"));

  await coop.start();
  await online(camille);
  await expectStates(camille, ["applied"]);
  const lea = await phones.of(coop, LEA);
  await open(lea, "/envies");
  const seen = lea.getByRole("article", { name: "xylophone géant" });
  await seen.getByRole("button", { name: said("Moi aussi : xylophone géant") }).click();
  await expect(seen).toContainText(said("2 personnes aimeraient le trouver"));
  await expectStates(lea, ["applied"]);
  await nothingIsFound(lea, "what members would like");
});

test("Hugo's list works in the aisle, where there is no network", async ({ phones }) => {
  const hugo = await phones.of(coop, HUGO);
  phones.expect(hugo, NO_NETWORK);
  await open(hugo, "/liste");
  await expect(hugo.getByRole("heading", { name: "Ta liste est vide" })).toBeVisible();
  await isReadyForTheCellar(hugo);
  await keepsTheShop(hugo);
  await coop.stop();

  await hugo.goto(`/produit/${ids[0]}`);
  await hugo.getByRole("button", { name: said("Sur ma liste : Coquillettes de Thônes") }).click();
  await hugo.getByRole("button", { name: said("Un de plus : Coquillettes de Thônes") }).click();
  await hugo.getByRole("button", { name: said("Favori : Coquillettes de Thônes") }).click();
  await hugo.getByRole("button", { name: said("Plus en rayon : Coquillettes de Thônes") }).click();
  await expect(hugo.getByText(said("Tu l’as signalé absent aujourd’hui."))).toBeVisible();

  await hugo.goto("/liste");
  await hugo.getByLabel("Ajouter à ma liste").fill("Ampoules");
  await hugo.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(hugo.getByLabel("Ajouter à ma liste")).toHaveValue("");
  await expect(hugo.locator(".list-line")).toHaveCount(2);
  await expect(hugo.getByText(said("Encore à prendre : environ 5,06 €"))).toBeVisible();
  await nothingIsFound(hugo, "a shopping list");
  await hugo.getByRole("button", { name: said("Pris : Ampoules") }).click();
  await expect(hugo.getByRole("button", { name: said("Pris : Ampoules") })).toHaveAttribute("aria-pressed", "true");
  await hugo.reload();
  await expect(hugo.getByRole("button", { name: said("Pris : Ampoules") })).toHaveAttribute("aria-pressed", "true");
  const back = hugo.getByRole("button", { name: "Remettre" });
  await hugo.getByRole("button", { name: "Effacer ce qui est coché" }).click();
  await expect(hugo.locator(".list-line")).toHaveCount(1);
  await nothingIsFound(hugo, "a line that may come back");
  await back.click();
  await expect(back).toHaveCount(0);
  await expect(hugo.getByRole("button", { name: said("Pris : Ampoules") })).toHaveAttribute("aria-pressed", "true");
  await hugo.getByRole("button", { name: said("Enlever de la liste : Ampoules") }).click();
  await expect(hugo.locator(".list-line")).toHaveCount(1);
  await expect(hugo.getByRole("status").filter({ hasText: said("Enlevé : Ampoules") })).toBeVisible();

  const liked = hugo.getByRole("region", { name: "Mes favoris" });
  await expect(liked.getByRole("link", { name: "Coquillettes de Thônes" })).toBeVisible();
  await liked.getByRole("button", { name: said("Un de plus (2 sur ta liste) : Coquillettes de Thônes") }).click();
  await expect(hugo.getByText(said("Encore à prendre : environ 7,59 €"))).toBeVisible();
  await hugo.getByRole("button", { name: said("Un de moins : Coquillettes de Thônes") }).click();
  await expect(hugo.getByText(said("Encore à prendre : environ 5,06 €"))).toBeVisible();

  await coop.start();
  await online(hugo);
  await expect.poll(async () => [...new Set(await states(hugo))]).toEqual(["applied"]);
  await open(hugo, "/liste");
  await expect(hugo.locator(".list-line")).toHaveCount(1);
  await expect(hugo.locator(".list-line")).toContainText("Coquillettes de Thônes");
});

test("a price that changes costs one shelf", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  phones.expect(karim, NO_NETWORK);
  await open(karim, "/rayons");
  await keepsTheShop(karim);
  await coop.stop();
  buysAt(coop, ids[3], 110);
  await coop.start();
  const asked = asksOfTheShop(karim);
  await open(karim, `/produit/${ids[3]}`);
  await keepsTheShop(karim);
  await expect(karim.locator(".product__cents")).toHaveText(said("1,39 €"));
  expect(new Set(asked)).toEqual(new Set(asked.filter((path) => path.includes(ranges.get(OTHER) ?? "-"))));
  expect(asked).toHaveLength(1);
});
