import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type FaultProxy, rewrite } from "./fault-proxy";

/** The build under test, and the one that is deployed after it: another shell, another style sheet, the same program. */
export class NextBuild {
  readonly style: { before: string; after: string };
  private readonly files: Map<string, string>;

  constructor(name: string) {
    const { ALPAR_SITE = "" } = process.env;
    const read = (file: string) => readFileSync(join(ALPAR_SITE, file), "utf8");
    const [worker, shell] = [read("sw.js"), read("shell.html")];
    const before = shell.match(/\/pkg\/alpar\.\w+\.css/)?.[0] ?? "";
    const after = `/pkg/alpar.${createHash("sha256").update(name).digest("hex").slice(0, 10)}.css`;
    const next = shell.replaceAll(before, after).replace("<body ", `<body data-build="${name}" `);
    const integrity = createHash("sha384").update(next).digest("base64");
    this.style = { before, after };
    this.files = new Map([
      ["/shell.html", next],
      [after, read(before)],
      [
        "/sw.js",
        worker
          .replace(/const BUILD = "\w+"/, `const BUILD = "${name}"`)
          .replaceAll(before, after)
          .replace(/("\/shell\.html": ")[^"]+/, `$1sha384-${integrity}`),
      ],
    ]);
  }

  /** From here on, this is what the server hands out. */
  deploy(proxy: FaultProxy) {
    for (const [path, text] of this.files) proxy.meet(path, rewrite(text));
  }
}

/** Which build's shell a page stands on; nothing on the one under test. */
export const buildOf = (page: Page) => page.evaluate(() => document.body.dataset.build ?? "");
