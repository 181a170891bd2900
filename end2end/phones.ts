import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";
import type { Member } from "./cast";
import type { Coop } from "./coop-server";
import { anAddress, session } from "./session";

interface Phone {
  context: BrowserContext;
  /** Everything its console called an error. */
  heard: string[];
  /** What may be heard: the network is taken away on purpose. */
  expected: RegExp[];
}

/** The phones of a test: each with a browser of its own, none of which may complain. */
export class Phones {
  private readonly phones: Phone[] = [];

  constructor(private readonly browser: Browser) {}

  /** Somebody's phone, signed in. */
  async of(coop: Coop, who: Member, options: BrowserContextOptions & { quick?: boolean } = {}): Promise<Page> {
    return this.take(coop, { storageState: await session(coop, who), ...options });
  }

  /** A phone on which nobody is signed in. */
  visitor(coop: Coop, options: BrowserContextOptions = {}): Promise<Page> {
    return this.take(coop, { extraHTTPHeaders: { "x-forwarded-for": anAddress() }, ...options });
  }

  /** With `quick`, the page's clock can be moved on (`afterTheFifteenSeconds`). */
  private async take(coop: Coop, { quick = false, ...options }: BrowserContextOptions & { quick?: boolean }): Promise<Page> {
    // Motion only explains; nobody waits for it here.
    const context = await this.browser.newContext({ baseURL: coop.address, reducedMotion: "reduce", ...options });
    const phone: Phone = { context, heard: [], expected: [] };
    context.on("console", (message) => {
      if (message.type() === "error") phone.heard.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (thrown) => {
      const error = thrown.error();
      phone.heard.push(`${error} (${thrown.page()?.url()})\n${error.stack}`);
    });
    this.phones.push(phone);
    if (quick) await context.clock.install();
    return context.newPage();
  }

  /** Nothing else that a page of this phone's complains of is held against it. */
  expect(page: Page, ...words: RegExp[]) {
    this.phones.find(({ context }) => context === page.context())?.expected.push(...words);
  }

  async putAway() {
    for (const { context, heard, expected } of this.phones) {
      await context.close();
      const unexpected = heard.filter((text) => !expected.some((words) => words.test(text)));
      expect(unexpected, "the console is quiet").toEqual([]);
    }
  }
}

/** What a browser says of a server that is not there. */
export const NO_NETWORK = /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_SOCKET_NOT_CONNECTED|ERR_NETWORK|ERR_EMPTY_RESPONSE/;

export const test = base.extend<{ phones: Phones }>({
  phones: async ({ browser }, use) => {
    const phones = new Phones(browser);
    await use(phones);
    await phones.putAway();
  },
});

export { expect };

/** The app has taken the page over from the server's. */
export const isAlive = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-app", "alive");

/** Whether the page runs without the app: the server alone has it. */
export const isStill = async (page: Page) => (await page.locator('script[src*="/pkg/still."]').count()) > 0;

/**
 * Opens a page and waits until the app on it lives: it has its snapshots, the last of them too, and shows them. A still
 * page is there at once.
 */
export async function open(page: Page, path: string) {
  const asked = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/v1/briefs");
  asked.catch(() => {});
  await page.goto(path);
  if (await isStill(page)) return;
  await asked;
  await isAlive(page);
  await expect(page.locator(".skeleton")).toHaveCount(0);
}

/** The phone can do without the network: its files and its snapshots are kept. */
export async function isReadyForTheCellar(page: Page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await hasEveryChapter(page);
  await expect.poll(() => page.evaluate(keys)).toEqual(expect.arrayContaining(["briefs", "calendar", "catalogue", "events", "groups", "me", "shelves"]));
}

/** The worker has brought the parts of the app that the page did not need. */
export async function hasEveryChapter(page: Page) {
  const missing = async () => {
    const worker = await (await fetch("/sw.js")).text();
    const chapters = Object.keys(JSON.parse(/^const CHAPTERS = (\{[^}]*\});$/m.exec(worker)?.[1] ?? "{}"));
    const kept = await Promise.all(chapters.map((address) => caches.match(address)));
    return chapters.filter((_, i) => !kept[i]);
  };
  await expect.poll(() => page.evaluate(missing)).toEqual([]);
}

/** What the device keeps of somebody's snapshots. */
async function keys(): Promise<unknown[]> {
  const name = (await indexedDB.databases()).find((known) => known.name?.startsWith("snap-"))?.name;
  if (!name) return [];
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open(name));
  const stores = [...database.objectStoreNames];
  const found = await Promise.all(stores.map((store) => done(database.transaction(store).objectStore(store).getAllKeys())));
  database.close();
  return found.flat();
}

/** An act that gives something away leaves now: the time in which it can be called back is over. */
export async function afterTheFifteenSeconds(page: Page) {
  // Its time runs from when the device has it: a clock moved on too soon is moved on again.
  await expect(async () => {
    await page.clock.fastForward(15_100);
    await expect(page.getByRole("button", { name: "Annuler" })).toHaveCount(0, { timeout: 1000 });
  }).toPass();
}

/** What whoever listens to the page is told. */
export const told = (page: Page, words: string | RegExp) => page.getByRole("status").filter({ hasText: words }).first();

/** The sheet over the page, by its title. */
export const sheet = (page: Page, title: string) => page.getByRole("dialog", { name: title });

/** One of the news on Accueil, by its first words. */
export const news = (page: Page, title: string) =>
  page.getByRole("region", { name: "Nouveau pour toi" }).getByRole("article").filter({ hasText: title });

/** From here on, a page that is loaded anew is noticed. */
export const mark = (page: Page) => page.evaluate(() => void Object.assign(globalThis, { stayed: true }));
export const stayed = (page: Page) => page.evaluate(() => "stayed" in globalThis);

/** The exchange that lacks one's own yes, and goes through these others. */
export const theLoop = (page: Page, ...others: string[]) =>
  others.reduce(
    (cards, who) => cards.filter({ has: page.getByRole("listitem").filter({ hasText: who }) }),
    page.getByRole("article", { name: "Échange possible" }),
  );
