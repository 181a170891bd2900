import { join } from "node:path";
import type { Page } from "@playwright/test";
import { nothingIsFound } from "../axe";
import { closed, film, weighed } from "../barcodes";
import { CAMILLE } from "../cast";
import { CoopServer } from "../coop-server";
import { databases, readKept } from "../kept";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";
import { theRegister } from "../register";
import { said } from "../said";

// Chromium takes a film for its camera, and has lost its own reader: what reads is ours.
const CAMERA = join(process.env.E2E_FOLDER ?? "", "camera.y4m");

test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${CAMERA}`,
    ],
  },
});

const RANGE = "01939d5e-7b1e-7000-8000-00000000e000";
const HONEY = { code: closed("376001234567"), name: "Miel de l’essai" };
const SALT = { code: closed("9638507"), name: "Sel de l’essai" };
const LENTILS = { code: weighed("12345", 0), name: "Lentilles de l’essai" };
const NOBODYS = closed("590123412345");

let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("scan");
  await coop.stop();
  theRegister(coop.data, `insert into product_range (product_range_id, name, rank) values ('${RANGE}', 'Essais du scanner', 99)`);
  keep("1", HONEY, { sold_by: "piece", net: { amount: 500, of: "gram" }, purchase: 500 });
  keep("2", SALT, { sold_by: "piece", net: { amount: 1000, of: "gram" }, purchase: 100 });
  // 10,00 € + 20 % + 5,5 %: 12,66 € a kilogram.
  keep("3", LENTILS, { sold_by: "weight", net: null, purchase: 1000 });
  theRegister(coop.data, "update change_mark set mark = mark + 1 where slice = 'catalogue' and shard = 0");
  await coop.start();
});
test.afterAll(() => coop.close());

/** A product of the co-op, whose server is stopped. */
function keep(number: string, { code, name }: { code: string; name: string }, more: object) {
  const id = RANGE.replace(/e000$/, `e00${number}`);
  const facts = {
    till_id: `essai-${number}`,
    barcodes: [code],
    name,
    brand: "",
    range: RANGE,
    supplier: null,
    margin: 2000,
    vat: 550,
    deposit: 0,
    availability: "in_range",
    origin: "",
    ...more,
  };
  const byHand = { allergens: "unknown", labels: [], story: "", photo: null };
  theRegister(
    coop.data,
    `with made as (insert into product (product_id, facts, by_hand, price_since, changed_on)
       values ('${id}', '${JSON.stringify(facts)}', '${JSON.stringify(byHand)}', '2026-11-01', '2026-11-01') returning product_id)
     insert into product_barcode (product_id, barcode) select product_id, '${code}' from made`,
  );
}

/** A phone whose browser reads no barcodes itself. */
async function phoneWithoutReader(page: Page, { camera }: { camera: boolean }) {
  await page.addInitScript(() => void Reflect.deleteProperty(globalThis, "BarcodeDetector"));
  if (camera) await page.context().grantPermissions(["camera"]);
}

const place = (phone: Page) => phone.locator("[data-scan]");
const found = (phone: Page) => phone.locator(".scan__found");
const cameraIs = (phone: Page, state: "open" | "closed") => expect(place(phone)).toHaveAttribute("data-camera", state);

/** What is before the camera is read, and what it is stands on the page. */
async function scans(phone: Page, code: string, ...words: string[]) {
  film(CAMERA, code);
  await phone.getByRole("button", { name: "Scanner un autre produit" }).or(phone.getByRole("button", { name: "Ouvrir la caméra" })).click();
  await expect(phone).toHaveURL(`/rayons/scanner?code=${code}`, { timeout: 30_000 });
  for (const word of words) await expect(found(phone)).toContainText(said(word));
  await cameraIs(phone, "closed");
}

/** The app, its reader and the whole catalogue are on the device. */
async function isReadyForTheAisle(phone: Page) {
  await isReadyForTheCellar(phone);
  // What is used before the worker is there is kept the next time.
  await open(phone, "/rayons/scanner?code=0");
  const kept = () =>
    phone.evaluate(async () => {
      const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
      const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
      return ["scan.", "scanner.", "scanner_bg."].every((name) => requests.some(({ url }) => url.includes(`/pkg/${name}`)));
    });
  await expect.poll(kept).toBe(true);
  const snapshots = (await databases(phone)).find((name) => name.startsWith("snap-")) ?? "";
  await expect.poll(() => readKept(phone, snapshots, `shelf-${RANGE}-1`)).toContain(HONEY.code);
}

test("a jar, a small packet and a label of the scales are read, and so they are with the server stopped", async ({ phones }) => {
  test.slow();
  const phone = await phones.of(coop, CAMILLE);
  phones.expect(phone, NO_NETWORK);
  await phoneWithoutReader(phone, { camera: true });

  const readsAll = async () => {
    await scans(phone, HONEY.code, HONEY.name, "6,33 €", "12,66 €/kg");
    await scans(phone, SALT.code, SALT.name);
    await scans(phone, weighed("12345", 342), LENTILS.name, "342 g, soit 4,33 € à 12,66 €/kg");
    await scans(phone, NOBODYS, "Produit inconnu", "Le chercher par son nom");
  };

  await test.step("who has allowed the camera does not tap for it; who leaves closes it", async () => {
    film(CAMERA);
    await open(phone, "/rayons/scanner");
    await cameraIs(phone, "open");
    await nothingIsFound(phone, "the camera");
    await phone.getByRole("button", { name: "Fermer la caméra" }).click();
    await cameraIs(phone, "closed");
  });

  await test.step("online", readsAll);
  await test.step("offline", async () => {
    await isReadyForTheAisle(phone);
    await coop.stop();
    film(CAMERA);
    await phone.goto("/rayons/scanner");
    await cameraIs(phone, "open");
    await phone.getByRole("button", { name: "Fermer la caméra" }).click();
    await readsAll();
    await nothingIsFound(phone, "what nobody knows");
    await coop.start();
  });
});

test("a camera that is hidden is closed, and opens again with the page", async ({ phones }) => {
  film(CAMERA);
  const phone = await phones.of(coop, CAMILLE);
  await phoneWithoutReader(phone, { camera: true });
  await open(phone, "/rayons/scanner");
  await cameraIs(phone, "open");
  const live = () => phone.locator("video").evaluate((video: HTMLVideoElement) => (video.srcObject as MediaStream | null)?.active ?? false);
  expect(await live()).toBe(true);
  const isHidden = (hidden: boolean) =>
    phone.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await isHidden(true);
  await cameraIs(phone, "closed");
  expect(await live()).toBe(false);
  await isHidden(false);
  await cameraIs(phone, "open");

  const track = await phone.locator("video").evaluateHandle((video: HTMLVideoElement) => (video.srcObject as MediaStream).getVideoTracks()[0]);
  await phone.getByRole("link", { name: "Rayons" }).first().click();
  await expect(phone.getByRole("heading", { level: 1, name: "Rayons" })).toBeVisible();
  await expect.poll(() => track.evaluate(({ readyState }) => readyState)).toBe("ended");
});

test("a browser that only says that it reads barcodes is not waited for", async ({ phones }) => {
  film(CAMERA, SALT.code);
  const phone = await phones.of(coop, CAMILLE);
  await phone.context().grantPermissions(["camera"]);
  await phone.addInitScript(() => {
    const refusing = class {
      static getSupportedFormats = () => Promise.resolve(["ean_13", "ean_8"]);
      detect = () => Promise.reject(new DOMException("Barcode detection service unavailable.", "NotSupportedError"));
    };
    Object.assign(globalThis, { BarcodeDetector: refusing });
  });
  await open(phone, "/rayons/scanner");
  await expect(phone).toHaveURL(`/rayons/scanner?code=${SALT.code}`, { timeout: 30_000 });
  await expect(found(phone)).toContainText(said(SALT.name));
});

test("the keyboard opens the camera, closes it, and goes on", async ({ phones }) => {
  film(CAMERA);
  const phone = await phones.of(coop, CAMILLE);
  await phoneWithoutReader(phone, { camera: true });
  // Whoever comes with a code has its answer first.
  await open(phone, `/rayons/scanner?code=${HONEY.code}`);
  await expect(found(phone)).toContainText(said(HONEY.name));
  await phone.getByRole("button", { name: "Ouvrir la caméra" }).press("Enter");
  await cameraIs(phone, "open");
  await expect(phone.getByRole("button", { name: "Fermer la caméra" })).toBeFocused();
  await phone.keyboard.press("Enter");
  await cameraIs(phone, "closed");
  await expect(phone.getByRole("button", { name: "Ouvrir la caméra" })).toBeFocused();
});

test("without the camera the digits are typed, and what is wrong with them is said", async ({ phones }) => {
  film(CAMERA);
  const phone = await phones.of(coop, CAMILLE);
  await phoneWithoutReader(phone, { camera: false });
  await open(phone, "/rayons/scanner");
  await phone.getByRole("button", { name: "Ouvrir la caméra" }).click();
  await expect(place(phone).getByRole("status")).toContainText(said("La caméra est refusée à Alpar : autorise-la"));
  const field = phone.getByLabel("Ou tape le code-barres");
  await field.fill(`${HONEY.code.slice(0, -1)}${(Number(HONEY.code.at(-1)) + 1) % 10}`);
  await field.press("Enter");
  await expect(phone.getByText(said("Un des chiffres est faux"))).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await nothingIsFound(phone, "a wrong digit");
  await field.fill(HONEY.code.replace(/^(.)(.{6})/, "$1 $2 "));
  await field.press("Enter");
  await expect(found(phone)).toContainText(said(HONEY.name));
  await phone.getByRole("link", { name: "Voir le produit" }).click();
  await expect(phone.getByRole("heading", { level: 1, name: said(HONEY.name) })).toBeVisible();
});

test.describe("without any script", () => {
  test.use({ javaScriptEnabled: false });
  test("the field and its button do", async ({ phones }) => {
    const phone = await phones.of(coop, CAMILLE);
    await phone.goto("/rayons/scanner");
    await expect(phone.getByRole("button", { name: "Ouvrir la caméra" })).toHaveCount(0);
    await phone.getByLabel("Ou tape le code-barres").fill(weighed("12345", 342));
    await phone.getByRole("button", { name: "Chercher" }).click();
    await expect(found(phone)).toContainText(said("342 g, soit 4,33 € à 12,66 €/kg"));
  });
});
