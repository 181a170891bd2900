import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { until } from "./until";

/** The database of a co-op whose server runs: one session of our own, in PostgreSQL's plainest words. */
export class LiveRegister {
  private heard = Buffer.alloc(0);
  private wake?: () => void;
  private lost?: Error;

  private constructor(private readonly socket: Socket) {
    socket.on("data", (part) => {
      this.heard = Buffer.concat([this.heard, part as Buffer]);
      this.wake?.();
    });
    const ended = (error?: Error) => {
      this.lost ??= error ?? new Error("PostgreSQL ended the session");
      this.wake?.();
    };
    socket.on("error", ended).on("close", () => ended());
  }

  static async of(data: string): Promise<LiveRegister> {
    const register = new LiveRegister(createConnection(join(socketFolder(data), ".s.PGSQL.5432")));
    const about = Buffer.from("user\0alpar\0database\0alpar\0\0");
    const start = Buffer.alloc(8);
    start.writeInt32BE(8 + about.length, 0);
    start.writeInt32BE(3 << 16, 4);
    register.socket.write(Buffer.concat([start, about]));
    await register.answer();
    return register;
  }

  /** Runs statements; gives the rows of all of them, as text. */
  say(statements: string): Promise<(string | null)[][]> {
    const text = Buffer.from(`${statements}\0`);
    const head = Buffer.alloc(5);
    head.write("Q");
    head.writeInt32BE(4 + text.length, 1);
    this.socket.write(Buffer.concat([head, text]));
    return this.answer();
  }

  /** The first column of the first row. */
  async one(statement: string): Promise<string | null> {
    const [row] = await this.say(statement);
    return row?.[0] ?? null;
  }

  end() {
    this.socket.destroy();
  }

  private async answer(): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    let failed: Error | undefined;
    for (;;) {
      const { type, body } = await this.message();
      if (type === "D") rows.push(row(body));
      if (type === "E") failed = new Error(body.toString().replaceAll("\0", " "));
      if (type !== "Z") continue;
      if (failed) throw failed;
      return rows;
    }
  }

  private async message(): Promise<{ type: string; body: Buffer }> {
    for (;;) {
      const length = this.heard.length >= 5 ? this.heard.readInt32BE(1) + 1 : Number.POSITIVE_INFINITY;
      if (this.heard.length >= length) {
        const message = { type: this.heard.toString("latin1", 0, 1), body: this.heard.subarray(5, length) };
        this.heard = this.heard.subarray(length);
        return message;
      }
      if (this.lost) throw this.lost;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

function row(body: Buffer): (string | null)[] {
  let at = 2;
  return Array.from({ length: body.readInt16BE(0) }, () => {
    const length = body.readInt32BE(at);
    at += 4 + Math.max(length, 0);
    return length < 0 ? null : body.toString("utf8", at - length, at);
  });
}

const cluster = (data: string) => join(data, "postgres/cluster");

/** Where it listens: the postmaster writes it down, and it may stand outside of the data folder. */
function socketFolder(data: string): string {
  return readFileSync(join(cluster(data), "postmaster.pid"), "utf8").split("\n")[4];
}

/** What `DATABASE_URL` says for another server on the same database. */
export const databaseUrl = (data: string) =>
  `postgres://alpar@localhost:5432/alpar?host=${encodeURIComponent(socketFolder(data))}`;

/** PostgreSQL goes down under the running server and comes up again, at once or as after a power cut. */
export function restartPostgres(data: string, how: "fast" | "immediate") {
  postgres(data, "restart", `--mode=${how}`);
}

export async function stopPostgres(data: string) {
  postgres(data, "stop", "--mode=fast");
  await until("PostgreSQL is gone", () => !existsSync(join(cluster(data), "postmaster.pid")) || undefined);
}

export const startPostgres = (data: string) => postgres(data, "start");

function postgres(data: string, what: string, ...flags: string[]) {
  const folder = cluster(data);
  // The programs that ran the cluster last; PostgreSQL's files are touched by nobody but their owner.
  const programs = dirname(readFileSync(join(folder, "postmaster.opts"), "utf8").split(" ")[0]);
  const { uid, gid } = statSync(folder);
  const log = join(data, "postgres/log");
  const { status, stderr } = spawnSync(
    join(programs, "pg_ctl"),
    [what, "--silent", "--wait", "--timeout=60", ...flags, ...(what === "stop" ? [] : ["--log", log]), "-D", folder],
    { cwd: "/", stdio: ["ignore", "ignore", "pipe"], encoding: "utf8", ...(process.getuid?.() === 0 ? { uid, gid } : {}) },
  );
  if (status !== 0) throw new Error(stderr);
}
