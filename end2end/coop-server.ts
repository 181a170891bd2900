import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { leads, theRegister } from "./register";
import { until } from "./until";

const root = resolve(import.meta.dirname, "..");

/** Where a co-op is reached, and where it keeps its files. */
export interface Coop {
  address: string;
  data: string;
}

/** The co-op that the whole run shares: for tests that only look. */
export const sharedCoop = (address: string): Coop => ({ address, data: join(folder(), "shared") });

/** A demo co-op of a spec's own: its server can be stopped, killed and started again, and its days can pass. */
export class CoopServer implements Coop {
  private child?: ChildProcess;

  private constructor(
    readonly data: string,
    readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  /** Starts on a fresh copy of the demo co-op. */
  static async open(name: string, settings: Record<string, string> = {}): Promise<CoopServer> {
    const data = join(folder(), name);
    rmSync(data, { recursive: true, force: true });
    copy(await template(), data);
    const coop = new CoopServer(data, port(), settings);
    await coop.start();
    return coop;
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  async start() {
    this.child = serve(this.data, this.port, this.settings);
    await ready(this.child, this.port, this.data);
  }

  /** In good order, as the system stops it. */
  stop() {
    return this.end("SIGTERM");
  }

  /** As when the power fails: nothing is said, nothing is put away. */
  kill() {
    return this.end("SIGKILL");
  }

  /** Stops for good, and clears away. */
  async close() {
    // A server that was killed left its PostgreSQL running: the next one takes it over, and stops it.
    if (!this.child && existsSync(join(this.data, "postgres/cluster/postmaster.pid"))) await this.start();
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** So much time goes by for everybody: the server stops, and starts again later. */
  async pass({ hours = 0, minutes = 0 }: { hours?: number; minutes?: number }) {
    await this.stop();
    const ms = Math.round((hours * 60 + minutes) * 60_000);
    theRegister(this.data, `update clock set offset_ms = offset_ms + ${ms}`);
    await this.start();
  }

  /** Who leads a shift of the demo co-op: everybody signs in by their address, which no page shows. */
  leadOf(shift: string) {
    const lead = leads(join(folder(), "template")).get(shift);
    if (!lead) throw new Error(`nobody leads ${shift}`);
    return lead;
  }

  /** A setting of the next start. */
  set(name: string, value: string) {
    this.settings[name] = value;
  }

  private async end(signal: "SIGTERM" | "SIGKILL") {
    const { child } = this;
    this.child = undefined;
    if (child) await ended(child, signal);
  }
}

function folder() {
  const { E2E_FOLDER } = process.env;
  if (!E2E_FOLDER) throw new Error("playwright.config.ts chooses the folder");
  return E2E_FOLDER;
}

const port = () => Number(process.env.E2E_OWN_PORT ?? 4300) + Number(process.env.TEST_PARALLEL_INDEX ?? 0);

/** The demo co-op, loaded once and stopped: what every other one is copied from. */
async function template(): Promise<string> {
  const made = join(folder(), "template");
  if (existsSync(made)) return made;
  const making = join(folder(), "template.new");
  const child = serve(making, port());
  await ready(child, port(), making);
  await ended(child, "SIGTERM");
  renameSync(making, made);
  return made;
}

function copy(from: string, to: string) {
  // PostgreSQL's files stay its user's.
  const { status, stderr } = spawnSync("cp", ["-Rp", from, to], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

function serve(data: string, port: number, settings: Record<string, string> = {}): ChildProcess {
  mkdirSync(data, { recursive: true });
  const said = openSync(join(data, "said"), "a");
  const { ALPAR_BINARY, ALPAR_SITE, E2E_CLOCK } = process.env;
  const child = spawn(ALPAR_BINARY ?? "", ["serve"], {
    cwd: root,
    stdio: ["ignore", said, said],
    env: {
      ...process.env,
      PORT: String(port),
      ALPAR_DATA: data,
      ALPAR_SITE,
      ALPAR_DEV: "1",
      ALPAR_CLOCK: E2E_CLOCK,
      TRUSTED_PROXIES: "127.0.0.1/32",
      DATABASE_URL: "",
      ...settings,
    },
  });
  // A run that is broken off leaves no server behind.
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  child.once("exit", () => process.off("exit", stop));
  return child;
}

async function ready(child: ChildProcess, port: number, data: string) {
  const said = () => readFileSync(join(data, "said"), "utf8").slice(-2000);
  await until(
    "the server is ready",
    async () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said()}`);
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      return answer?.ok || undefined;
    },
    60_000,
  );
}

async function ended(child: ChildProcess, signal: "SIGTERM" | "SIGKILL") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await exit;
}
