import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, request } from "@playwright/test";
import type { Member } from "./cast";
import type { Coop } from "./coop-server";
import type { PushEndpoint } from "./push-endpoint";
import { session } from "./session";

interface Seat {
  lead?: boolean;
  skill?: string;
  holder?: string;
}

interface Planned {
  id: string;
  starts_at: string;
  state: { is: string };
  minimum: number;
  seats: Seat[];
}

export interface Calendar {
  as_of: string;
  shifts: Planned[];
  offers: { id: string; seat: string; member: string; kind: "give" | "exchange" }[];
}

interface Outcome {
  id: string;
  status: "applied" | "refused";
  reason?: { code: string };
  /** Where an answer to an event stands: `{ waiting: { at: 1, free: 0 } }`. */
  result?: { answered?: unknown };
}

/** An event as everybody sees it. */
export interface ShownEvent {
  event: {
    id: string;
    series?: string;
    sequence: number;
    state: Record<string, unknown>;
    terms: { details: { title: string }; times: { starts_at: string; ends_at: string }; capacity?: number };
  };
  seats: number;
  waiting: number;
  items?: { id: string; label: string; claims: { of: number } }[];
}

/** Who held a seat, who has it since. */
interface Move {
  position: number;
  from: { f: string } | null;
  to: { f: string } | null;
}

const DAY = 86_400_000;

interface Assembly {
  id: string;
  starts_at: string;
  resolutions: { id: string; title: string }[];
}

/** Somebody's other device: sees what the server holds, and acts on it, without a screen. */
export class Elsewhere {
  private constructor(
    private readonly http: APIRequestContext,
    private readonly coop: Coop,
    /** The id of whose device it is. */
    readonly member: string,
  ) {}

  static async of(coop: Coop, who: Member): Promise<Elsewhere> {
    const http = await request.newContext({ baseURL: coop.address, storageState: await session(coop, who) });
    const member = (await http.get("/api/v1/behind")).headers()["alpar-member"];
    return new Elsewhere(http, coop, member);
  }

  calendar(): Promise<Calendar> {
    return this.read("calendar");
  }

  /** What is this member's alone. */
  me(): Promise<{
    profile: { number: number };
    offers: { id: string; seat: string; state: { is: string } }[];
    proposals: { id: string; state: { is: string } }[];
    loops: { id: string; asks: string; legs: { member: string; gives: string; takes: string }[] }[];
  }> {
    return this.read("me");
  }

  /** One act; refused or not, it must be answered. */
  async act(kind: string, fields: object): Promise<Outcome> {
    const { outcomes } = await this.post([{ id: await this.id(), schema: 1, kind, ...fields }]);
    return outcomes[0];
  }

  async acts(kind: string, fields: object) {
    const outcome = await this.act(kind, fields);
    expect(outcome, `${kind}: ${JSON.stringify(outcome)}`).toMatchObject({ status: "applied" });
  }

  /** The bytes of a picture that a contribution names. */
  async keepsPicture(id: string, bytes: Buffer) {
    const headers = { origin: this.coop.address, "alpar-member": this.member, "content-type": "image/jpeg" };
    expect((await this.http.post(`/api/v1/pictures/${id}`, { headers, data: bytes })).status()).toBe(204);
  }

  /** This device shows pushes, which come in at that address. */
  async showsPushes({ subscription }: PushEndpoint) {
    const headers = { origin: this.coop.address, "alpar-member": this.member };
    expect((await this.http.post("/api/v1/push", { headers, data: subscription })).status()).toBe(204);
  }

  /** What the server knows of this device's pushes. */
  async pushes(): Promise<{ key: string; endpoint: string | null }> {
    return (await this.http.get("/api/v1/push", { headers: { "alpar-member": this.member } })).json();
  }

  /** The secret address of this member's calendar, made anew. */
  async calendarAddress(): Promise<string> {
    const headers = { origin: this.coop.address, "alpar-member": this.member };
    return (await (await this.http.post("/api/v1/agenda", { headers, data: {} })).json()).address;
  }

