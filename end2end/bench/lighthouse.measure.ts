import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, test } from "@playwright/test";
import { CAMILLE, PAUL, type Member } from "../cast";
import { addressOf, memberPages, PUBLIC_PAGES } from "../pages";
import { open } from "../phones";
import { session } from "../session";
import { ownShifts } from "../shifts";
import { coop, figure, kept } from "./figures";

const PUBLIC = [...PUBLIC_PAGES, "/presentation", "/breve/publique", "/connexion", "/connexion/code", "/connexion/qui", "/installer"];
const PORT = Number(process.env.BENCH_CHROMIUM_PORT ?? 9333);

interface Result {
  lhr: {
    categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number; group?: string }[] }>;
    audits: Record<string, { score: number | null; scoreDisplayMode: string; title: string; numericValue?: number }>;
  };
}
type Lighthouse = (url: string, flags: object, config?: object) => Promise<Result | undefined>;

/** Too heavy for everybody's `npm ci`: fetched once, beside what the build keeps. Nothing where there is no registry. */
async function lighthouse(version: string): Promise<Lighthouse | undefined> {
  const home = join(kept, `lighthouse-${version}`);
  const main = join(home, "node_modules/lighthouse/core/index.js");
  if (!existsSync(main)) {
    spawnSync("npm", ["install", "--prefix", home, "--no-audit", "--no-fund", "--ignore-scripts", `lighthouse@${version}`], { stdio: "ignore" });
  }
  if (!existsSync(main)) return undefined;
  return (await import(pathToFileURL(main).href)).default;
}

const scoreOf = ({ lhr }: Result, category: string) => Math.round((lhr.categories[category]?.score ?? 0) * 100);

/** What keeps a category from 100. */
function lacking({ lhr }: Result, category: string) {
  const refs = lhr.categories[category]?.auditRefs ?? [];
  return refs
    .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9)
    .map(({ id }) => `${category}: ${id}`);
}

test("Lighthouse, every page", async ({ launchOptions }) => {
  test.setTimeout(900_000);
  const [audit, older] = [await lighthouse("12.8.2"), await lighthouse("11.7.1")];
  const why = "npm could not fetch it";
  if (!audit) return figure({ what: "Lighthouse, every page", missing: why });
  const device = mkdtempSync(join(tmpdir(), "alpar-lighthouse-"));
  const args = [...(launchOptions.args ?? []), `--remote-debugging-port=${PORT}`];
  // Lighthouse opens tabs of its own, among the same cookies.
  const context = await chromium.launchPersistentContext(device, { ...launchOptions, args });
  try {
    const sign = async (who?: Member) => {
      await context.clearCookies();
      if (!who) return;
      const { cookies } = (await session(coop, who)) as { cookies: Parameters<typeof context.addCookies>[0] };
      await context.addCookies(cookies);
    };
    const run = async (path: string, categories: string[], by: Lighthouse = audit) => {
      const flags = { port: PORT, output: "json", logLevel: "silent", onlyCategories: categories, formFactor: "mobile" };
      const result = await by(coop.address + path, flags);
      if (!result) throw new Error(`${path}: no result`);
      return result;
    };

    await sign();
    for (const path of PUBLIC) report(path, await run(path, ["performance", "accessibility", "best-practices", "seo"]), true);
    await sign(CAMILLE);
    const phone = await context.newPage();
    const [own] = await ownShifts(phone);
    await open(phone, "/");
    await phone.close();
    for (const known of memberPages()) {
      if (/^\/(bureau|couverture)/.test(known.pattern)) await sign(PAUL);
      report(known.pattern, await run(addressOf(known, own), ["performance", "accessibility", "best-practices"]), false);
    }
    await sign(CAMILLE);
    if (!older) return figure({ what: "Lighthouse 11's PWA category", missing: why });
    const pwa = await run("/", ["pwa"], older);
    const lacks = lacking(pwa, "pwa");
    figure({ what: "Lighthouse 11's PWA category, all green", so: lacks.length === 0 && scoreOf(pwa, "pwa") === 100, beside: lacks.join(", ") });
  } finally {
    await context.close();
    rmSync(device, { recursive: true, force: true });
  }
});

/** A page's line: its worst of the categories that must be whole, with performance beside it as a figure of its own. */
function report(path: string, result: Result, isPublic: boolean) {
  const whole = ["accessibility", "best-practices", ...(isPublic ? ["seo"] : [])];
  const scores = whole.map((category) => `${category} ${scoreOf(result, category)}`).join(", ");
  const lacks = whole.flatMap((category) => lacking(result, category));
  figure({
    what: `Lighthouse ${path}: ${isPublic ? "accessibility, best practices, SEO" : "accessibility, best practices"}`,
    value: Math.min(...whole.map((category) => scoreOf(result, category))),
    unit: "points",
    least: 100,
    beside: [scores, ...lacks].join("; "),
  });
  const ms = (id: string) => `${((result.lhr.audits[id]?.numericValue ?? 0) / 1000).toFixed(1)} s`;
  figure({
    what: `Lighthouse ${path}: performance`,
    value: scoreOf(result, "performance"),
    unit: "points",
    least: 95,
    gentle: true,
    beside: `first paint ${ms("first-contentful-paint")}, largest ${ms("largest-contentful-paint")}, blocked ${ms("total-blocking-time")}, shift ${(result.lhr.audits["cumulative-layout-shift"]?.numericValue ?? 0).toFixed(3)}`,
  });
}
