import { defineConfig } from "@playwright/test";
import whole from "../playwright.config";

const { BENCH_ADDRESS } = process.env;
if (!BENCH_ADDRESS) throw new Error("cargo xtask bench runs this, and says where its server is");

/** What only a browser can measure, on the server that the bench started. */
export default defineConfig({
  ...whole,
  testDir: ".",
  testMatch: "*.measure.ts",
  outputDir: "../test-results/bench",
  timeout: 240_000,
  reporter: "line",
  use: { ...whole.use, baseURL: BENCH_ADDRESS, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  webServer: undefined,
});
