import type { Page } from "@playwright/test";
import { HUGO, KARIM, LEA } from "../cast";
import { keepsTheShop, keptPictures, petite, product, sent, stock } from "../catalogue";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { FaultProxy, ours } from "../fault-proxy";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";

// Small photos in rows: those of favourites and of the list are on the phone before anybody looks at them, the others once they were
// seen; and neither are ever more than there is room for.
let coop: CoopServer;
let ids: string[] = [];
let photos: (string | undefined)[] = [];
let range = "";
/** Photos that Hugo has sent and no product has: he alone sees them. */
let his: string[] = [];

const SHELF = "Bocaux de l’essai";
/** More than a phone keeps. */
const MANY = 340, MOST = 333, PHOTOS_MOST = 6;

test.beforeAll(async () => {
  coop = await CoopServer.open("thumbnails");
  const { member } = await Elsewhere.of(coop, HUGO);
  await coop.stop();
  const jar = { range: SHELF, purchase: 200, grams: 500 };
  const stocked = stock(coop, "2026-11-02", [
    { ...jar, name: "Abricots de l’essai", photo: true },
    { ...jar, name: "Betteraves de l’essai", photo: true },
    { ...jar, name: "Cornichons de l’essai", photo: true },
    { ...jar, name: "Olives de l’essai" },
  ]);
  ({ ids, photos } = stocked);
  range = stocked.ranges.get(SHELF) ?? "";
  his = sent(coop, member, MANY);
  await coop.start();
});
test.afterAll(() => coop.close());

const isShown = (phone: Page, name: string) =>
  expect
    .poll(() => product(phone, name).locator("img").evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0))
    .toBe(true);

/** Looks at pictures as a page does, one after the other. */
const looks = (phone: Page, addresses: string[]) =>
  phone.evaluate(async (addresses) => {
    for (const address of addresses) await (await fetch(address)).blob();
  }, addresses);

test("with the server stopped Hugo's favourites and his list have their photos, which nobody looked at before", async ({ phones }) => {
  const elsewhere = await Elsewhere.of(coop, HUGO);
  await elsewhere.acts("set_favourite", { product: ids[1], on: true });
  const hugo = await phones.of(coop, HUGO);
  phones.expect(hugo, NO_NETWORK);
  // He never opens a page of the shop.
  await open(hugo, "/vacations");
  await isReadyForTheCellar(hugo);
  await keepsTheShop(hugo);
  await expect.poll(() => keptPictures(hugo, "thumbnails")).toEqual([petite(photos[1])]);

  await test.step("one that he puts on his list comes at once", async () => {
    await open(hugo, `/produit/${ids[0]}`);
    await hugo.getByRole("button", { name: /^Sur ma liste/ }).click();
    await expect.poll(() => keptPictures(hugo, "thumbnails")).toEqual(expect.arrayContaining([petite(photos[0]), petite(photos[1])]));
  });

  await coop.stop();
  await hugo.goto("/liste");
  await expect(hugo.locator(".list-line")).toHaveCount(1);
  await isShown(hugo, "Abricots de l’essai");
  await isShown(hugo, "Betteraves de l’essai");
  expect(await keptPictures(hugo, "thumbnails")).not.toContain(petite(photos[2]));

  await test.step("on the shelf a letter stands where a photo is not here, and each has its place from the beginning", async () => {
    await hugo.goto(`/rayons/${range}`);
    const places = hugo.locator(".product-row > .thumb");
    await expect(places).toHaveCount(4);
    expect(await places.evaluateAll((all) => all.map((place) => place.getAttribute("data-initial")))).toEqual(["A", "B", "C", "O"]);
    for (const place of await places.all()) expect(await place.boundingBox()).toMatchObject({ width: 48, height: 48 });
    await isShown(hugo, "Betteraves de l’essai");
    await expect(product(hugo, "Olives de l’essai").locator("img")).toHaveCount(0);
  });
  await coop.start();
});

