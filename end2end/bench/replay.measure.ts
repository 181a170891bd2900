import { expect, test } from "@playwright/test";
import { HUGO } from "../cast";
import { Elsewhere } from "../elsewhere";
import { FaultProxy } from "../fault-proxy";
import { afterEverythingIsKept, keptActs, leaveEntry } from "../kept";
import { open } from "../phones";
import { session } from "../session";
import { coop, figure } from "./figures";

const ACTS = 20;
/** Milliseconds, on a phone's ordinary network. */
const MOST = 2_000;
/** 4G as Lighthouse imitates it: each round trip 170 ms, 9 Mbit/s down, and as much up as phones have. */
const FOUR_G = { offline: false, latency: 170, downloadThroughput: (9 * 1024 * 1024) / 8, uploadThroughput: (1.5 * 1024 * 1024) / 8 };

test("acts that waited leave when the network is back", async ({ browser }) => {
  const proxy = await FaultProxy.before(coop.address);
  const own = await Elsewhere.of(coop, HUGO);
  const context = await browser.newContext({ baseURL: proxy.address, storageState: await session(coop, HUGO) });
  const page = await context.newPage();
  await open(page, "/");
  await afterEverythingIsKept(page);
  await proxy.unplug();
  // Four places are asked for, then offered and kept in turn: most acts rest on the one before.
  const seats = await own.spread(4);
  const created_at = (await own.calendar()).as_of;
  const entry = async (kind: string, fields: object, depends_on: string[] = []) => ({
    parcel: { id: await own.id(), schema: 1, ...(depends_on.length > 0 && { depends_on }), kind, ...fields },
    created_at,
    intent: kind,
    attempts: 0,
    state: { is: "to_send" },
  });
  const entries: { parcel: { id: string } }[] = [];
  for (let nth = 0; entries.length < ACTS; nth++) {
    const seat = seats[nth % seats.length];
    const taken = nth < seats.length ? await entry("take_seat", { seat }) : undefined;
    const offer = await own.id();
    const given = await entry("give_seat", { offer, seat, audience: { to: "anyone" } }, entries.slice(-1).map(({ parcel }) => parcel.id));
    const kept = await entry("withdraw_offer", { offer }, [given.parcel.id]);
    entries.push(...(taken ? [taken] : []), given, kept);
  }
  for (const left of entries.slice(0, ACTS)) await leaveEntry(page, own.member, left);
  await page.goto("/moi/actions");
  await expect(page.getByText("En attente d’envoi")).toHaveCount(ACTS);

  const protocol = await context.newCDPSession(page);
  await protocol.send("Network.enable");
  await protocol.send("Network.emulateNetworkConditions", FOUR_G);
  await proxy.plugIn();
  const waited = page.evaluate(
    (acts) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        const look = () => {
          const done = [...document.querySelectorAll("main .chip")].filter((chip) => chip.textContent?.includes("Confirmé")).length;
          if (done < acts) return;
          watch.disconnect();
          resolve(performance.now() - began);
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
        window.dispatchEvent(new Event("online"));
      }),
    ACTS,
  );
  const value = await waited;
  const requests = proxy.asked.filter(({ path }) => path === "/api/v1/commands").length;
  expect((await keptActs(page)).map(({ status }) => status)).toEqual(Array(ACTS).fill("applied"));
  figure({ what: `${ACTS} acts that waited, on 4G: confirmed on the screen`, value, unit: "ms", most: MOST, beside: `${requests} requests` });
  await context.close();
  await proxy.unplug();
});
