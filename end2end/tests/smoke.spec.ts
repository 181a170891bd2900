import { expect, test } from "@playwright/test";

test("the first page answers", async ({ page }) => {
  const answer = await page.goto("/");
  expect(answer?.ok()).toBe(true);
  await expect(page.getByRole("main")).toBeVisible();
});
