import { CAMILLE, INES, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { open, test } from "../phones";

let coop: CoopServer;
test.beforeAll(async () => {
  coop = await CoopServer.open("shots");
});
test.afterAll(() => coop.close());

test("shots", async ({ phones }) => {
  test.setTimeout(600_000);
  for (const [scheme, viewport, size] of [
    ["light", { width: 390, height: 844 }, "m"],
    ["dark", { width: 390, height: 844 }, "m"],
    ["light", { width: 1280, height: 800 }, "d"],
    ["dark", { width: 1280, height: 800 }, "d"],
  ] as const) {
    const shot = async (who: typeof INES, name: string, path: string, act?: (phone: import("@playwright/test").Page) => Promise<void>) => {
      const phone = await phones.of(coop, who, { viewport, colorScheme: scheme } as never);
      await open(phone, path);
      if (act) await act(phone);
      await phone.waitForTimeout(500);
      await phone.screenshot({ path: `/tmp/w/shots/${name}-${size}-${scheme}.png`, fullPage: true });
      await phone.context().close();
    };
    await shot(CAMILLE, "home", "/");
    await shot(CAMILLE, "breve", "/breve");
    await shot(THEO, "proposer", "/breve/proposer", async (phone) => {
      await phone.getByLabel("Texte", { exact: true }).fill("## Soupe\n\nDès **19 h**, avec :\n\n- un bol\n- une cuillère");
      await phone.waitForTimeout(1500);
    });
    await shot(CAMILLE, "archives", "/breve/archives");
    await shot(CAMILLE, "archives-q", "/breve/archives?q=fromage");
    await shot(INES, "atelier", "/communication/breve?lundi=2026-11-30");
    await shot(INES, "bloc", "/communication/breve?lundi=2026-11-30", async (phone) => {
      await phone.getByRole("link", { name: /^2 versions/ }).first().click();
      await phone.waitForTimeout(1500);
    });
    await shot(INES, "apercu", "/communication/breve/apercu?lundi=2026-11-30");
    await shot(INES, "envoi", "/communication/breve/envoi/2026-11-23");
    await shot(INES, "moi", "/moi");
    await shot(CAMILLE, "prevenir", "/moi/prevenir");
  }
});
