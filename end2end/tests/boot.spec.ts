import { resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { isAlive } from "../phones";
import { SiteServer } from "../site-server";

// The boot script where the app cannot start: the other door must be one tap away.
const site = process.env.ALPAR_SITE ?? resolve(import.meta.dirname, "../../target/site");
let server: SiteServer;

test.use({ serviceWorkers: "block" });

test.beforeEach(async ({}, info) => {
  server = new SiteServer(site, 4190 + info.parallelIndex);
  await server.start();
});

test.afterEach(() => server.stop());

test("below the floor nothing is compiled, and the server's pages are offered", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "CompressionStream"));
  await page.goto(`${server.address}/shell.html?semaine=2026-11-23`);
  const door = page.getByRole("link", { name: "Ouvrir cette page depuis le réseau" });
  await expect(door).toHaveAttribute("href", "/shell.html?semaine=2026-11-23&porte=serveur");
  // It would be the same again.
  await expect(page.getByRole("button", { name: "Réessayer" })).toBeHidden();
  expect(server.asked.filter((path) => path.endsWith(".wasm"))).toEqual([]);
});

test("a module that does not arrive leaves a way to the server", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(`${server.address}/shell.html`);
  await expect(page.getByRole("heading", { name: "Alpar ne s’est pas ouvert" })).toBeVisible();
  await expect(page.getByText("L’application n’a pas pu démarrer sur cet appareil.")).toBeVisible();
  await page.unroute("**/*.wasm");
  await page.getByRole("button", { name: "Réessayer" }).click();
  await isAlive(page);
});

test("on a network that does not answer the page says so after ten seconds, and the app starts when it comes all the same", async ({ page }) => {
  const { files }: { files: Record<string, string> } = JSON.parse(server.read("assets.json"));
  let comes = () => {};
  const coming = new Promise<void>((resolve) => (comes = resolve));
  await page.route(`**${files["alpar_bg.wasm"]}`, async (route) => {
    await coming;
    await route.continue();
  });
  await page.clock.install();
  await page.goto(`${server.address}/shell.html`);
  const title = page.getByRole("heading", { name: "Alpar ne s’est pas ouvert" });
  await expect(title).toBeHidden();
  await page.clock.fastForward(10_500);
  await expect(title).toBeVisible();
  await expect(page.getByText("Dès qu’elle arrive, l’application s’ouvre d’elle-même.")).toBeVisible();
  await expect(page.getByText("L’application n’a pas pu démarrer")).toBeHidden();
  await expect(page.getByRole("button", { name: "Réessayer" })).toBeVisible();
  comes();
  await isAlive(page);
  await expect(title).toHaveCount(0);
});

test("what runs before the browser is known is written so that an older one reads it, too", () => {
  const { files, early }: { files: Record<string, string>; early: { source: string } } = JSON.parse(server.read("assets.json"));
  for (const script of [early.source, server.read(files["boot.js"]), server.read("sw.js")]) expect(script).not.toMatch(/(\?\?|\|\||&&)=/);
});

test("the shell asks for the modules by itself, each once, whatever becomes of its scripts", async ({ page }) => {
  const { files }: { files: Record<string, string> } = JSON.parse(server.read("assets.json"));
  await page.route(`**${files["boot.js"]}`, (route) => route.abort());
  await page.goto(`${server.address}/shell.html`);
  const modules = () => server.asked.filter((path) => path.endsWith(".wasm")).sort();
  await expect.poll(modules).toEqual([files["acts.wasm"], files["alpar_bg.wasm"]].sort());
});

test("a theme that was chosen is there before the first paint", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("alpar-theme", "dark"));
  await page.goto(`${server.address}/shell.html`);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
