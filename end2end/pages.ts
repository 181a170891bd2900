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

/** « Crèmerie », « Yaourt de brebis nature » and « Ferme des Hirondelles » of the demo shop. */
export const RANGE = "2c5ebc6a-bb40-5fa5-b355-03bebe860bdf";
const PRODUCT = "4d097a3d-0b70-5797-b770-ef643def3f2e";
const SUPPLIER = "367d5b05-2e00-5adc-8db2-7694abfe4691";

/** Of the demo co-op: the coordination's last meeting, « Un panneau en bois dans la rue », « Accepter les chèques-vacances aux sorties ». */
const MEETING = "bf5f5347-cf82-59e8-98dd-3eff94a66703";
const DECISION = "07b8a5b5-f447-57e7-a81e-c82f1343a56e";
const CONSULTATION = "e81beaf1-5ac7-5f0b-82af-2f0bf7099b71";

/** Of the demo co-op: « Réserver la salle de la fête de fin d’année » of Vie sociale, « Réduire ce que le magasin jette ». */
export const DOSSIER = "ba710238-58db-5674-b1ed-5e78667b678a";
export const OBJECTIVE = "209c7b6c-b8ad-5d0c-a9ca-c591ee52e482";

/** « Maël, service civique » and « Aide de la Région aux épiceries coopératives », of Association Alpar. */
export const VOLUNTEER = "431f56e2-8764-5856-aba8-d9608cf36385";
const GRANT = "2a539102-a463-5d8f-9d4c-ae87886d2ddc";
/** Of the demo co-op: the next assembly, and of June's a secret vote that is over. */
export const NEXT_ASSEMBLY = "a40cf812-a60a-5481-85a9-74ab07a07ad2";
const VOTED = "2f919439-7d8f-5e7f-baaa-3c4c01b51096";

/** The address of a page of one's own. */
export const addressOf = ({ pattern }: Pattern, own: Shift) =>
  pattern
    .replace(":id", own.id)
    .replace(":member", YVETTE)
    .replace(":monday", LAST_MONDAY)
    .replace(":block", NOBODYS)
    .replace(":event", CONCERT)
    .replace(":range", RANGE)
    .replace(":product", PRODUCT)
    .replace(":supplier", SUPPLIER)
    .replace(":group", "vie-sociale")
    .replace(":meeting", MEETING)
    .replace(":decision", DECISION)
    .replace(":consultation", CONSULTATION)
    .replace(":dossier", DOSSIER)
    .replace(":objective", OBJECTIVE)
    .replace(":page", "histoire")
    .replace(":assembly", NEXT_ASSEMBLY)
    .replace(":resolution", VOTED);

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

/** What Margaux sees, and Camille is told is not hers; the pages of groups, and of those who govern, have their spec. */
export const isOffice = (name: string) =>
  /^\/(bureau|couverture|distribution|communication|organiser|approvisionnement|gouvernance)\b|\/gerer$/.test(name) || KEEPS.test(name);

/** Pages of those who keep an assembly. */
const KEEPS = /^\/ag\/(preparer|convocations|seance|emargement|scrutin|compte-rendu)\b/;

/** Pages of the groups that keep them. */
const OF_GROUPS = /^\/(communication|organiser|approvisionnement|gouvernance)\b|\/gerer$/;

/** Everything that the office alone looks at: its pages, and a day sheet that is open. */
export async function everyOfficePage(phone: Page): Promise<Map<string, string>> {
  const own = await nextShift(phone);
  // A file of members on its way in has its spec.
  const shown = (name: string) => isOffice(name) && !OF_GROUPS.test(name) && !KEEPS.test(name) && !name.endsWith("/:import");
  const office = memberPages().filter(({ pattern }) => shown(pattern));
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

/** Everything that Approvisionnement looks at, by name, but for a file on its way in: its spec has that. */
export const SUPPLY_PAGES = [
  "/approvisionnement",
  "/approvisionnement?q=a",
  "/approvisionnement/produit/nouveau",
  "/approvisionnement/fournisseurs",
  "/approvisionnement/fournisseurs/nouveau",
  "/approvisionnement/rayons",
  "/approvisionnement/importer",
];

/** Everything that the committee looks at, and the secretary of an assembly; the mandates the office, too. */
export const GOVERNING_PAGES = [
  "/gouvernance",
  `/gouvernance/reunion/${MEETING}`,
  "/gouvernance/mandats",
  `/gouvernance/decision/${DECISION}`,
  "/consultations",
  `/consultations/${CONSULTATION}`,
  "/objectifs",
  `/objectifs/${OBJECTIVE}`,
  "/ag/preparer",
  `/ag/preparer/${NEXT_ASSEMBLY}`,
  `/ag/convocations/${NEXT_ASSEMBLY}`,
  `/ag/convocations/${NEXT_ASSEMBLY}/lettres`,
  `/ag/seance/${NEXT_ASSEMBLY}`,
  `/ag/emargement/${NEXT_ASSEMBLY}`,
  `/ag/scrutin/${VOTED}`,
  `/ag/compte-rendu/${NEXT_ASSEMBLY}`,
];

/** What whoever works for the co-op looks at beside: the board of any group, the queue, what the committee asks. */
export const EMPLOYEE_PAGES = [
  "/bureau/a-traiter",
  "/groupe/association/dossiers",
  "/groupe/association/dossiers?sorte=grant",
  `/dossier/${VOLUNTEER}`,
  `/dossier/${VOLUNTEER}/ecrire`,
  `/dossier/${GRANT}/ecrire`,
  "/groupe/communication/dossiers/nouveau?sorte=software",
  `/objectifs/${OBJECTIVE}`,
];

/** The co-op in its own words, for anybody. */
export const PUBLIC_PAGES = ["/le-projet", "/comment-ca-marche", "/nous-trouver", "/devenir-membre", "/histoire", "/financement"];

/** What anybody looks at, without an account. */
export const PUBLIC = [...PUBLIC_PAGES, "/presentation", "/presentation?inscription=envoyee", "/breve/publique"];

/** Sheets have their title in guillemets. */
export const isSheet = (name: string) => name.startsWith("«");

async function linkTo(phone: Page, from: string, what: string): Promise<string> {
  await open(phone, from);
  return (await phone.locator(`main a[href*="${what}"]`).first().getAttribute("href")) ?? "";
}
