import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium, type LaunchOptions, type Page } from "@playwright/test";
import type { Member } from "./cast";
import type { Coop } from "./coop-server";
import { expect, test as base } from "./phones";
import { session } from "./session";

type Options = LaunchOptions & BrowserContextOptions;

/** A phone whose browser can be closed, and opened again on what it kept. */
export class Device {
  private context?: BrowserContext;
  private readonly heard: string[] = [];
  private readonly disk = mkdtempSync(join(tmpdir(), "alpar-device-"));

  constructor(
    private readonly options: Options,
    private readonly expected: RegExp[],
  ) {}

  /** Opens its browser; the page is the one that a browser opens with. */
  async open(): Promise<Page> {
    const context = await chromium.launchPersistentContext(this.disk, this.options);
    context.on("console", (message) => {
      if (message.type() === "error") this.heard.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.heard.push(String(error.error())));
    this.context = context;
    return context.pages()[0] ?? context.newPage();
  }

  async signIn(coop: Coop, who: Member) {
    const { cookies } = (await session(coop, who)) as { cookies: Parameters<BrowserContext["addCookies"]>[0] };
    await this.context?.addCookies(cookies);
  }

  /** Closes the browser, with every page in it. */
  async close() {
    await this.context?.close();
    this.context = undefined;
  }

  async putAway() {
    await this.close();
    rmSync(this.disk, { recursive: true, force: true, maxRetries: 5 });
    const unexpected = this.heard.filter((text) => !this.expected.some((words) => words.test(text)));
    expect(unexpected, "the console is quiet").toEqual([]);
  }
}

/** Tests with phones whose browsers can be closed. */
export const test = base.extend<{ device: (baseURL: string, ...expected: RegExp[]) => Device }>({
  device: async ({ launchOptions, locale, timezoneId, viewport }, use) => {
    const devices: Device[] = [];
    await use((baseURL, ...expected) => {
      const device = new Device({ ...launchOptions, baseURL, locale, timezoneId, viewport, reducedMotion: "reduce" }, expected);
      devices.push(device);
      return device;
    });
    for (const device of devices) await device.putAway();
  },
});
