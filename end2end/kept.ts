import type { Page } from "@playwright/test";
import { isReadyForTheCellar } from "./phones";
import { until } from "./until";

// What a device keeps, read and written beside the app.

/** An act as the device keeps it. */
export interface KeptAct {
  id: string;
  kind: string;
  intent: string;
  /** `held`, `to_send`, `sending`, `answered`, `paused`, `given_up`. */
  is: string;
  attempts: number;
  /** `applied` or `refused`, once it is answered. */
  status?: string;
  reason?: string;
  dependsOn: string[];
}

interface Entry {
  parcel: { id: string; kind: string; depends_on?: string[] };
  intent: string;
  attempts: number;
  state: { is: string; outcome?: { status: string; reason?: { code: string } } };
}

/** The names of the databases on the device, as far as this page's origin goes. */
export const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? "").sort());

/** What the device keeps of its member's own snapshot, as text. */
export async function keptMe(page: Page): Promise<string> {
  await isReadyForTheCellar(page);
  const snapshots = (await databases(page)).find((name) => name.startsWith("snap-")) ?? "";
  return (await readKept(page, snapshots, "me")) ?? "";
}

/** What somebody has typed for the brief and not sent, as their device keeps it. */
export async function keptDrafts(page: Page): Promise<string> {
  const outbox = (await databases(page)).find((name) => name.startsWith("outbox-")) ?? "";
  return (await readKept(page, outbox, "drafts")) ?? "";
}

/** What was kept under these keys never was: the device was stopped before it had written them. */
export const neverKept = (page: Page, database: string, ...keys: string[]) =>
  page.evaluate(
    ([name, ...keys]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const changing = opening.result.transaction("kept", "readwrite");
          for (const key of keys) changing.objectStore("kept").delete(key);
          changing.oncomplete = () => resolve(opening.result.close());
          changing.onabort = () => reject(changing.error);
        };
      }),
    [database, ...keys],
  );

/** What is kept under a key; nothing where there is no such database, or nothing in it. */
export const readKept = (page: Page, database: string, key: string): Promise<string | undefined> =>
  page.evaluate(
    async ([name, key]) => {
      // Not made by whoever only looks.
      if (!(await indexedDB.databases()).some((known) => known.name === name)) return undefined;
      return new Promise<string | undefined>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const done = (value: unknown) => {
            database.close();
            resolve(typeof value === "string" ? value : undefined);
          };
          if (!database.objectStoreNames.contains("kept")) return done(undefined);
          const asked = database.transaction("kept").objectStore("kept").get(key);
          asked.onsuccess = () => done(asked.result);
          asked.onerror = () => reject(asked.error);
        };
      });
    },
    [database, key] as const,
  );

/** Keeps a text as any build of the app would. */
export const writeKept = (page: Page, database: string, key: string, text: string): Promise<void> =>
  page.evaluate(
    ([name, key, text]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name, 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("kept", "readwrite");
          transaction.objectStore("kept").put(text, key);
          transaction.onabort = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    [database, key, text] as const,
  );

/** The acts of every member on this device, oldest first. */
export async function keptActs(page: Page): Promise<KeptAct[]> {
  const names = (await databases(page)).filter((name) => name.startsWith("outbox-"));
  const texts = await Promise.all(names.map((name) => readKept(page, name, "outbox")));
  return texts.flatMap((text) => {
    const entries: Entry[] = text ? JSON.parse(text).entries : [];
    return entries.map(({ parcel, intent, attempts, state }) => ({
      id: parcel.id,
      kind: parcel.kind,
      intent,
      is: state.is,
      attempts,
      status: state.outcome?.status,
      reason: state.outcome?.reason?.code,
      dependsOn: parcel.depends_on ?? [],
    }));
  });
}

/** Adds an entry to a member's outbox, as another build of the app could have left it there. */
export async function leaveEntry(page: Page, member: string, entry: object) {
  const name = `outbox-${member}`;
  const before = await readKept(page, name, "outbox");
  const outbox = before ? JSON.parse(before) : { entries: [] };
  outbox.entries.push(entry);
  await writeKept(page, name, "outbox", JSON.stringify(outbox));
}

/** Everything in Cache Storage, as paths. */
export const cachedPaths = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });

/** The app has put away all that a start without a network needs: its files, what it read, and whose phone it is. */
export async function afterEverythingIsKept(page: Page) {
  await isReadyForTheCellar(page);
  await until("the phone knows whose it is", async () => (await readKept(page, "device", "last"))?.includes("member") || undefined);
}
