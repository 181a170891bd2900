import { request, type BrowserContextOptions } from "@playwright/test";
import type { Member } from "./cast";
import type { Coop } from "./coop-server";
import { codesTo, nextCode } from "./letters";

type StorageState = Exclude<BrowserContextOptions["storageState"], string | undefined>;

const kept = new Map<string, Promise<StorageState>>();
let visitors = 0;

/** Another address each time, from the block kept for documents: the server limits what one may ask. */
export const anAddress = () => `203.0.113.${(visitors++ % 250) + 1}`;

/** The cookies of somebody who signed in; once for each person and co-op. */
export function session(coop: Coop, who: Member): Promise<StorageState> {
  const key = `${coop.data} ${who.email} ${who.first}`;
  const known = kept.get(key) ?? signIn(coop, who);
  kept.set(key, known);
  return known;
}

/** By the same forms as in the browser, without one. */
export async function signIn(coop: Coop, who: Member): Promise<StorageState> {
  const http = await request.newContext({
    baseURL: coop.address,
    maxRedirects: 0,
    extraHTTPHeaders: { origin: coop.address, "x-forwarded-for": anAddress() },
  });
  const before = codesTo(coop, who.email).length;
  const post = async (path: string, form: Record<string, string>) => {
    const answer = await http.post(path, { form, maxRedirects: 0 });
    const to = answer.headers().location ?? "";
    if (answer.status() !== 303 || to.includes("erreur=")) throw new Error(`${path}: ${answer.status()} ${to}`);
    return to;
  };
  await post("/connexion", { email: who.email });
  const next = await post("/connexion/code", { code: await nextCode(coop, who.email, before) });
  if (next === "/connexion/qui") {
    const people: { id: string; name: { f: string } }[] = await (await http.get("/api/v1/who")).json();
    const found = people.find(({ name }) => name.f === who.first);
    await post("/connexion/qui", { membre: found?.id ?? "" });
  }
  const state = await http.storageState();
  await http.dispose();
  return state;
}
