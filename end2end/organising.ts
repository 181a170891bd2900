import type { Locator, Page } from "@playwright/test";
import { simpleParser } from "mailparser";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Coop } from "./coop-server";
import { expect } from "./phones";
import { said } from "./said";
import { until } from "./until";

// What organisers do on their pages, which are plain forms; and the mail that a visitor has.

/** The day in Paris at an instant, in milliseconds: « 2026-12-03 ». */
export const parisDay = (ms: number) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format(ms);

/** So many days after a day. */
export const daysAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What a field for a local time holds. */
export const wall = (day: string, hour: number) => `${day}T${String(hour).padStart(2, "0")}:00`;

/** What the clocks of Paris show at an instant: « 2026-12-03 19:00 ». */
export const onTheWall = (at: string) =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Paris",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).format(Date.parse(at));

/** The form that a button of the page sends. */
export const formOf = (page: Page, button: string): Locator =>
  page.locator("form").filter({ has: page.getByRole("button", { name: button, exact: true }) });

/** Opens a part of the page that is folded away. */
export const unfold = (page: Page, head: string) => page.locator("summary").filter({ hasText: head }).click();

/** The page says that it is done. */
export const isDone = (page: Page, words: string) => expect(page.getByRole("status").filter({ hasText: said(words) })).toBeVisible();

/** The event whose page of the organisers' is shown. */
export const eventOf = (page: Page) => new URL(page.url()).pathname.replace("/organiser/", "");

/** The address behind the link of the mail that asks somebody for a yes. */
export const linkInTheMailTo = (coop: Coop, email: string) =>
  until(`a mail that asks ${email} for a yes`, async () => {
    const folder = join(coop.data, "mail");
    if (!existsSync(folder)) return undefined;
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".eml"))) {
      const text = readFileSync(join(folder, name), "utf8");
      if (!text.includes(`To: ${email}\r\n`)) continue;
      const link = (await simpleParser(text)).text?.match(/\/sortie\/inscription\/\S+/)?.[0];
      if (link) return link;
    }
    return undefined;
  });
