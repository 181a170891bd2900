import { expect, type Locator, type Page } from "@playwright/test";

/** Whether whoever looks sees where the focus is: an outline of its own, of the card it covers, or of its face. */
function isSeen(element: Element): boolean {
  const drawn = (target: Element | null, part?: string) => {
    if (!target) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(target, part);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  };
  return drawn(element) || drawn(element, "::after") || drawn(element.nextElementSibling);
}

/** Whether nothing lies over all of it: the bar at the thumb, a toast. */
function isUncovered(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const there = [left + 4, (left + right) / 2, right - 4].flatMap((x) => [top + 4, (top + bottom) / 2, bottom - 4].map((y) => [x, y]));
  return there.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  });
}

/** Presses Tab until something has the focus; every stop on the way must be seen, and uncovered. */
export async function tabTo(page: Page, wanted: Locator, most = 80) {
  for (let stops = 0; stops < most; stops++) {
    await page.keyboard.press("Tab");
    const at = page.locator("*:focus");
    if ((await at.count()) === 0) continue;
    const name = await at.evaluate((element) => element.outerHTML.slice(0, 160));
    expect(await at.evaluate(isSeen), `the focus is seen on ${name}`).toBe(true);
    expect(await at.evaluate(isUncovered), `nothing covers ${name}`).toBe(true);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never reached ${wanted}`);
}

/** The focus is somewhere on the page, not lost on its body. */
export async function focusIsKept(page: Page) {
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName ?? "BODY"), "the focus is kept").not.toBe("BODY");
}
