import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { simpleParser } from "mailparser";
import { PIXEL } from "../briefs";
import { CAMILLE, INES } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { ADDRESSES, ATTEMPTS } from "../hostile";
import { expect, isReadyForTheCellar, NO_NETWORK, open, test } from "../phones";
import { said } from "../said";
import { until } from "../until";

// A brief of forty blocks whose every field is hostile goes out: in the app, in the archive, on the public page and by mail,
// nothing of it runs, and nothing is fetched from anywhere else.
let coop: CoopServer;

const MONDAY = "2026-11-30";
const PAGE = "/communication/breve";
const BLOCKS = 40;
/** From Tuesday at eight to Sunday at eight in the evening: contributions are closed. Hours. */
const UNTIL_CLOSED = 132;

test.beforeAll(async () => {
  coop = await CoopServer.open("brief-hostile");
});
test.afterAll(() => coop.close());

const oneLine = (most: number) => {
  const fits = ATTEMPTS.map((attempt) => attempt.trim()).filter((attempt) => !/[\n\r]/.test(attempt) && [...attempt].length <= most);
  return (nth: number) => fits[nth % fits.length];
};
const [title, alt, label] = [oneLine(80), oneLine(290), oneLine(80)];

/** All that is shown is ours: what may act is none of what was typed. */
async function isHarmless(page: Page, where: string) {
  const found = await page.evaluate((ours) => {
    const wrong: string[] = [];
    const never = ["iframe", "object", "embed", "base", "meta", "frame", "applet", "math", "video", "audio", "link", "style"];
    for (const element of document.querySelectorAll("body *")) {
      const name = element.localName;
      if (never.includes(name)) wrong.push(element.outerHTML.slice(0, 200));
      if (name === "script" && !element.getAttribute("src")?.startsWith("/pkg/")) wrong.push(element.outerHTML.slice(0, 200));
      for (const { name: attribute, value } of element.attributes) {
        if (/^on/i.test(attribute) || attribute === "srcdoc" || attribute === "formaction") wrong.push(`${name} ${attribute}=${value}`);
        if (attribute === "style") wrong.push(`${name} style=${value}`);
        if (attribute === "src" && !value.startsWith(`${ours}/`) && !/^(\/|data:image\/(jpeg|webp);|blob:)/.test(value)) wrong.push(`${name} src=${value}`);
        if (/href$/.test(attribute) && !/^(\/(?![/\\])|#|\?|https?:\/\/|mailto:)|^$/.test(value)) wrong.push(`${name} ${attribute}=${value}`);
      }
    }
    return wrong;
  }, coop.address);
  expect(found, where).toEqual([]);
}

/** Whatever a page asks of other hosts, and whatever it runs. */
function watched(page: Page) {
  const seen: string[] = [];
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (!["data:", "blob:", "about:"].includes(protocol) && host !== new URL(coop.address).host) seen.push(request.url());
  });
  return seen;
}

