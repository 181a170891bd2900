import { test } from "@playwright/test";
import { CAMILLE } from "../cast";
import { isReadyForTheCellar, open } from "../phones";
import { session } from "../session";
import { coop, figure, listed, median } from "./figures";
import { slower } from "./shown";
import { Wire } from "./wire";

/** From a key to the answers under the field, in milliseconds, at a sixth of the speed. */
const MOST = 16;
/** Typed letter by letter: words that are in many issues, in one, and in none. */
const TYPED = ["places à prendre", "fromages", "xylophone"];
const ROUNDS = 3;

test("a search in the kept briefs answers at each key, without a network", async ({ browser }) => {
  const wire = await Wire.to(coop.address);
  const context = await browser.newContext({ baseURL: wire.address, storageState: await session(coop, CAMILLE) });
  const page = await context.newPage();
  await open(page, "/breve");
  await isReadyForTheCellar(page);
  await wire.cut();
  await page.goto("/breve");
  await page.getByRole("searchbox", { name: "Chercher dans la brève" }).waitFor();
  await slower(page, 6);
  const keys = await page.evaluate(
    async ([typed, rounds]) => {
      const field = document.getElementById("chercher") as HTMLInputElement;
      // What is waiting to run has run, the app's own reactions with it.
      const settled = () =>
        new Promise<void>((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve();
          port2.postMessage(null);
        });
      const key = async (value: string) => {
        const start = performance.now();
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await settled();
        return performance.now() - start;
      };
      const times: number[] = [];
      // The first key of all prepares the words of every issue.
      const first = await key("a");
      for (let round = 0; round < rounds; round++) {
        for (const word of typed) {
          await key("");
          for (let end = 1; end <= word.length; end++) times.push(await key(word.slice(0, end)));
        }
      }
      return { first, times, answers: document.querySelectorAll("search a, [role=search] a").length };
    },
    [TYPED, ROUNDS] as const,
  );
  const sorted = [...keys.times].sort((a, b) => a - b);
  const slowest = sorted.slice(-5);
  figure({
    what: "search in the kept briefs, per key (CPU ×6, offline)",
    value: sorted[Math.floor(sorted.length * 0.95)],
    unit: "ms",
    most: MOST,
    beside: `19 of 20 keys; the middle one ${median(keys.times).toFixed(1)}, the slowest ${listed(slowest)}; the first of all ${keys.first.toFixed(0)}`,
  });
  await context.close();
});