  /** What this member was told. */
  async inbox(): Promise<{ notice: { kind: string; event?: string } }[]> {
    return (await this.read<{ inbox: { notice: { kind: string; event?: string } }[] }>("me")).inbox;
  }

  /** What this member was told of an event. */
  async toldOf(event: string): Promise<string[]> {
    return (await this.inbox()).filter(({ notice }) => notice.event === event).map(({ notice }) => notice.kind);
  }

  /** The events that everybody sees, in order of start. */
  async events(): Promise<ShownEvent[]> {
    return (await this.read<{ events: ShownEvent[] }>("events")).events;
  }

  /** An id as a device makes it, by the server's time. */
  async id(): Promise<string> {
    const answer = await this.http.head("/api/v1/me", { headers: { "alpar-member": this.member } });
    const ms = Number(answer.headers()["alpar-time"]).toString(16).padStart(12, "0");
    const random = randomUUID();
    return `${ms.slice(0, 8)}-${ms.slice(8)}-7${random.slice(15)}`;
  }

  /** The moves of a shift's seats, newest first. */
  async moves(shift: string): Promise<Move[]> {
    return (await this.http.get("/api/v1/history", { params: { shift } })).json();
  }

  /** Who has a seat, by id. */
  async holder(seat: string): Promise<string | undefined> {
    const [shift, position] = seat.split("~");
    const { shifts } = await this.calendar();
    return shifts.find(({ id }) => id === shift)?.seats[Number(position)]?.holder;
  }

  /** This member's seats to come, soonest first. */
  async seats(): Promise<string[]> {
    return toCome(await this.calendar()).flatMap((shift) => seatsOf(shift, ({ holder }) => holder === this.member));
  }

  /** Empty seats that ask for nothing, so many days ahead or more, one a day, on days on which this member has none. */
  async free(days = 7): Promise<string[]> {
    const calendar = await this.calendar();
    const day = ({ starts_at }: Planned) => starts_at.slice(0, 10);
    const busy = new Set(toCome(calendar).filter(({ seats }) => seats.some(({ holder }) => holder === this.member)).map(day));
    return toCome(calendar, days).flatMap((shift) => {
      const [seat] = seatsOf(shift, ({ holder, lead, skill }) => !holder && !lead && !skill);
      if (!seat || busy.has(day(shift))) return [];
      busy.add(day(shift));
      return [seat];
    });
  }

  /** So many of them, spread over the weeks: there is a limit to how many one may take in four. */
  async spread(many: number): Promise<string[]> {
    const free = await this.free();
    const step = Math.floor(free.length / many);
    return Array.from({ length: many }, (_, nth) => free[nth * step]);
  }

  /** The assemblies to come and those that were, as this member's device has them. */
  groups(): Promise<{ as_of: string; assemblies: Assembly[] }> {
    return this.read("groups");
  }

  private async read<T>(slice: string): Promise<T> {
    return (await this.http.get(`/api/v1/${slice}`, { headers: { "alpar-member": this.member } })).json();
  }

  private async post(commands: object[]): Promise<{ outcomes: Outcome[] }> {
    const headers = { origin: this.coop.address, "alpar-member": this.member };
    return (await this.http.post("/api/v1/commands", { headers, data: { commands } })).json();
  }
}

/** From so many days on. */
function toCome({ as_of, shifts }: Calendar, days = 0): Planned[] {
  const from = Date.parse(as_of) + days * DAY;
  return shifts
    .filter(({ starts_at, state }) => Date.parse(starts_at) > from && state.is === "planned")
    .sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}

const seatsOf = ({ id, seats }: Planned, wanted: (seat: Seat) => boolean) =>
  seats.flatMap((seat, position) => (wanted(seat) ? [`${id}~${position}`] : []));

export const shiftOf = (seat: string) => seat.split("~")[0];
