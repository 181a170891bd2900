import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineConfig } from "@playwright/test";

const root = resolve(import.meta.dirname, "..");
const port = Number(process.env.E2E_PORT ?? 4173);
// Workers load this file again: the folder is chosen once, by the first.
const data = (process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), "alpar-end2end-")));

/** The release build, as `make run` serves it, on a data folder of its own. */
export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
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
    command: `"${process.env.ALPAR_BINARY ?? join(root, "target/release/alpar")}" serve`,
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    env: {
      PORT: String(port),
      ALPAR_DATA: data,
      ALPAR_SITE: process.env.ALPAR_SITE ?? join(root, "target/site"),
      ALPAR_DEV: "1",
      DATABASE_URL: "",
    },
  },
});
