import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./phones";

/** What axe finds on a page. */
export const found = async (phone: Page, only?: string[]) => {
  const axe = new AxeBuilder({ page: phone });
  const { violations } = await (only ? axe.withRules(only) : axe).analyze();
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`) }));
};

/** Everything in the light, and what depends on colour in the dark. */
export async function nothingIsFound(phone: Page, where: string) {
  await test.step(where, async () => {
    await phone.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    expect.soft(await found(phone), where).toEqual([]);
    await phone.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    expect.soft(await found(phone, ["color-contrast", "link-in-text-block"]), `${where}, dark`).toEqual([]);
  });
}
