import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Member } from "./cast";

/** One statement on the database of a co-op whose server is stopped; gives what PostgreSQL printed. */
export function theRegister(data: string, statement: string): string {
  const cluster = join(data, "postgres/cluster");
  // The program that ran the cluster last; files of a database are touched by nobody but their owner.
  const program = readFileSync(join(cluster, "postmaster.opts"), "utf8").split(" ")[0];
  const { uid, gid } = statSync(cluster);
  const { status, stdout, stderr } = spawnSync(program, ["--single", "-D", cluster, "alpar"], {
    cwd: "/",
    input: `${statement.replaceAll(/\s+/g, " ")}\n`,
    encoding: "utf8",
    ...(process.getuid?.() === 0 ? { uid, gid } : {}),
  });
  if (status !== 0 || /\bERROR:/.test(stderr)) throw new Error(`${statement}\n${stdout}${stderr}`);
  return stdout;
}

/** So many members of a stopped co-op who have been there for longest, each with an address of their own; without these. */
export function others(data: string, count: number, without: Member[]): Member[] {
  const away = without.map(({ email }) => `'${email}'`).join(", ");
  const rows = theRegister(
    data,
    `copy (select first_name, last_name, email from member m where left_on is null and not employee and email not in (${away})
       and not exists (select from member o where o.email = m.email and o.member_id <> m.member_id)
     order by joined_on, number limit ${count}) to stdout`,
  );
  // PostgreSQL's prompt stands before the first.
  const found = [...rows.matchAll(/(?:backend> )?([^\t\n]+)\t([^\t\n]+)\t(\S+@\S+)/g)];
  return found.map(([, first, last, email]) => ({ first, short: `${first} ${last[0]}.`, email }));
}

const known = new Map<string, Map<string, Member>>();

/** Who leads each shift of a stopped co-op, by the shift's id. */
export function leads(data: string): Map<string, Member> {
  const before = known.get(data);
  if (before) return before;
  const rows = theRegister(
    data,
    `copy (select shift_id, first_name, last_name, email from assignment
     join seat using (shift_id, position) join member using (member_id) where lead) to stdout`,
  );
  const found = new Map<string, Member>();
  for (const [, shift, first, last, email] of rows.matchAll(/([0-9a-f-]{36})\t(.+)\t(.+)\t(.+)/g)) {
    found.set(shift, { first, short: `${first} ${last[0]}.`, email });
  }
  known.set(data, found);
  return found;
}
