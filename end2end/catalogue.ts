import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { PIXEL } from "./briefs";
import type { CoopServer } from "./coop-server";
import { databases, readKept } from "./kept";
import { theRegister } from "./register";

// Products as the register holds them once they are kept.

export interface Stocked {
  name: string;
  range: string;
  supplier?: string;
  brand?: string;
  labels?: string[];
  /** In cents, before margin and VAT. */
  purchase: number;
  /** In hundredths of a per cent. */
  margin?: number;
  vat?: number;
  /** Grams of a piece; without, it is sold by weight. */
  grams?: number;
  barcodes?: string[];
  /** As on the wire: « { said: { on, of } } »; without, nobody knows. */
  allergens?: unknown;
  availability?: unknown;
  /** With a photo, and the small one of it. */
  photo?: boolean;
}

const text = (value: unknown) => `'${String(value).replaceAll("'", "''")}'`;

/**
 * All that a co-op has for sale besides, by its names; gives the products' ids, in order, and those of their photos. The server is
 * stopped meanwhile.
 */
export function stock(coop: CoopServer, day: string, products: Stocked[]) {
  const named = (names: (string | undefined)[]) =>
    new Map([...new Set(names)].filter((name) => name !== undefined).map((name) => [name, randomUUID() as string] as const));
  const ranges = named(products.map(({ range }) => range));
  const suppliers = named(products.map(({ supplier }) => supplier));
  [...ranges].forEach(([name, id], rank) =>
    theRegister(coop.data, `insert into product_range (product_range_id, name, rank) values ('${id}', ${text(name)}, ${900 + rank})`),
  );
  for (const [name, id] of suppliers) {
    const written = JSON.stringify({ name, place: "Thônes", distance_km: 21, delivers: ["Tue"] });
    theRegister(coop.data, `insert into supplier (supplier_id, written) values ('${id}', ${text(written)})`);
  }
  const ids = products.map(() => randomUUID() as string);
  const photos = products.map(({ photo }) => (photo ? (randomUUID() as string) : undefined));
  for (const photo of photos) if (photo) theRegister(coop.data, photosOf(`select '${photo}'::uuid as id`));
  products.forEach((product, nth) => {
    const { name, range, supplier, brand = "", labels = [], purchase, margin = 2000, vat = 550, grams, barcodes = [] } = product;
    const facts = JSON.stringify({
      till_id: null,
      barcodes,
      name,
      brand,
      range: ranges.get(range),
      supplier: supplier ? suppliers.get(supplier) : null,
      sold_by: grams ? "piece" : "weight",
      net: grams ? { amount: grams, of: "gram" } : null,
      purchase,
      margin,
      vat,
      deposit: 0,
      availability: product.availability ?? "in_range",
      origin: "Haute-Savoie",
    });
    const photo = photos[nth] ? { id: photos[nth], alt: name, width: 1, height: 1 } : null;
    const byHand = JSON.stringify({ labels, allergens: product.allergens ?? "unknown", story: "", photo });
    theRegister(
      coop.data,
      `insert into product (product_id, facts, by_hand, price_since, changed_on)
       values ('${ids[nth]}', ${text(facts)}, ${text(byHand)}, '${day}', '${day}')`,
    );
    for (const barcode of barcodes)
      theRegister(coop.data, `insert into product_barcode (product_id, barcode) values ('${ids[nth]}', '${barcode}')`);
  });
  changed(coop);
  return { ids, photos, ranges, suppliers };
}

/** A photo and its small one for each id, of somebody, or of the member with that id: sent today, for what nothing names goes after days. */
const photosOf = (ids: string, member = "(select member_id from member limit 1)") =>
  `insert into product_picture (product_picture_id, by_member, at, mime, width, height, bytes, thumbnail, thumbnail_mime)
   select ids.id, ${member}, '${process.env.E2E_CLOCK}', 'image/jpeg', 1, 1, '\\x${PIXEL}'::bytea, '\\x${PIXEL}'::bytea, 'image/jpeg' from (${ids}) as ids`;

/** So many photos that a member has sent and nothing names yet; gives their ids. The server is stopped. */
export function sent(coop: CoopServer, member: string, count: number): string[] {
  const ids = Array.from({ length: count }, () => randomUUID() as string);
  theRegister(coop.data, photosOf(`select id::uuid from unnest('{${ids.join(",")}}'::text[]) as id`, `'${member}'`));
  return ids;
}

/** Where the small one of a photo is. */
export const petite = (photo: string | undefined) => `/pictures/${photo}/petite`;

