import { expect, type Page } from "@playwright/test";
import { sheet } from "./phones";
import { keptActs } from "./kept";
import { shiftOf } from "./elsewhere";

// Acts as somebody does them, by the address of their sheet: with a network or without.

/** « En attente d’envoi », wherever it stands. */
export const WAITS = "En attente d’envoi";

/** The line that tells the truth about the network: a status, or a link to what helps. */
export const line = (phone: Page, words: string | RegExp) => phone.locator("p.banner, a.banner").filter({ hasText: words });

export async function take(phone: Page, seat: string) {
  const [shift, position] = seat.split("~");
  await phone.goto(`/vacation/${shift}?feuille=prendre&place=${position}`);
  const choices = phone.getByRole("dialog", { name: /^Prendre/ });
  await choices.getByRole("button", { name: /^Prendre la place/ }).first().click();
  await expect(choices).toBeHidden();
}

export async function give(phone: Page, seat: string) {
  await phone.goto(`/vacation/${shiftOf(seat)}?feuille=donner`);
  const giving = sheet(phone, "Donner ma place");
  await giving.getByRole("button", { name: "Donner ma place" }).click();
  await expect(giving).toBeHidden();
}

/** In exchange for the first that may be ticked. */
export async function exchange(phone: Page, seat: string) {
  await phone.goto(`/vacation/${shiftOf(seat)}?feuille=echanger`);
  const ticks = sheet(phone, "Échanger");
  await ticks.getByRole("checkbox").first().check();
  await ticks.getByRole("button", { name: "Proposer l’échange" }).click();
  await expect(ticks).toBeHidden();
}

/** « Garder ma place » */
export async function keep(phone: Page, seat: string) {
  await phone.goto(`/vacation/${shiftOf(seat)}`);
  await phone.getByRole("button", { name: "Garder ma place" }).click();
}

/** The cards of « Mes actions », on its page. */
export const card = (phone: Page, words: string | RegExp) => phone.getByRole("article").filter({ hasText: words });

/** What is not answered yet is tried again, as when the network comes back. */
export const online = (phone: Page) => phone.evaluate(() => void window.dispatchEvent(new Event("online")));

/** Where the acts of this device are, oldest first. */
export const states = async (phone: Page) => (await keptActs(phone)).map(({ is, status }) => status ?? is);

/** Waits until they are there. */
export const expectStates = (phone: Page, wanted: string[], timeout = 15_000) =>
  expect.poll(() => states(phone), { message: "the acts on this device", timeout }).toEqual(wanted);
