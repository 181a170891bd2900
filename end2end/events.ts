import { randomUUID } from "node:crypto";
import type { CoopServer } from "./coop-server";
import { theRegister } from "./register";

// Events that are announced, as the register holds them once they are.

export interface Announced {
  title: string;
  /** When it begins, in milliseconds. */
  starts: number;
  hours?: number;
  capacity?: number;
  guests?: number;
  /** Things to bring, and how many of each. */
  items?: [string, number][];
  /** Work to be done there. */
  posts?: [string, number][];
}

const text = (value: unknown) => `'${String(value).replaceAll("'", "''")}'`;
const at = (ms: number) => text(new Date(ms).toISOString());
const HOUR = 3_600_000;

/** Vie sociale has announced them; gives their ids, in order. The server is stopped meanwhile. */
export function announce(coop: CoopServer, events: Announced[]): string[] {
  const ids = events.map(() => randomUUID() as string);
  events.forEach(({ title, starts, hours = 3, capacity, guests = 3, items = [], posts = [] }, nth) => {
    const id = text(ids[nth]);
    const place = { name: "À la coop", map: "https://www.openstreetmap.org/node/1" };
    const details = JSON.stringify({ title, place, guests, children: true, for_whom: "members", price: "open" });
    const state = JSON.stringify({ published: { at: new Date(starts - 900 * HOUR).toISOString() } });
    theRegister(
      coop.data,
      `insert into event (event_id, group_id, details, html, starts_at, ends_at, closes_at, capacity, state, edited_at, by_member)
       select ${id}, group_id, ${text(details)}, '<p>On apporte son <strong>bol</strong>.</p>', ${at(starts)}, ${at(starts + hours * HOUR)},
         ${at(starts)}, ${capacity ?? "null"}, ${text(state)}, ${at(starts - 900 * HOUR)}, (select member_id from member limit 1)
       from working_group where slug = 'vie-sociale'`,
    );
    items.forEach(([label, wanted], rank) =>
      theRegister(
        coop.data,
        `insert into bring_item (bring_item_id, event_id, rank, label, wanted) values ('${randomUUID()}', ${id}, ${rank}, ${text(label)}, ${wanted})`,
      ),
    );
    posts.forEach(([label, wanted], rank) =>
      theRegister(
        coop.data,
        `insert into helper_post (helper_post_id, event_id, rank, label, wanted) values ('${randomUUID()}', ${id}, ${rank}, ${text(label)}, ${wanted})`,
      ),
    );
  });
  theRegister(coop.data, `update change_mark set mark = mark + 1 where slice = 'events' and shard = 0`);
  return ids;
}
