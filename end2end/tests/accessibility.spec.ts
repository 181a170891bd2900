import { found, nothingIsFound } from "../axe";
import { ANNE, CAMILLE, IDRIS, KARIM, LEA, MARGAUX, PAUL, THEO } from "../cast";
import { sharedCoop } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { EMPLOYEE_PAGES, everyOfficePage, everyOrganisersPage, everyPage, GOVERNING_PAGES, isOffice, isSheet, PUBLIC, SUPPLY_PAGES } from "../pages";
import { expect, open, test, theLoop } from "../phones";
import { nextShift } from "../shifts";
import { askForCode, mistyped, typeCode } from "../typing";

// axe finds nothing on any page: the floor, not the proof.
test("axe finds nothing on any page of a member's", async ({ phones, baseURL }) => {
  test.slow();
  const camille = await phones.of(sharedCoop(baseURL ?? ""), CAMILLE);
  // A shift that does not exist.
  phones.expect(camille, /404/);
  for (const [name, address] of await everyPage(camille)) {
    if (isOffice(name) || isSheet(name)) continue;
    await open(camille, address);
    await nothingIsFound(camille, name);
  }
});

test("axe finds nothing on any sheet", async ({ phones, baseURL }) => {
  test.slow();
  const camille = await phones.of(sharedCoop(baseURL ?? ""), CAMILLE);
  for (const [name, address] of await everyPage(camille)) {
    if (!isSheet(name)) continue;
    await open(camille, address);
    await expect(camille.getByRole("dialog")).toBeVisible();
    await nothingIsFound(camille, name);
  }
});

test("axe finds nothing on any page of the office's", async ({ phones, baseURL }) => {
  test.slow();
  const margaux = await phones.of(sharedCoop(baseURL ?? ""), MARGAUX);
  for (const [name, address] of await everyOfficePage(margaux)) {
    await open(margaux, address);
    await expect(margaux.getByRole("heading", { level: 1 })).toBeVisible();
    await nothingIsFound(margaux, name);
  }
});

test("axe finds nothing on any page of the organisers', folded away or not", async ({ phones, baseURL }) => {
  test.slow();
  const theo = await phones.of(sharedCoop(baseURL ?? ""), THEO);
  for (const [name, address] of await everyOrganisersPage(theo)) {
    await open(theo, address);
    await expect(theo.getByRole("heading", { level: 1 })).toBeVisible();
    await theo.evaluate(() => document.querySelectorAll("details").forEach((part) => void (part.open = true)));
    await nothingIsFound(theo, name);
  }
});

test("axe finds nothing on any page of Approvisionnement's, folded away or not", async ({ phones, baseURL }) => {
  test.slow();
  const paul = await phones.of(sharedCoop(baseURL ?? ""), PAUL);
  for (const address of SUPPLY_PAGES) {
    await open(paul, address);
    await expect(paul.getByRole("heading", { level: 1 })).toBeVisible();
    await paul.evaluate(() => document.querySelectorAll("details").forEach((part) => void (part.open = true)));
    await nothingIsFound(paul, address);
  }
});

test("axe finds nothing on any page of whoever works for the co-op, folded away or not", async ({ phones, baseURL }) => {
  test.slow();
  const paul = await phones.of(sharedCoop(baseURL ?? ""), PAUL);
  for (const address of EMPLOYEE_PAGES) {
    await open(paul, address);
    await expect(paul.getByRole("heading", { level: 1 })).toBeVisible();
    await paul.evaluate(() => document.querySelectorAll("details").forEach((part) => void (part.open = true)));
    await nothingIsFound(paul, address);
  }
});

test("axe finds nothing on any page of those who govern and of those who run a group, folded away or not", async ({ phones, baseURL }) => {
  test.slow();
  const coop = sharedCoop(baseURL ?? "");
  const [idris, theo] = [await phones.of(coop, IDRIS), await phones.of(coop, THEO)];
  const seen = [...GOVERNING_PAGES.map((address) => [idris, address] as const), [theo, "/groupe/vie-sociale/gerer"] as const];
  for (const [phone, address] of seen) {
    await open(phone, address);
    await expect(phone.getByRole("heading", { level: 1 })).toBeVisible();
    await phone.evaluate(() => document.querySelectorAll("details").forEach((part) => void (part.open = true)));
    await nothingIsFound(phone, address);
  }
});