test("forty blocks, every field of them hostile, are read as letters everywhere", async ({ phones }) => {
  test.slow();
  expect(ATTEMPTS.length).toBeGreaterThan(200);
  const elsewhere = await Elsewhere.of(coop, INES);
  const { groups } = (await elsewhere.me()) as unknown as { groups: string[] };
  const perBlock = Math.ceil(ATTEMPTS.length / BLOCKS);

  await test.step("what is no address is refused; the rest is letters", async () => {
    for (const href of ADDRESSES) {
      const fields = { block: randomUUID(), group: groups[0], title: "Un lien", text: "Un texte", href, label: "ici", ready: true, public: true };
      expect(await elsewhere.act("propose_block", fields), href).toMatchObject({
        status: "refused",
        reason: { code: "said_badly", mistakes: ["link_not_allowed"] },
      });
    }
    for (let nth = 0; nth < BLOCKS; nth++) {
      const picture = randomUUID();
      await elsewhere.keepsPicture(picture, Buffer.from(PIXEL, "hex"));
      await elsewhere.acts("propose_block", {
        block: randomUUID(),
        group: groups[0],
        title: `${nth} ${title(nth)}`,
        text: ATTEMPTS.slice(nth * perBlock, (nth + 1) * perBlock).join("\n\n") || "Un texte",
        picture,
        alt: alt(nth + 7),
        width: 1,
        height: 1,
        href: "https://ferme.example/?q=%22%3E%3Cscript%3E",
        label: label(nth + 3),
        ready: true,
        public: true,
      });
    }
  });

  await coop.pass({ hours: UNTIL_CLOSED });
  const ines = await phones.of(coop, INES, { viewport: { width: 1280, height: 800 } });
  const seen = watched(ines);

  await test.step("Inès reads it over in the workshop, opens it to the public, and publishes it", async () => {
    await open(ines, `${PAGE}?lundi=${MONDAY}`);
    await isHarmless(ines, "the workshop");
    await ines.getByRole("link", { name: /^2 versions/ }).first().click();
    await ines.getByRole("button", { name: /^Garder la version de/ }).click();
    await open(ines, `${PAGE}/apercu?lundi=${MONDAY}`);
    await isHarmless(ines, "the preview");
    await open(ines, `${PAGE}?lundi=${MONDAY}`);
    const stages = ines.getByRole("region", { name: "Où elle en est" });
    // Before it is out: whom the mails go to is chosen when it goes out.
    await stages.getByRole("button", { name: "L’ouvrir au public" }).click();
    await expect(stages.getByRole("button", { name: "La réserver aux membres" })).toBeVisible();
    await ines.getByText("Publier sans attendre lundi 7 h").click();
    await ines.getByRole("button", { name: "Publier maintenant" }).click();
    await expect(ines.getByRole("status").filter({ hasText: said("La brève est parue.") })).toBeVisible();
    await expect(stages).toContainText(said("Le public peut lire les blocs qui lui sont destinés."));
  });

  const camille = await phones.of(coop, CAMILLE);
  const alsoSeen = watched(camille);
  // A mail on an empty page asks for pictures that this address does not give it.
  phones.expect(camille, NO_NETWORK, /from origin 'null'/, /ERR_FAILED/);
  await test.step("in the app, with a network and without", async () => {
    await open(camille, `/breve/${MONDAY}`);
    await expect(camille.getByText("alert(1)").first()).toBeVisible();
    expect(await camille.getByRole("article").first().getByRole("img").count()).toBeGreaterThanOrEqual(BLOCKS);
    await isHarmless(camille, "the app");
    await isReadyForTheCellar(camille);
    await camille.context().setOffline(true);
    await camille.reload();
    await expect(camille.getByText("alert(1)").first()).toBeVisible();
    await isHarmless(camille, "the app, offline");
    await camille.context().setOffline(false);
  });

  await test.step("in the archive, in its search, and on the public page", async () => {
    await open(camille, `/breve/archives/${MONDAY}`);
    await expect(camille.getByText("alert(1)").first()).toBeVisible();
    await isHarmless(camille, "the archive");
    await open(camille, "/breve/archives?q=script");
    await isHarmless(camille, "what was found");
    await camille.goto("/breve/publique");
    await expect(camille.getByText("alert(1)").first()).toBeVisible();
    await isHarmless(camille, "the public page");
  });

  await test.step("by mail", async () => {
    const folder = join(coop.data, "mail");
    const mail = await until("Camille's copy", () => {
      const copies = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".eml")) : [];
      const texts = copies.map((name) => readFileSync(join(folder, name), "utf8"));
      return texts.find((text) => text.includes(`To: `) && text.includes(CAMILLE.email) && text.includes("List-Id"));
    });
    expect(Buffer.byteLength(mail)).toBeLessThanOrEqual(200_000);
    const { html, text, headerLines } = await simpleParser(mail);
    expect(headerLines.map(({ key }) => key)).toContain("list-unsubscribe-post");
    expect(text).toContain("alert(1)");
    expect(Buffer.byteLength(html as string)).toBeLessThanOrEqual(100_000);
    // A mail program has no policy of ours: read without one, nothing runs either.
    await camille.goto("about:blank");
    await camille.setContent((html as string).replace(/<style[\s\S]*?<\/style>/, "").replace(/ style="[^"]*"/g, "").replace(/<meta [^>]*>/g, ""));
    await isHarmless(camille, "the mail");
  });

  expect([...seen, ...alsoSeen]).toEqual([]);
});
