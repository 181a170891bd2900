import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Coop } from "./coop-server";
import { databaseUrl } from "./live-register";
import { until } from "./until";

/** Another server on the database of a co-op that runs: the way a busy one is spread over two machines. */
export class SecondServer {
  private child?: ChildProcess;
  private readonly folder: string;

  private constructor(
    private readonly coop: Coop,
    private readonly port: number,
  ) {
    this.folder = `${coop.data}-second`;
  }

  static async beside(coop: Coop, port: number): Promise<SecondServer> {
    const server = new SecondServer(coop, port);
    await server.start();
    return server;
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  async start() {
    mkdirSync(this.folder, { recursive: true });
    // Whichever of the two sends a mail, it is found in one place.
    const [mails, shared] = [join(this.folder, "mail"), join(this.coop.data, "mail")];
    mkdirSync(shared, { recursive: true });
    if (!existsSync(mails)) symlinkSync(shared, mails);
    const said = join(this.folder, "said");
    const out = openSync(said, "a");
    const { ALPAR_BINARY, ALPAR_SITE } = process.env;
    const child = spawn(ALPAR_BINARY ?? "", ["serve"], {
      stdio: ["ignore", out, out],
      env: {
        ...process.env,
        PORT: String(this.port),
        ALPAR_DATA: this.folder,
        ALPAR_SITE,
        ALPAR_DEV: "1",
        ALPAR_CLOCK: "",
        TRUSTED_PROXIES: "127.0.0.1/32",
        DATABASE_URL: databaseUrl(this.coop.data),
      },
    });
    this.child = child;
    const stop = () => child.kill("SIGTERM");
    process.once("exit", stop);
    child.once("exit", () => process.off("exit", stop));
    await until("the second server is ready", async () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${readFileSync(said, "utf8").slice(-2000)}`);
      return (await fetch(`${this.address}/readyz`).catch(() => undefined))?.ok || undefined;
    });
  }

  stop() {
    return this.end("SIGTERM");
  }

  kill() {
    return this.end("SIGKILL");
  }

  async close() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async end(signal: "SIGTERM" | "SIGKILL") {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await exit;
  }
}