/** What the phone keeps of a kind of pictures, the oldest first. */
export const keptPictures = (phone: Page, kind: "pictures" | "product-photos" | "thumbnails") =>
  phone.evaluate(async (kind) => {
    const kept = await (await caches.open(kind)).keys();
    return kept.map(({ url }) => new URL(url).pathname).filter((path) => path !== "/pictures/petites");
  }, kind);

/** What stands behind a name on another label. */
const KINDS = [
  "artisanal",
  "de la ferme",
  "sans sel ajouté",
  "allégé",
  "grand format",
  "extra",
  "à l’ancienne",
  "du pays",
  "fin",
  "cuvée spéciale",
  "primeur",
];

/**
 * Six thousand products: each of the demo shop twelve times, under other names, brands, codes and prices, with ids as the server makes
 * them for a file of the till. The server is stopped.
 */
export function crowd(coop: CoopServer) {
  const kinds = KINDS.map(text).join(", ");
  theRegister(
    coop.data,
    `with more as (select p.*, n, row_number() over (order by p.product_id, n) as k from product p, generate_series(1, ${KINDS.length}) n),
       begun as (select more.*, md5('product ' || k) as mixed, '3761' || lpad(k::text, 8, '0') as digits from more),
       closed as (select begun.*, digits || ((10 - (select sum(substr(digits, i, 1)::int * (case when i % 2 = 0 then 3 else 1 end))
         from generate_series(1, 12) i) % 10) % 10)::text as code from begun),
       made as (insert into product (product_id, facts, by_hand, price_since, changed_on)
         select ('019ab0c2-4e1f-7' || substr(mixed, 1, 3) || '-8' || substr(mixed, 4, 3) || '-' || substr(mixed, 7, 12))::uuid,
           facts || jsonb_build_object(
             'till_id', 'V' || k,
             'name', (facts->>'name') || ' ' || (array[${kinds}])[n],
             'brand', 'Maison ' || initcap(translate(substr(md5((k % 90)::text), 1, 6), '0123456789', 'oiuearlsnt')),
             'barcodes', case when facts->'barcodes' = '[]'::jsonb then '[]'::jsonb else jsonb_build_array(code) end,
             'purchase', greatest(1, (facts->>'purchase')::int * (100 + 3 * n) / 100)),
           by_hand, price_since - n, changed_on - n
         from closed returning product_id, facts)
     insert into product_barcode (product_id, barcode) select product_id, jsonb_array_elements_text(facts->'barcodes') from made`,
  );
  changed(coop);
}

/** A product of the range that has most of them. The server is stopped. */
export function oneOfTheLargest(coop: CoopServer): string {
  const rows = theRegister(
    coop.data,
    `copy (select product_id from product where product_range_id = (select product_range_id from product group by 1
       order by count(*) desc, 1 limit 1) order by 1 limit 1) to stdout`,
  );
  const [id] = rows.match(/[0-9a-f]{8}-[0-9a-f-]{27}/) ?? [];
  if (!id) throw new Error(`no product in ${rows}`);
  return id;
}

/** What a product costs the co-op from here on. */
export function buysAt(coop: CoopServer, product: string, purchase: number) {
  theRegister(
    coop.data,
    `update product set facts = jsonb_set(facts, '{purchase}', '${purchase}'), revision = revision + 1 where product_id = '${product}'`,
  );
  changed(coop);
}

const changed = (coop: CoopServer) =>
  theRegister(coop.data, "update change_mark set mark = mark + 1 where slice = 'catalogue' and shard = 0");

/** The index that the phone keeps, by its etag; nothing while a shelf that it names is still to come. */
export async function wholeShop(phone: Page): Promise<string | undefined> {
  const kept = (await databases(phone)).find((name) => name.startsWith("snap-")) ?? "";
  const whole = await readKept(phone, kept, "shelves");
  return whole !== undefined && whole === (await readKept(phone, kept, "catalogue-etag")) ? whole : undefined;
}

/** The phone keeps the index, and every shelf that it names. */
export const keepsTheShop = (phone: Page) => expect.poll(() => wholeShop(phone)).toBeDefined();

/** What the phone asks of the shop from here on. */
export function asksOfTheShop(phone: Page): string[] {
  const asked: string[] = [];
  phone.context().on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/v1/catalogue/")) asked.push(pathname);
  });
  return asked;
}

/** A product in a list, by its name. */
export const product = (phone: Page, name: string) => phone.getByRole("listitem").filter({ has: phone.getByRole("link", { name, exact: true }) });
