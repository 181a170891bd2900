import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Coop } from "./coop-server";
import { until } from "./until";

/** The codes that were sent to an address, oldest first: each mail is a file of the server's. */
export function codesTo(coop: Coop, email: string): string[] {
  const folder = join(coop.data, "mail");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => ({ at: statSync(join(folder, name)).mtimeMs, text: readFileSync(join(folder, name), "utf8") }))
    .filter(({ text }) => text.includes(`To: ${email}\r\n`))
    .sort((a, b) => a.at - b.at)
    .flatMap(({ text }) => text.match(/^Subject: (\d{3}) (\d{3})/m)?.slice(1).join("") ?? []);
}

/** The code that comes after those that were there before. */
export function nextCode(coop: Coop, email: string, before: number): Promise<string> {
  return until(`a code for ${email}`, () => codesTo(coop, email)[before]);
}
