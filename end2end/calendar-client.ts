import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A shift as khal lists it: on the clocks of where its reader is. */
export interface Listed {
  shift: string;
  /** « 2026-11-28 09:00 » */
  starts: string;
  ends: string;
  status: string;
}

/** Somebody's own calendar: vdirsyncer subscribes it to an address, khal shows what it holds. Neither is ours. */
export class CalendarClient {
  private readonly folder = mkdtempSync(join(tmpdir(), "alpar-calendar-"));

  private constructor(address: string) {
    mkdirSync(join(this.folder, "shifts"));
    const settings = `
      [general]
      status_path = "${join(this.folder, "status")}"
      [pair shifts]
      a = "alpar"
      b = "mine"
      collections = null
      conflict_resolution = "a wins"
      [storage alpar]
      type = "http"
      url = "${address}"
      [storage mine]
      type = "filesystem"
      path = "${join(this.folder, "shifts")}"
      fileext = ".ics"
    `;
    writeFileSync(join(this.folder, "vdirsyncer"), settings.replaceAll(/^ +/gm, ""));
  }

  static async subscribedTo(address: string): Promise<CalendarClient> {
    const client = new CalendarClient(address);
    await client.vdirsyncer("discover");
    return client;
  }

  /** Fetches what the address says now; throws what vdirsyncer says when there is nothing at it. */
  async sync() {
    await this.vdirsyncer("sync");
  }

  /** What a reader in `zone` sees of the `days` from a day on. */
  async list(zone: string, from: string, days: number): Promise<Listed[]> {
    const settings = join(this.folder, `khal-${zone.replace("/", "-")}`);
    const text = `
      [calendars]
      [[shifts]]
      path = ${join(this.folder, "shifts")}
      readonly = True
      [locale]
      local_timezone = ${zone}
      default_timezone = ${zone}
      timeformat = %H:%M
      dateformat = %Y-%m-%d
      longdateformat = %Y-%m-%d
      datetimeformat = %Y-%m-%d %H:%M
      longdatetimeformat = %Y-%m-%d %H:%M
      [sqlite]
      path = ${settings}.db
    `;
    writeFileSync(settings, text.replaceAll(/^ +/gm, ""));
    const format = "{url}|{start-date} {start-time}|{end-date} {end-time}|{status}";
    const { stdout } = await this.start(process.env.KHAL ?? "khal", "-c", settings, "list", "--day-format", "", "--format", format, from, `${days}d`);
    return stdout
      .split("\n")
      .filter((line) => line.includes("/vacation/"))
      .map((line) => {
        const [url, starts, ends, status] = line.split("|").map((part) => part.trim());
        return { shift: url.split("/vacation/")[1], starts, ends, status };
      });
  }

  putAway() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private vdirsyncer(task: string) {
    return this.start(process.env.VDIRSYNCER ?? "vdirsyncer", "-c", join(this.folder, "vdirsyncer"), task);
  }

  private start(program: string, ...words: string[]) {
    return run(program, words, { env: { ...process.env, HOME: this.folder, LC_ALL: "C.UTF-8" } });
  }
}
