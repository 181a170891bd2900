import ICAL from "ical.js";
import nodeIcal from "node-ical";

/** What a calendar program makes of a shift. */
export interface Dated {
  uid: string;
  start: string;
  end: string;
  status: string;
  sequence: number;
}

/** By a reader that takes the time zone from the file. */
export function readByIcalJs(text: string): Dated[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return sorted(
    calendar.getAllSubcomponents("vevent").map((event) => {
      const at = (name: string) => (event.getFirstPropertyValue(name) as ICAL.Time).toJSDate().toISOString();
      const [uid, status, sequence] = ["uid", "status", "sequence"].map((name) => String(event.getFirstPropertyValue(name)));
      return { uid, start: at("dtstart"), end: at("dtend"), status, sequence: Number(sequence) };
    }),
  );
}

/** By a reader that knows the time zone by its name. */
export function readByNodeIcal(text: string): Dated[] {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((part) => part?.type === "VEVENT");
  return sorted(
    events.map((event) => {
      const { uid, start, end, status, sequence } = event as { uid: string; start: Date; end: Date; status: string; sequence: unknown };
      return { uid, start: new Date(start).toISOString(), end: new Date(end).toISOString(), status, sequence: Number(sequence) };
    }),
  );
}

const sorted = (events: Dated[]) => events.sort((a, b) => a.uid.localeCompare(b.uid));
