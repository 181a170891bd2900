import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { keptMe } from "./kept";
import { open } from "./phones";
import { nextShift, page, type Shift } from "./shifts";

interface Pattern {
  pattern: string;
  offline: boolean;
  /** The server alone has it, without the app. */
  still?: boolean;
}

/** The members' pages as the build reads them: a page that is added is tested too. */
export const memberPages = (): Pattern[] =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, "../public/member-pages.json"), "utf8"));

/** Yvette of the demo co-op, to whom the office writes: her id is the same in each. */
const YVETTE = "0934ac6f-bed3-521b-9b89-04d00d019219";

/** The newest brief of the demo co-op, and a contribution that nobody wrote. */
const LAST_MONDAY = "2026-11-23";
const NOBODYS = "019ab0c2-0000-7000-8000-000000000001";

/** « Concert de la chorale » of the demo co-op: its id is the same in each. */
const CONCERT = "6ab0d39d-3c67-5d76-879d-02a555213558";

/** The address of a page of one's own. */
export const addressOf = ({ pattern }: Pattern, own: Shift) =>
  pattern
    .replace(":id", own.id)
    .replace(":member", YVETTE)
    .replace(":monday", LAST_MONDAY)
    .replace(":block", NOBODYS)
    .replace(":event", CONCERT);

/** The sheets over a shift of one's own. */
export const OWN_SHEETS = {
  "Je ne peux pas venir": "absence",
  Échanger: "echanger",
  "Donner ma place": "donner",
  Déplacer: "deplacer",
  "Demander à quelqu’un": "inviter",
  "Prévenir l’équipe": "prevenir",
} as const;

/** Everything that somebody can look at, by name, the sheets too. */
export async function everyPage(phone: Page): Promise<Map<string, string>> {
  const own = await nextShift(phone);
  const pages = new Map(memberPages().map((known) => [known.pattern, addressOf(known, own)]));
  pages.set("/vacations, places libres", "/vacations?libres=1");
  pages.set("/vacations, rien", "/vacations?libres=1&habitudes=1&competence=fromage");
  pages.set("/vacation/:id, inconnue", "/vacation/019ab0c2-0000-7000-8000-000000000001");
  for (const [title, name] of Object.entries(OWN_SHEETS)) pages.set(`« ${title} »`, page(own, name));
  pages.set("« Prendre une place »", await linkTo(phone, "/vacations?libres=1", "feuille=prendre"));
  pages.set("« Prendre la place de … »", await linkTo(phone, "/echanges", "feuille=prendre"));
  pages.set("« Proposer un échange »", await linkTo(phone, "/echanges", "feuille=proposer"));
  return pages;
}

/** What Margaux sees, and Camille is told is not hers; Communication's own pages have their spec, and the organisers' theirs. */
export const isOffice = (name: string) => /^\/(bureau|couverture|distribution|communication|organiser)\b/.test(name);

/** Everything that the office alone looks at: its pages, and a day sheet that is open. */
export async function everyOfficePage(phone: Page): Promise<Map<string, string>> {
  const own = await nextShift(phone);
  const office = memberPages().filter(({ pattern }) => isOffice(pattern) && !/^\/(communication|organiser)\b/.test(pattern));
  const pages = new Map(office.map((known) => [known.pattern, addressOf(known, own)]));
  const [{ shift }] = JSON.parse(await keptMe(phone)).sheets as { shift: string }[];
  return pages.set("/vacation/:id/feuille", `/vacation/${shift}/feuille`);
}

/** Everything that organisers look at, by name: Théo's list, an event that is begun, and one as it is at each stage. */
export async function everyOrganisersPage(phone: Page): Promise<Map<string, string>> {
  const pages = new Map(["/organiser", "/organiser/nouvelle", `/organiser/${CONCERT}`].map((address) => [address, address]));
  await open(phone, "/organiser");
  const first = (region: string, title: string) =>
    phone.getByRole("region", { name: region }).getByRole("link", { name: title }).first().getAttribute("href");
  pages.set("/organiser/:event, a draft", (await first("Brouillons", "Fête du printemps")) ?? "");
  pages.set("/organiser/:event, of a series", (await first("À venir", "Soirée soupe")) ?? "");
  pages.set("/organiser/:event, cancelled", (await first("À venir", "Atelier pain au levain")) ?? "");
  pages.set("/organiser/:event, over", (await first("Passées", "Soirée jeux")) ?? "");
  return pages;
}

/** What anybody looks at, without an account. */
export const PUBLIC = ["/presentation", "/presentation?inscription=envoyee"];

/** Sheets have their title in guillemets. */
export const isSheet = (name: string) => name.startsWith("«");

async function linkTo(phone: Page, from: string, what: string): Promise<string> {
  await open(phone, from);
  return (await phone.locator(`main a[href*="${what}"]`).first().getAttribute("href")) ?? "";
}
