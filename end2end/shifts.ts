import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./phones";

/** A shift of somebody's. */
export interface Shift {
  id: string;
  /** « Sam. 28 nov., 9 h – 12 h », with plain spaces. */
  said: string;
}

export const page = (shift: Shift, sheet?: string) => `/vacation/${shift.id}${sheet ? `?feuille=${sheet}` : ""}`;

/** The coming shifts on « Les miennes », soonest first. */
export function coming(phone: Page) {
  return phone.getByRole("region", { name: "À venir" }).getByRole("heading", { level: 3 }).getByRole("link");
}

export const comingLink = (phone: Page, shift: Shift) => coming(phone).and(phone.locator(`[href="/vacation/${shift.id}"]`));

/** Reads « Les miennes ». */
export async function ownShifts(phone: Page): Promise<Shift[]> {
  await open(phone, "/vacations/miennes");
  await expect(coming(phone).first()).toBeVisible();
  return coming(phone).evaluateAll((links) =>
    links.map((link) => ({
      id: (link.getAttribute("href") ?? "").replace("/vacation/", ""),
      said: (link.textContent ?? "").replaceAll(/\s+/g, " ").trim(),
    })),
  );
}

export async function nextShift(phone: Page): Promise<Shift> {
  const [next] = await ownShifts(phone);
  return next;
}

/** Somebody's row in the team of the shift on the screen. */
export const teammate = (phone: Page, name: string) =>
  phone.getByRole("region", { name: /équipe/ }).getByRole("listitem").filter({ hasText: name });

/** Opens « Prendre » on the first of these links behind which there is a place for whoever looks: some ask for a skill. */
export async function openFirstTakeable(phone: Page, links: Locator): Promise<Locator> {
  await links.first().waitFor();
  const choices = phone.getByRole("dialog", { name: /^Prendre/ });
  for (const address of await links.evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""))) {
    await phone.goto(address);
    await choices.waitFor();
    const take = choices.getByRole("button", { name: "Prendre la place" });
    if ((await take.count()) > 0) return choices;
  }
  throw new Error("no place for them");
}
