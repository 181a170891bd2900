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
const ROUNDS = 25;

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
  const { first, keys } = await page.evaluate(
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
        // Nobody types in step with the slices in which a page is slowed down.
        await new Promise((go) => setTimeout(go, Math.random() * 40));
        const start = performance.now();
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await settled();
        return performance.now() - start;
      };
      // The first key of all prepares the words of every issue, which the focus on the field does for whoever types.
      const first = await key("a");
      const keys: Record<string, number[]> = {};
      for (let round = 0; round < rounds; round++) {
        for (const word of typed) {
          await key("");
          for (let end = 1; end <= word.length; end++) {
            const begun = word.slice(0, end);
            (keys[begun] ??= []).push(await key(begun));
          }
        }
      }
      return { first, keys };
    },
    [TYPED, ROUNDS] as const,
  );
  // Chromium slows a page down by stopping it, in slices of some 15 ms: a key is either hit by one or it is not, so that single
  // values stand in two heaps, and the middle of them in either. What a key costs at a sixth of the speed is their mean, and the
  // slowest key of all is the figure.
  const mean = (times: number[]) => times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const means = Object.entries(keys).map(([begun, times]) => ({ begun, ms: mean(times) }));
  const [slowest] = [...means].sort((a, b) => b.ms - a.ms);
  const single = Object.values(keys).flat().sort((a, b) => a - b);
  figure({
    what: "search in the kept briefs, per key (CPU ×6, offline)",
    value: slowest.ms,
    unit: "ms",
    most: MOST,
    beside:
      `the slowest key, « ${slowest.begun} », the mean of ${ROUNDS} rounds; the middle key ` +
      `${median(means.map(({ ms }) => ms)).toFixed(1)}, single ones up to ${listed(single.slice(-5))}; the first of all ${first.toFixed(0)}`,
  });
  await context.close();
});
