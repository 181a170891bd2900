import { randomUUID } from "node:crypto";
import type { CoopServer } from "./coop-server";
import { theRegister } from "./register";

// Issues that are out, as the register holds them once they are.

/** A JPEG of one pixel: every reader takes it for a picture. */
export const PIXEL =
  "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b080001000101011100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00fbfcbfffd9";

/** A seat that nobody has, on a shift to come. */
export interface FreeSeat {
  shift: string;
  seat: string;
  starts: string;
  ends: string;
}

export interface Written {
  title: string;
  html: string;
  group?: string;
  /** With a picture, and what it shows. */
  alt?: string;
}

export interface Issue {
  monday: string;
  blocks: Written[];
  seats?: FreeSeat[];
  late?: boolean;
  automatic?: boolean;
  corrected?: { at: string; word: string }[];
}

const text = (value: unknown) => `'${String(value).replaceAll("'", "''")}'`;

/** Free seats of a co-op whose server is stopped, soonest first, one a day. */
export function freeSeats(coop: CoopServer, after: string, count: number): FreeSeat[] {
  const rows = theRegister(
    coop.data,
    `copy (select distinct on (starts_at::date) shift_id, position, to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
     from seat join shift using (shift_id) left join assignment using (shift_id, position)
     where member_id is null and skill is null and not lead and starts_at > ${text(after)}
     order by starts_at::date, starts_at, shift_id, position limit ${count}) to stdout`,
  );
  return [...rows.matchAll(/([0-9a-f-]{36})\t(\d+)\t(\S+)\t(\S+Z)/g)].map(([, shift, position, starts, ends]) => ({
    shift,
    seat: `${shift}~${position}`,
    starts,
    ends,
  }));
}

/** The issues are out; gives the ids of their blocks, in order. The server is stopped meanwhile. */
export function publish(coop: CoopServer, issues: Issue[]): string[][] {
  const ids = issues.map(({ blocks }) => blocks.map(() => randomUUID() as string));
  const statements: string[] = [];
  issues.forEach(({ monday, blocks, seats = [], corrected = [], ...how }, at) => {
    const pieces: unknown[] = blocks.map(({ title, html, group = "Vie sociale", alt }, nth) => {
      const picture = alt && { id: randomUUID(), alt, width: 1, height: 1 };
      if (picture) {
        statements.push(
          `insert into brief_picture (picture_id, by_member, at, mime, width, height, bytes)
           select '${picture.id}', member_id, '${monday} 06:00+00', 'image/jpeg', 1, 1, '\\x${PIXEL}'::bytea from member limit 1`,
        );
      }
      return { block: { id: ids[at][nth], group, title, html, ...(picture ? { picture } : {}) } };
    });
    const lines = seats.map(({ shift, seat, starts, ends }) => ({ shift: { shift, when: { shift, starts_at: starts, ends_at: ends }, seats: [seat] } }));
    if (lines.length) pieces.splice(1, 0, { live: { source: "seats", intro: "", lines } });
    const id = randomUUID();
    const out = `${monday}T06:00:00Z`;
    const frozen = (id: string) => JSON.stringify({ id, monday, at: out, pieces, corrected, ...how });
    const stage = JSON.stringify({ published: { at: out } });
    statements.push(
      `insert into brief (brief_id, monday, stage, published_at, frozen) values ('${id}', '${monday}', ${text(stage)}, '${out}', ${text(frozen(id))})
       on conflict (monday) do update set stage = excluded.stage, published_at = excluded.published_at,
       frozen = excluded.frozen || jsonb_build_object('id', brief.brief_id)`,
    );
  });
  statements.push(`update change_mark set mark = mark + 1 where slice = 'briefs' and shard = 0`);
  for (const statement of statements) theRegister(coop.data, statement);
  return ids;
}
