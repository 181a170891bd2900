import type { Page } from "@playwright/test";
import type { Coop } from "./coop-server";
import { codesTo, nextCode } from "./letters";

/** Types an address into « C’est toi ? »; gives the code that comes for it. */
export async function askForCode(page: Page, coop: Coop, email: string): Promise<string> {
  const before = codesTo(coop, email).length;
  await page.getByLabel("Ton adresse e-mail").fill(email);
  await page.getByRole("button", { name: "Recevoir un code" }).click();
  await page.getByRole("heading", { name: "Tape le code" }).waitFor();
  return nextCode(coop, email, before);
}

export async function typeCode(page: Page, code: string) {
  await page.getByLabel("Les 6 chiffres").fill(code);
  await page.getByRole("button", { name: "Entrer" }).click();
}

/** Another code than this one. */
export const mistyped = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
