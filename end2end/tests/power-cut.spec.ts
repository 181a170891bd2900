import type { Page } from "@playwright/test";
import { ANNE, CAMILLE, IDRIS, KARIM, LEA, NOUR } from "../cast";
import { CoopServer } from "../coop-server";
import { afterTheFifteenSeconds, expect, NO_NETWORK, open, sheet, test, theLoop, told } from "../phones";
import { comingLink, nextShift, page, teammate } from "../shifts";

// The server is killed in the middle of its day, and started again on the same folder.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("power-cut");
});
test.afterAll(() => coop.close());

const accept = async (phone: Page) => {
  await open(phone, "/echanges");
  await theLoop(phone, "Léa", "Nour").getByRole("button", { name: "Accepter" }).click();
  await expect(told(phone, "Échange conclu")).toBeAttached();
};

test("what was acknowledged before the server was killed is there when it starts again, and everybody is still signed in", async ({
  phones,
}) => {
  const [lea, nour, idris] = [await phones.of(coop, LEA), await phones.of(coop, NOUR), await phones.of(coop, IDRIS)];
  for (const phone of [lea, nour, idris]) phones.expect(phone, NO_NETWORK);
  const [monday, wednesday, friday] = [await nextShift(lea), await nextShift(nour), await nextShift(idris)];
  await accept(idris);
  await coop.kill();
  await expect(fetch(`${coop.address}/healthz`)).rejects.toThrow();
  await coop.start();
  for (const [phone, before, now] of [
    [lea, monday, wednesday],
    [nour, wednesday, friday],
    [idris, friday, monday],
  ] as const) {
    await open(phone, "/vacations/miennes");
    await expect(comingLink(phone, now)).toBeVisible();
    await expect(comingLink(phone, before)).toHaveCount(0);
  }
});

test("what Camille gave while the server was dead leaves when it is back, once", async ({ phones }) => {
  const [camille, karim] = [await phones.of(coop, CAMILLE, { quick: true }), await phones.of(coop, KARIM)];
  // Parts of the app may still have been on their way.
  for (const phone of [camille, karim]) phones.expect(phone, NO_NETWORK, /ERR_FAILED .*\/pkg\//);
  const saturday = await nextShift(camille);
  await open(camille, page(saturday, "donner"));
  await coop.kill();
  await sheet(camille, "Donner ma place").getByRole("button", { name: "Donner ma place" }).click();
  await afterTheFifteenSeconds(camille);
  await expect(camille.getByText("En attente d’envoi").first()).toBeVisible();
  await coop.start();
  // It is sent again each minute while something waits.
  await camille.clock.fastForward(60_000);
  await expect(told(camille, "Ta place est proposée.")).toBeAttached();
  await open(karim, "/echanges");
  await expect(karim.locator(`main a.card__link[href="/vacation/${saturday.id}"]`)).toHaveCount(1);
  await open(camille, "/echanges");
  await expect(camille.getByRole("region", { name: "Tu proposes" }).getByRole("article")).toHaveCount(1);
});

test("an answer that was lost with the server does not make two of one act", async ({ phones }) => {
  const anne = await phones.of(coop, ANNE);
  phones.expect(anne, NO_NETWORK, /ERR_FAILED/);
  await open(anne, "/");
  // The server gets the act and does it; its answer never arrives.
  const lost = new Promise<void>((resolve) => {
    void anne.route(
      "**/api/v1/commands",
      async (route) => {
        await route.fetch();
        await coop.kill();
        await route.abort();
        resolve();
      },
      { times: 1 },
    );
  });
  const offered = anne.getByRole("article").filter({ hasText: /Une place pour toi/ });
  await offered.getByRole("link", { name: "Prendre la place de Théo" }).click();
  const shift = new URL(anne.url()).pathname;
  await sheet(anne, "Prendre la place de Théo").getByRole("button", { name: /^Prendre la place/ }).click();
  await lost;
  await expect(anne.getByText("En attente d’envoi").first()).toBeVisible();
  await coop.start();
  await anne.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(told(anne, "La place est à toi")).toBeAttached();
  await open(anne, shift);
  await expect(teammate(anne, "Toi")).toHaveCount(1);
  await anne.getByText("Historique des places").click();
  await expect(anne.getByRole("listitem").filter({ hasText: "donnée par Théo M." })).toHaveCount(1);
});
