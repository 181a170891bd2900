import { CAMILLE } from "../cast";
import { CoopServer } from "../coop-server";
import { focusIsKept, tabTo } from "../focus";
import { codesTo, nextCode } from "../letters";
import { expect, open, sheet, test, told } from "../phones";
import { nextShift, page, teammate } from "../shifts";

// Nothing here touches the screen: Tab, Enter, Space, Escape, and what is typed.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("keyboard");
});
test.afterAll(() => coop.close());

test("Camille signs in, gives her seat and calls it back with the keyboard alone", async ({ phones }) => {
  const camille = await phones.visitor(coop);
  const { keyboard } = camille;

  await test.step("the address, the code", async () => {
    await camille.goto("/connexion");
    const before = codesTo(coop, CAMILLE.email).length;
    await tabTo(camille, camille.getByLabel("Ton adresse e-mail"));
    await keyboard.type(CAMILLE.email);
    await keyboard.press("Enter");
    await expect(camille.getByLabel("Les 6 chiffres")).toBeFocused();
    await keyboard.type(await nextCode(coop, CAMILLE.email, before));
    await keyboard.press("Enter");
    await expect(camille.getByRole("heading", { name: "Bonjour Camille" })).toBeVisible();
  });

  await test.step("the first stop leads past the bar", async () => {
    await open(camille, "/");
    await keyboard.press("Tab");
    await expect(camille.getByRole("link", { name: "Aller au contenu" })).toBeFocused();
    await expect(camille.getByRole("link", { name: "Aller au contenu" })).toBeInViewport();
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    expect(await camille.evaluate(() => document.querySelector("main")?.contains(document.activeElement))).toBe(true);
  });

  await test.step("the way to give, each sheet with the focus on its title", async () => {
    await tabTo(camille, camille.getByRole("link", { name: "Je ne peux pas venir" }));
    await keyboard.press("Enter");
    await expect(sheet(camille, "Je ne peux pas venir").getByRole("heading")).toBeFocused();
    await tabTo(camille, sheet(camille, "Je ne peux pas venir").getByRole("link", { name: /^Donner ma place/ }));
    await keyboard.press("Enter");
    await expect(sheet(camille, "Donner ma place").getByRole("heading", { level: 2 })).toBeFocused();
    const note = sheet(camille, "Donner ma place").getByLabel("Un mot, si tu veux");
    await tabTo(camille, note);
    await keyboard.type("Je serai en montagne");
    await tabTo(camille, sheet(camille, "Donner ma place").getByRole("button", { name: "Donner ma place" }));
    await keyboard.press("Enter");
  });

  await test.step("then the focus is on the page's title, and « Annuler » is near", async () => {
    await expect(sheet(camille, "Donner ma place")).toBeHidden();
    await expect(camille.getByRole("button", { name: "Annuler" })).toBeVisible();
    await expect(camille.getByRole("heading", { level: 1 })).toBeFocused();
    await tabTo(camille, camille.getByRole("button", { name: "Annuler" }), 6);
    await keyboard.press("Enter");
    await expect(camille.getByRole("button", { name: "Annuler" })).toHaveCount(0);
    await focusIsKept(camille);
    await expect(camille.getByText("La tienne", { exact: true })).toBeVisible();
  });
});

test("Escape closes a sheet, and the focus is back on what opened it", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  const saturday = await nextShift(camille);
  await open(camille, page(saturday));
  const opener = camille.getByRole("link", { name: "Je ne peux pas venir" });
  for (const way of ["Escape", "Fermer"]) {
    await tabTo(camille, opener);
    await camille.keyboard.press("Enter");
    const choices = sheet(camille, "Je ne peux pas venir");
    await expect(choices.getByRole("heading")).toBeFocused();

    // While it is open, Tab stays in it.
    for (let stops = 0; stops < 12; stops++) {
      await camille.keyboard.press("Tab");
      expect(await camille.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null)).toBe(true);
    }
    if (way === "Fermer") {
      await tabTo(camille, choices.getByRole("link", { name: "Fermer" }));
      await camille.keyboard.press("Enter");
    } else {
      await camille.keyboard.press("Escape");
    }
    await expect(choices).toBeHidden();
    await expect(camille).toHaveURL(page(saturday));
    await expect(opener, `after « ${way} »`).toBeFocused();
  }
});

test("Escape in a sheet that another one led to is back where the first one was opened", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  await open(camille, page(await nextShift(camille)));
  await tabTo(camille, camille.getByRole("link", { name: "Je ne peux pas venir" }));
  await camille.keyboard.press("Enter");
  await tabTo(camille, sheet(camille, "Je ne peux pas venir").getByRole("link", { name: /^Donner ma place/ }));
  await camille.keyboard.press("Enter");
  await expect(sheet(camille, "Donner ma place").getByRole("heading", { level: 2 })).toBeFocused();
  await camille.keyboard.press("Escape");
  await expect(sheet(camille, "Donner ma place")).toBeHidden();
  await expect(camille.getByRole("link", { name: "Je ne peux pas venir" })).toBeFocused();
});

test("back in the browser closes a sheet too", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  const saturday = await nextShift(camille);
  await open(camille, page(saturday));
  await camille.getByRole("link", { name: "Je ne peux pas venir" }).click();
  await expect(sheet(camille, "Je ne peux pas venir")).toBeVisible();
  await camille.goBack();
  await expect(sheet(camille, "Je ne peux pas venir")).toBeHidden();
  await expect(camille).toHaveURL(page(saturday));
  await expect(teammate(camille, "Toi")).toBeVisible();
});

test("Camille ticks what would suit her with Space, and hears how many there are", async ({ phones }) => {
  const camille = await phones.of(coop, CAMILLE);
  await open(camille, page(await nextShift(camille), "echanger"));
  const ticks = sheet(camille, "Échanger");
  await tabTo(camille, ticks.getByRole("checkbox").first());
  await camille.keyboard.press("Space");
  await camille.keyboard.press("Tab");
  await camille.keyboard.press("Space");
  await expect(ticks.getByRole("status")).toContainText("2 vacations cochées");
  await tabTo(camille, ticks.getByLabel("Jour"), 300);
  await camille.keyboard.press("ArrowDown");
  await tabTo(camille, ticks.getByRole("button", { name: "Ajouter cette habitude" }));
  await camille.keyboard.press("Enter");
  await expect(ticks.getByRole("status")).toContainText("2 vacations cochées et 1 habitude");
  await tabTo(camille, ticks.getByRole("button", { name: "Proposer l’échange" }));
  await camille.keyboard.press("Enter");
  await expect(ticks).toBeHidden();
  await expect(camille.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(told(camille, "Proposer ta place à l’échange")).toBeAttached();
});
