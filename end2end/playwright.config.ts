import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineConfig } from "@playwright/test";

const root = resolve(import.meta.dirname, "..");
const port = Number(process.env.E2E_PORT ?? 4173);

// Workers load this file again: the folder is chosen once, by the first, who also clears it away.
if (!process.env.E2E_FOLDER) {
  const folder = mkdtempSync(join(tmpdir(), "alpar-end2end-"));
  // PostgreSQL's own user passes through.
  chmodSync(folder, 0o711);
  process.env.E2E_FOLDER = folder;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
}
process.env.ALPAR_SITE ??= join(root, "target/site");
process.env.ALPAR_BINARY ??= join(root, "target/release/alpar");
// The day on which everything happens: never today's. Any other must do as well.
process.env.E2E_CLOCK ??= "2026-11-24T08:00:00+01:00";

/** The release build, as `make run` serves it, on a data folder of its own. */
export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 1,
  // A machine that is busy elsewhere may miss a deadline once; what is broken is broken twice.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    viewport: { width: 390, height: 844 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // Chromium's sandbox refuses root; the other flags keep it from calling home.
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
      ],
    },
  },
  webServer: {
    command: `"${process.env.ALPAR_BINARY}" serve`,
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    env: {
      PORT: String(port),
      ALPAR_DATA: join(process.env.E2E_FOLDER, "shared"),
      ALPAR_SITE: process.env.ALPAR_SITE,
      ALPAR_DEV: "1",
      ALPAR_CLOCK: process.env.E2E_CLOCK,
      TRUSTED_PROXIES: "127.0.0.1/32",
      DATABASE_URL: "",
    },
  },
});