test("axe finds nothing on events, whatever somebody answered, in each of their lists", async ({ phones, baseURL }) => {
  test.slow();
  const coop = sharedCoop(baseURL ?? "");
  const lea = await phones.of(coop, LEA);
  const full = (await (await Elsewhere.of(coop, LEA)).events()).find(({ event }) => event.terms.details.title === "Soirée soupe");
  for (const address of ["/sorties", "/sorties?voir=miennes", "/sorties?voir=passees", "/sorties?voir=annee", `/sortie/${full?.event.id}`]) {
    await open(lea, address);
    await nothingIsFound(lea, address);
  }
  await lea.setViewportSize({ width: 1280, height: 800 });
  for (const address of ["/sorties", `/sortie/${full?.event.id}`]) {
    await open(lea, address);
    await nothingIsFound(lea, `${address}, wide`);
  }
});

test("axe finds nothing on a wide window, where the week is a grid", async ({ phones, baseURL }) => {
  const phone = await phones.of(sharedCoop(baseURL ?? ""), CAMILLE, { viewport: { width: 1280, height: 800 } });
  for (const address of ["/", "/vacations"]) {
    await open(phone, address);
    await nothingIsFound(phone, `${address}, wide`);
  }
});

test("axe finds nothing on what Idris is asked and on what Karim offers", async ({ phones, baseURL }) => {
  const [idris, karim] = [await phones.of(sharedCoop(baseURL ?? ""), IDRIS), await phones.of(sharedCoop(baseURL ?? ""), KARIM)];
  await open(idris, "/");
  await expect(theLoop(idris, "Léa", "Nour")).toBeVisible();
  await nothingIsFound(idris, "an exchange that waits for a yes");
  const thursday = await nextShift(karim);
  for (const address of [`/vacation/${thursday.id}`, `/vacation/${thursday.id}?feuille=absence`]) {
    await open(karim, address);
    await nothingIsFound(karim, `${address}, offered`);
  }
});

test("axe finds nothing on an act that can be called back", async ({ phones, baseURL }) => {
  const camille = await phones.of(sharedCoop(baseURL ?? ""), CAMILLE);
  const saturday = await nextShift(camille);
  await open(camille, `/vacation/${saturday.id}?feuille=donner`);
  await camille.getByRole("dialog").getByRole("button", { name: "Donner ma place" }).click();
  await expect(camille.getByRole("button", { name: "Annuler" })).toBeVisible();
  const violations = await found(camille);
  await camille.getByRole("button", { name: "Annuler" }).click();
  expect(violations).toEqual([]);
});

test("axe finds nothing before the door", async ({ phones, baseURL }) => {
  const coop = sharedCoop(baseURL ?? "");
  const visitor = await phones.visitor(coop);
  const [email, code, who] = ["/connexion", "/connexion/code", "/connexion/qui"];
  for (const address of [`${email}?retour=%2Fechanges`, `${email}?erreur=session`, "/installer", who, ...PUBLIC]) {
    await visitor.goto(address);
    await nothingIsFound(visitor, address);
  }
  await visitor.goto(email);
  const right = await askForCode(visitor, coop, ANNE.email);
  await nothingIsFound(visitor, code);
  await typeCode(visitor, mistyped(right));
  await expect(visitor.getByRole("alert")).toBeVisible();
  await nothingIsFound(visitor, `${code}, wrong`);
  await typeCode(visitor, right);
  await expect(visitor.getByRole("heading", { name: "Qui es-tu ?" })).toBeVisible();
  await nothingIsFound(visitor, `${who}, two people`);

  // A page of the server's own, without the app.
  phones.expect(visitor, /404/);
  await visitor.goto("/vacation/rien/rien");
  await nothingIsFound(visitor, "an address that leads nowhere");
});
