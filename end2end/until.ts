import { setTimeout as pause } from "node:timers/promises";

/** Looks again and again until there is something to see; gives it, or says what never came. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>, patience = 15_000): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > end) throw new Error(`${what}: not within ${patience / 1000} s`);
    await pause(25);
  }
}
