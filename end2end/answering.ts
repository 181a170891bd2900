import type { Page } from "@playwright/test";

/** « Ma réponse », on an event's page. */
export const mine = (phone: Page) => phone.getByRole("region", { name: "Ma réponse" });

/** Answers an event that is on the screen. */
export async function answer(phone: Page, word: RegExp, guests?: string) {
  await mine(phone).getByRole("radio", { name: word }).check();
  if (guests) await mine(phone).getByLabel("Combien t’accompagnent ?").selectOption(guests);
  await mine(phone).getByRole("button", { name: /^(Répondre|Changer ma réponse)$/ }).click();
}