test("a photo that was seen in a row is there without a network, and so is the whole one of a product that was looked at", async ({ phones }) => {
  const karim = await phones.of(coop, KARIM);
  phones.expect(karim, NO_NETWORK);
  await open(karim, "/vacations");
  await isReadyForTheCellar(karim);
  await keepsTheShop(karim);
  expect(await keptPictures(karim, "thumbnails"), "he likes nothing yet").toEqual([]);
  await open(karim, `/rayons/${range}`);
  await expect.poll(async () => (await keptPictures(karim, "thumbnails")).sort()).toEqual([0, 1, 2].map((nth) => petite(photos[nth])).sort());
  await karim.getByRole("link", { name: "Cornichons de l’essai" }).click();
  await expect.poll(() => keptPictures(karim, "product-photos")).toEqual([`/pictures/${photos[2]}`]);
  expect(await keptPictures(karim, "pictures")).not.toContain(`/pictures/${photos[2]}`);
  await coop.stop();
  await karim.goto(`/produit/${ids[2]}`);
  const photo = karim.getByRole("img", { name: "Cornichons de l’essai" });
  await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(1);
  await karim.goto(`/rayons/${range}`);
  await isShown(karim, "Abricots de l’essai");
  await coop.start();
});

test("a small photo that the server has no more holds back none of the others, and is not asked for again", async ({ phones }) => {
  const proxy = await FaultProxy.before(coop.address);
  const gone = proxy.meet(petite(photos[0]), ours(404, "not_found"));
  const elsewhere = await Elsewhere.of(coop, LEA);
  for (const product of [ids[0], ids[1]]) await elsewhere.acts("set_favourite", { product, on: true });
  const lea = await phones.of(coop, LEA, { baseURL: proxy.address });
  phones.expect(lea, /status of 404/);
  await open(lea, "/vacations");
  await isReadyForTheCellar(lea);
  await keepsTheShop(lea);
  await expect.poll(() => keptPictures(lea, "thumbnails")).toEqual([petite(photos[1])]);
  // All that will ever come is here: the next start asks for nothing.
  const gatheredFrom = () => lea.evaluate(async () => (await (await caches.match("/pictures/petites"))?.json())?.of ?? "nothing yet");
  await expect.poll(gatheredFrom).not.toBe("nothing yet");
  expect(gone).toHaveLength(1);

  await test.step("in a row its letter stands in its place", async () => {
    await open(lea, `/rayons/${range}`);
    await isShown(lea, "Betteraves de l’essai");
    await expect(product(lea, "Abricots de l’essai").locator(".thumb")).toHaveAttribute("data-initial", "A");
    expect(await keptPictures(lea, "thumbnails")).not.toContain(petite(photos[0]));
  });
  await lea.close();
  await proxy.unplug();
});

test("there is room for so many: the oldest go, and those of favourites stay", async ({ phones }) => {
  test.slow();
  const elsewhere = await Elsewhere.of(coop, HUGO);
  await elsewhere.acts("set_favourite", { product: ids[1], on: true });
  const hugo = await phones.of(coop, HUGO);
  await open(hugo, "/rayons");
  await isReadyForTheCellar(hugo);
  await expect.poll(() => keptPictures(hugo, "thumbnails")).toContain(petite(photos[1]));
  // The worker has the second page, and those after it.
  await open(hugo, "/liste");
  await looks(hugo, his.map(petite));
  await expect.poll(() => keptPictures(hugo, "thumbnails")).toContain(petite(his[MANY - 1]));
  await expect.poll(async () => (await keptPictures(hugo, "thumbnails")).length).toBe(MOST);
  const kept = await keptPictures(hugo, "thumbnails");
  expect(kept).toContain(petite(photos[1]));
  expect(kept).not.toContain(petite(his[0]));

  await looks(hugo, his.slice(0, PHOTOS_MOST + 2).map((photo) => `/pictures/${photo}`));
  const photosKept = his.slice(2, PHOTOS_MOST + 2).map((photo) => `/pictures/${photo}`);
  await expect.poll(() => keptPictures(hugo, "product-photos")).toEqual(photosKept);
});
