import type { Page } from "@playwright/test";
import { expectStates, line, online, WAITS } from "../acting";
import { nothingIsFound } from "../axe";
import { ANNE, BRUNO, CAMILLE, HUGO, IDRIS, INES, KARIM, LEA, MARGAUX, NOUR, PAUL, SOLENE, THEO, type Member } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { tabTo } from "../focus";
import { isDone, unfold } from "../organising";
import { NEXT_ASSEMBLY } from "../pages";
import { expect, isReadyForTheCellar, news, NO_NETWORK, open, test, told } from "../phones";
import { theRegister } from "../register";
import { said } from "../said";

// The assembly of the demo co-op: who comes and who votes for whom, without a network too; its day, on several screens.
let coop: CoopServer;

test.beforeAll(async () => {
  coop = await CoopServer.open("assembly");
});
test.afterAll(() => coop.close());

const mine = (phone: Page) => phone.getByRole("region", { name: "Et toi ?" });
const figure = (phone: Page) => phone.locator(".quorum__figure");
const voices = async (phone: Page) => Number((await figure(phone).textContent())?.replaceAll(/\D/g, ""));

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("Hugo says that he does not come after all, and has Léa vote for him, by plain forms", async ({ phones }) => {
    const hugo = await phones.of(coop, HUGO);
    await hugo.goto("/ag");
    await mine(hugo).getByRole("button", { name: "Finalement, non" }).click();
    await expect(hugo).toHaveURL(/\/ag\?act=/);
    await expect(mine(hugo)).toContainText("Tu as dit que tu ne viens pas");
    await hugo.goto("/ag/pouvoir");
    await hugo.getByLabel("À qui").selectOption({ label: LEA.short });
    await hugo.getByRole("button", { name: "Donner mon pouvoir" }).click();
    await expect(hugo.getByRole("region", { name: "Ta voix" })).toContainText(said("Léa G. vote pour toi."));
  });
});

test("Nour gives her voice to Karim without a network, from a cold start; he may carry two, and Camille asks too late", async ({ phones }) => {
  const [nour, karim, camille] = [await phones.of(coop, NOUR), await phones.of(coop, KARIM), await phones.of(coop, CAMILLE)];
  for (const phone of [nour, karim, camille]) phones.expect(phone, NO_NETWORK);
  await open(nour, "/ag");
  await isReadyForTheCellar(nour);
  await nothingIsFound(nour, "the assembly");

  await test.step("in the cellar she reads it all, says that she comes, and thinks again", async () => {
    await coop.stop();
    await nour.goto("/ag/documents");
    await expect(nour.getByRole("article", { name: "Le rapport d’activité" })).toContainText(said("430 membres"));
    await nour.goto("/ag");
    await mine(nour).getByRole("button", { name: "Je viens", exact: true }).click();
    await expect(mine(nour)).toContainText(said("Tu as dit « je viens »"));
    await expect(mine(nour)).toContainText(WAITS);
    await nour.goto("/ag/pouvoir");
    await nour.getByLabel("À qui").selectOption({ label: KARIM.short });
    await nour.getByRole("button", { name: "Donner mon pouvoir" }).click();
    const voice = nour.getByRole("region", { name: "Ta voix" });
    await expect(voice).toContainText(said("Karim B. vote pour toi."));
    await expect(voice).toContainText(WAITS);
    await nothingIsFound(nour, "a proxy that has not left");
    await nour.reload();
    await expect(voice).toContainText(WAITS);
    await coop.start();
    await online(nour);
    await expectStates(nour, ["applied", "applied"]);
    await expect(told(nour, said("Karim B. porte ta voix : 2 pouvoirs sur 2."))).toBeAttached();
  });

  await test.step("he is told, and reads for whom he votes", async () => {
    await open(karim, "/");
    await expect(news(karim, "Un pouvoir est donné.").first()).toContainText(said("Nour L. te confie sa voix"));
    await open(karim, "/ag/pouvoir");
    await expect(karim.getByRole("region", { name: "Ceux que tu portes" }).getByRole("listitem")).toHaveCount(2);
    await nothingIsFound(karim, "proxies that one carries");
  });

  await test.step("a third one is refused, with the figure and what to do", async () => {
    await open(camille, "/ag/pouvoir");
    await camille.getByLabel("À qui").selectOption({ label: KARIM.short });
    await camille.getByRole("button", { name: "Donner mon pouvoir" }).click();
    const card = camille.getByRole("article").filter({ hasText: said("Karim B. porte déjà 2 pouvoirs, c’est le maximum.") });
    await expect(card).toContainText("Demande à un autre membre qui vient.");
    await expect(camille.getByRole("button", { name: "Donner mon pouvoir" })).toBeVisible();
  });

  await test.step("Nour takes hers back, and it is gone on his phone at once", async () => {
    await nour.getByRole("button", { name: /^Retirer mon pouvoir/ }).click();
    await expect(karim.getByRole("region", { name: "Ceux que tu portes" }).getByRole("listitem")).toHaveCount(1);
    await open(karim, "/");
    await expect(news(karim, "Un pouvoir ne vaut plus.")).toContainText(said("Nour L. reprend sa voix"));
  });

  await test.step("he does not come after all: he reads what that does, and Anne that her voice is hers again", async () => {
    const anne = await phones.of(coop, ANNE);
    await open(anne, "/ag");
    await expect(mine(anne)).toContainText(said("Karim B. vote pour toi."));
    await open(karim, "/ag");
    await expect(mine(karim)).toContainText(said("Si tu dis que tu ne viens pas, il lui est rendu"));
    await mine(karim).getByRole("button", { name: "Finalement, non" }).click();
    await expectStates(karim, ["applied"]);
    await expect(mine(anne)).toContainText(said("Karim B. ne peut plus porter ta voix."));
    const offered = camille.getByLabel("À qui").locator("option").filter({ hasText: KARIM.short });
    await expect(offered, "whoever does not come is asked in vain").toHaveCount(0, { timeout: 10_000 });
    await nothingIsFound(anne, "a voice that was given back");
    await open(anne, "/");
    await expect(news(anne, "Un pouvoir ne vaut plus.")).toContainText(said("Karim B. ne peut pas porter ta voix"));
  });
});

test("Léa says otherwise why she stands, and what she types stays while others come", async ({ phones }) => {
  const [lea, theo] = [await phones.of(coop, LEA), await phones.of(coop, THEO)];
  await open(lea, "/ag");
  await unfold(lea, "Ta candidature");
  await lea.getByLabel("Pourquoi toi").fill("Pour les vélos <i>et</i> le pain");
  await open(theo, "/ag");
  await mine(theo).getByRole("button", { name: "Finalement, non" }).click();
  await expectStates(theo, ["applied"]);
  await expect(lea.getByLabel("Pourquoi toi")).toHaveValue("Pour les vélos <i>et</i> le pain");
  await lea.getByRole("button", { name: "Enregistrer", exact: true }).click();
  const standing = theo.getByRole("region", { name: said("Le comité : 6 sièges à pourvoir") });
  await expect(standing.getByRole("listitem").filter({ hasText: LEA.short })).toContainText("Pour les vélos <i>et</i> le pain");
});

/** An hour before it begins: so many are there already, none of them of the cast. */
async function itsDay(there: number) {
  const { as_of, assemblies } = await (await Elsewhere.of(coop, LEA)).groups();
  const starts = assemblies.find(({ id }) => id === NEXT_ASSEMBLY)?.starts_at ?? "";
  const cast = [ANNE, BRUNO, CAMILLE, HUGO, IDRIS, INES, KARIM, LEA, MARGAUX, NOUR, PAUL, SOLENE, THEO].map(({ email }) => `'${email}'`);
  await coop.stop();
  theRegister(
    coop.data,
    `insert into assembly_sign_in (assembly_id, member_id, at, how, by_member)
     select c.assembly_id, c.member_id, c.done_at, 'list', c.member_id from assembly_convocation c join member m using (member_id)
     where c.assembly_id = '${NEXT_ASSEMBLY}' and c.done_at is not null and m.email not in (${cast.join(", ")})
     and not exists (select from proxy p where p.assembly_id = c.assembly_id and p.from_member = c.member_id and p.ended_at is null)
     order by c.member_id limit ${there}`,
  );
  await coop.start();
  await coop.pass({ minutes: Math.round((Date.parse(starts) - Date.parse(as_of)) / 60_000) - 60 });
}

/** By the number on their card. */
async function signsIn(door: Page, who: Member, name: string) {
  const { number } = (await (await Elsewhere.of(coop, who)).me()).profile;
  const card = door.getByRole("region", { name: "Par la carte" });
  await card.getByLabel("Le numéro de la carte").fill(`alpar:${String(number).padStart(4, "0")}`);
  await card.getByRole("button", { name: "Signer" }).click();
  await isDone(door, `${name} est là`);
}

test("on its day the quorum moves on two screens, and Nour and Camille vote in secret on their phones", async ({ phones }) => {
  test.slow();
  const [nour, camille, solene] = [await phones.of(coop, NOUR), await phones.of(coop, CAMILLE), await phones.of(coop, SOLENE)];
  const wall = await phones.of(coop, IDRIS, { viewport: { width: 1280, height: 800 } });
  for (const phone of [nour, camille, solene, wall]) phones.expect(phone, NO_NETWORK);
  phones.expect(solene, /422/);
  await open(nour, "/ag");
  await itsDay(95);

  await test.step("Idris opens it", async () => {
    await open(wall, `/ag/seance/${NEXT_ASSEMBLY}`);
    await nothingIsFound(wall, "an assembly before it opens");
    await wall.getByRole("checkbox", { name: said("Oui, ouvrir") }).check();
    await wall.getByRole("button", { name: "Ouvrir l’assemblée" }).click();
    await isDone(wall, "L’assemblée est ouverte.");
  });

  await test.step("each arrival is on both screens, without a touch", async () => {
    await open(camille, "/ag");
    await open(nour, "/ag");
    await open(solene, `/ag/emargement/${NEXT_ASSEMBLY}`);
    await nothingIsFound(solene, "the door");
    const before = await voices(camille);
    await expect(figure(wall)).toHaveText(said(`${before} voix`));
    await signsIn(solene, NOUR, "Nour Lefèvre");
    await expect(figure(camille)).toHaveText(said(`${before + 1} voix`), { timeout: 2_000 });
    await expect(figure(wall)).toHaveText(said(`${before + 1} voix`), { timeout: 8_000 });
    await signsIn(solene, CAMILLE, "Camille Morel");
    await expect(figure(nour)).toHaveText(said(`${before + 2} voix`), { timeout: 2_000 });
    await expect(figure(wall)).toHaveText(said(`${before + 2} voix`), { timeout: 8_000 });
    await nothingIsFound(wall, "an assembly that sits");
    await solene.getByLabel("Le numéro de la carte").fill("99999");
    await solene.getByRole("region", { name: "Par la carte" }).getByRole("button", { name: "Signer" }).click();
    await expect(solene.getByRole("alert").filter({ hasText: "Aucun membre n’a ce numéro" })).toBeVisible();
  });

  const vote = said("Voter : Ouvrir le lundi soir");
  await test.step("a vote is opened, and is on their phones at once", async () => {
    await expect(nour.getByRole("link", { name: vote })).toHaveCount(0);
    await wall.getByRole("button", { name: said("Ouvrir le vote : Ouvrir le lundi soir") }).click();
    await isDone(wall, "Le vote est ouvert.");
    await expect(nour.getByRole("link", { name: vote })).toBeVisible({ timeout: 2_000 });
    await expect(camille.getByRole("link", { name: vote })).toBeVisible({ timeout: 2_000 });
  });

  await test.step("voting needs the network, and says why", async () => {
    const where = (await nour.getByRole("link", { name: vote }).getAttribute("href")) ?? "";
    await isReadyForTheCellar(nour);
    await coop.stop();
    await nour.goto("/ag");
    await expect(line(nour, said("un vote ne s’envoie pas plus tard"))).toBeVisible();
    await nour.goto(where);
    await expect(nour.getByRole("heading", { name: "Il faut le réseau, cette fois" })).toBeVisible();
    await coop.start();
    await open(nour, "/ag");
  });

  let code = "";
  await test.step("Nour votes, once, and has her receipt", async () => {
    await nour.getByRole("link", { name: vote }).click();
    await expect(nour.getByRole("group", { name: "Ta voix" })).toBeVisible();
    await nothingIsFound(nour, "a ballot");
    await nour.getByRole("radio", { name: "Pour", exact: true }).check();
    await nour.getByRole("button", { name: "Voter" }).click();
    await isDone(nour, "A voté. C’est compté, une fois.");
    code = (await nour.locator(".receipt__code").textContent()) ?? "";
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(nour.url(), "the code stands in no address").not.toContain(code);
    await nothingIsFound(nour, "a receipt");
    await nour.getByRole("link", { name: "Revenir à l’assemblée" }).click();
    await expect(nour.getByRole("region", { name: "Ce qui est mis au vote" })).toContainText("Ta voix a voté");
    await expect(nour.getByRole("link", { name: vote })).toHaveCount(0);
  });

  await test.step("Camille votes with the keyboard alone", async () => {
    const where = (await camille.getByRole("link", { name: vote }).getAttribute("href")) ?? "";
    await camille.goto(where);
    await tabTo(camille, camille.getByRole("radio", { name: "Pour", exact: true }));
    await camille.keyboard.press("Space");
    await tabTo(camille, camille.getByRole("button", { name: "Voter" }));
    await camille.keyboard.press("Enter");
    await isDone(camille, "A voté.");
    await camille.goto(where);
    await expect(camille.getByRole("heading", { name: "C’est voté" })).toBeVisible();
  });

  await test.step("it closes: what it came to is on her phone, and her ballot in the list, without her name", async () => {
    await open(wall, `/ag/seance/${NEXT_ASSEMBLY}`);
    const point = wall.getByRole("region", { name: "Les votes" }).getByRole("listitem").filter({ hasText: "Ouvrir le lundi soir" });
    await point.getByRole("checkbox", { name: said("Tout le monde a voté") }).check();
    await point.getByRole("button", { name: /^Clore le vote/ }).click();
    await isDone(wall, "Le vote est clos.");
    const votes = nour.getByRole("region", { name: "Ce qui est mis au vote" });
    await expect(votes.getByRole("listitem").filter({ hasText: "Ouvrir le lundi soir" })).toContainText(said("2 pour, 0 contre"));
    await nour.getByRole("link", { name: said("Tous les bulletins : Ouvrir le lundi soir") }).click();
    await expect(nour.getByRole("row").filter({ hasText: code })).toContainText("Pour");
    await expect(nour.getByRole("main")).not.toContainText(NOUR.short);
    await expect(nour.getByRole("status").filter({ hasText: said("le même résultat") })).toBeVisible();
    await nothingIsFound(nour, "all ballots");
  });
});

/** What stands on the wall of one vote. */
const pointOf = (wall: Page, title: string) =>
  wall.getByRole("region", { name: "Les votes" }).getByRole("listitem").filter({ hasText: said(title) });

async function closesTheVote(wall: Page, title: string) {
  await open(wall, `/ag/seance/${NEXT_ASSEMBLY}`);
  await pointOf(wall, title).getByRole("checkbox", { name: said("Tout le monde a voté") }).check();
  await pointOf(wall, title).getByRole("button", { name: /^Clore le vote/ }).click();
  await isDone(wall, "Le vote est clos.");
}

/** The address of a vote in the hands of its tellers. */
async function pollOf(title: string) {
  const { assemblies } = await (await Elsewhere.of(coop, LEA)).groups();
  const { resolutions } = assemblies.find(({ id }) => id === NEXT_ASSEMBLY) ?? { resolutions: [] };
  return `/ag/scrutin/${resolutions.find((known) => known.title === title)?.id}`;
}

async function counts(teller: Page, poll: string, figures: [pour: number, contre: number, abstentions: number]) {
  await open(teller, poll);
  const form = teller.getByRole("region", { name: "Compter les mains" });
  for (const [at, label] of ["Pour", "Contre", "Abstentions"].entries()) {
    await form.getByLabel(label, { exact: true }).fill(String(figures[at]));
  }
  await form.getByRole("button", { name: /mon comptage$/ }).click();
  await isDone(teller, "Ton comptage est noté.");
}

test("hands are counted by two, an election comes out even, lots are drawn, and the minutes say it all", async ({ phones }) => {
  test.slow();
  const [nour, camille] = [await phones.of(coop, NOUR), await phones.of(coop, CAMILLE)];
  const [hugo, solene] = [await phones.of(coop, HUGO), await phones.of(coop, SOLENE)];
  const wall = await phones.of(coop, IDRIS, { viewport: { width: 1280, height: 800 } });
  for (const phone of [nour, camille, wall]) phones.expect(phone, NO_NETWORK, /422/);
  await open(nour, "/ag");
  const votes = nour.getByRole("region", { name: "Ce qui est mis au vote" });
  const voted = (title: string) => votes.getByRole("listitem").filter({ hasText: said(title) });

  await test.step("two tellers count raised hands, and what they say differently does not hold", async () => {
    const title = "Approuver les comptes de l’année";
    const poll = await pollOf(title);
    await open(wall, `/ag/seance/${NEXT_ASSEMBLY}`);
    await wall.getByRole("button", { name: said(`Ouvrir le vote : ${title}`) }).click();
    await isDone(wall, "Le vote est ouvert.");
    await expect(nour.getByRole("link", { name: said(`Voter : ${title}`) }), "hands are raised in the room").toHaveCount(0);
    await counts(hugo, poll, [60, 3, 2]);
    await open(solene, poll);
    await expect(solene.getByRole("main"), "she has not said hers").not.toContainText(said("60 pour"));
    await nothingIsFound(solene, "what a teller counts");
    await counts(solene, poll, [60, 4, 2]);
    await closesTheVote(wall, title);
    await pointOf(wall, title).getByRole("button", { name: /^Proclamer/ }).click();
    await expect(wall.getByRole("alert").filter({ hasText: said("Les comptages ne disent pas la même chose") })).toBeVisible();
    await counts(solene, poll, [60, 3, 2]);
    await pointOf(wall, title).getByRole("button", { name: /^Proclamer/ }).click();
    await isDone(wall, "Le résultat est proclamé");
    await expect(voted(title)).toContainText(said("60 pour, 3 contre, 2 abstentions"));
    await expect(voted(title)).toContainText("Adoptée");
  });

  await test.step("at equality nothing is adopted", async () => {
    const title = "Mettre le résultat en réserve";
    const poll = await pollOf(title);
    await open(wall, `/ag/seance/${NEXT_ASSEMBLY}`);
    await wall.getByRole("button", { name: said(`Ouvrir le vote : ${title}`) }).click();
    await isDone(wall, "Le vote est ouvert.");
    for (const teller of [hugo, solene]) await counts(teller, poll, [30, 30, 1]);
    await closesTheVote(wall, title);
    await pointOf(wall, title).getByRole("button", { name: /^Proclamer/ }).click();
    await isDone(wall, "Le résultat est proclamé");
    await expect(voted(title)).toContainText("Rejetée");
  });

  const election = "Élire six personnes au comité";
  const poll = await pollOf(election);
  await test.step("two more stand up in the room, and the election is opened", async () => {
    for (let more = 0; more < 2; more++) {
      await open(wall, `/ag/seance/${NEXT_ASSEMBLY}`);
      const who = wall.getByLabel("Qui se présente");
      // Whoever stands already is not offered; a newcomer is, and was not called.
      const names = await who.locator("option").allTextContents();
      const at = names.findIndex((name) => [ANNE, BRUNO, KARIM, PAUL].some(({ short }) => name.startsWith(short.replace(/\.$/, ""))));
      expect(at, "somebody who was called").toBeGreaterThan(0);
      await who.selectOption({ index: at });
      await wall.getByRole("button", { name: "Noter la candidature" }).click();
      await isDone(wall, "La candidature est notée.");
    }
    await wall.getByRole("button", { name: said(`Ouvrir le vote : ${election}`) }).click();
    await isDone(wall, "Le vote est ouvert.");
  });

  const toVote = said(`Voter : ${election}`);
  const names = (phone: Page) => phone.locator('input[name^="nom-"]');
  await test.step("Nour ticks one name too many: her ballot comes back as it was", async () => {
    await nour.getByRole("link", { name: toVote }).click();
    expect(await names(nour).count()).toBeGreaterThanOrEqual(7);
    for (let at = 0; at < 7; at++) await names(nour).nth(at).check();
    await nour.getByRole("button", { name: "Voter" }).click();
    await expect(nour.getByRole("alert").filter({ hasText: said("Un bulletin porte 6 noms au plus.") })).toBeVisible();
    await expect(names(nour).nth(6)).toBeChecked();
    await names(nour).nth(6).uncheck();
    await nour.getByRole("button", { name: "Voter" }).click();
    await isDone(nour, "A voté.");
  });

  await test.step("Camille has two pages open, and one vote", async () => {
    await open(camille, "/ag");
    const where = (await camille.getByRole("link", { name: toVote }).getAttribute("href")) ?? "";
    const second = await camille.context().newPage();
    for (const page of [camille, second]) {
      await page.goto(where);
      for (const at of [0, 1, 2, 3, 4, 6]) await names(page).nth(at).check();
    }
    await camille.getByRole("button", { name: "Voter" }).click();
    await isDone(camille, "A voté.");
    await second.getByRole("button", { name: "Voter" }).click();
    await expect(second.getByRole("alert").filter({ hasText: "Cette voix a déjà voté" })).toBeVisible();
    await second.close();
  });

  await test.step("the last seat is between two, and nothing closes before it is drawn", async () => {
    await closesTheVote(wall, election);
    await expect(pointOf(wall, election)).toContainText(said("5 personnes élues, 1 siège à tirer au sort"));
    await wall.getByRole("checkbox", { name: said("Oui, clore") }).check();
    await wall.getByRole("button", { name: "Clore l’assemblée" }).click();
    await expect(wall.getByRole("alert").filter({ hasText: said("Un vote n’est pas fini") })).toBeVisible();
    for (const teller of [hugo, solene]) {
      await open(teller, poll);
      const lots = teller.getByRole("region", { name: "Tirer au sort" });
      await expect(lots.getByRole("checkbox")).toHaveCount(2);
      await nothingIsFound(teller, "lots that are drawn");
      await lots.getByRole("checkbox").first().check();
      await lots.getByLabel("Comment, et devant qui").fill("Deux papiers, devant tout le monde");
      await lots.getByRole("button", { name: "Dire ce que j’ai vu" }).click();
      await isDone(teller, "Ton constat du tirage au sort est noté.");
    }
    await open(nour, "/ag");
    await expect(voted(election)).toContainText(said("6 personnes élues"));
    await expect(voted(election)).toContainText("Deux papiers, devant tout le monde");
    await nour.getByRole("link", { name: said(`Tous les bulletins : ${election}`) }).click();
    await expect(nour.getByRole("status").filter({ hasText: said("le même résultat") })).toBeVisible();
  });

  await test.step("it is closed, and the figures stand in the minutes already", async () => {
    await open(wall, `/ag/seance/${NEXT_ASSEMBLY}`);
    await wall.getByRole("checkbox", { name: said("Oui, clore") }).check();
    await wall.getByRole("button", { name: "Clore l’assemblée" }).click();
    await isDone(wall, "L’assemblée est close.");
    await open(wall, `/ag/compte-rendu/${NEXT_ASSEMBLY}`);
    const text = wall.getByLabel("Le procès-verbal", { exact: true });
    const drafted = await text.inputValue();
    for (const part of ["60 pour, 3 contre, 2 abstentions", "Le tirage au sort a désigné", "2 pour, 0 contre"]) {
      expect(drafted).toContain(part);
    }
    await text.fill(`${drafted}\n\nOn a bu un verre.`);
    await wall.getByRole("button", { name: "Enregistrer le procès-verbal" }).click();
    await isDone(wall, "Le procès-verbal est enregistré");
    await nothingIsFound(wall, "minutes");
  });

  await test.step("what was adopted is in the register, and the minutes are read without a network", async () => {
    await open(wall, `/ag/preparer/${NEXT_ASSEMBLY}`);
    await wall.getByRole("button", { name: "Inscrire au registre des décisions" }).click();
    await isDone(wall, "Les résolutions adoptées sont au registre des décisions.");
    await open(nour, "/decisions");
    await expect(nour.getByRole("main")).toContainText("Approuver les comptes de l’année");
    await expect(nour.getByRole("main")).not.toContainText("Mettre le résultat en réserve");
    await open(nour, "/ag");
    const minutes = nour.getByRole("region", { name: "Le procès-verbal" });
    await expect(minutes).toContainText("On a bu un verre.");
    await isReadyForTheCellar(nour);
    await coop.stop();
    await nour.goto("/ag");
    await expect(minutes).toContainText("On a bu un verre.");
    await coop.start();
  });
});

test("Idris prepares another one: what is wrong comes back, and the notice is held", async ({ phones }) => {
  const idris = await phones.of(coop, IDRIS);
  phones.expect(idris, /422/);
  await open(idris, "/ag/preparer");
  await unfold(idris, "Prévoir une assemblée");
  const form = idris.locator("form").filter({ has: idris.getByRole("button", { name: "Prévoir", exact: true }) });
  await form.getByLabel("Titre", { exact: true }).fill("Les statuts <b>");
  await form.getByLabel("Où").fill("À la coop");
  await form.getByRole("button", { name: "Prévoir", exact: true }).click();
  await expect(idris.getByRole("alert").filter({ hasText: said("Dis quand elle commence") })).toBeVisible();
  await expect(form.getByLabel("Titre", { exact: true })).toHaveValue("Les statuts <b>");
  const { as_of: now } = await (await Elsewhere.of(coop, IDRIS)).groups();
  const soon = new Date(Date.parse(now) + 3 * 24 * 3_600_000).toISOString().slice(0, 10);
  await form.getByLabel("Début").fill(`${soon}T19:00`);
  await form.getByLabel("L’ordre du jour", { exact: true }).fill("- Les statuts");
  await form.getByRole("button", { name: "Prévoir", exact: true }).click();
  await isDone(idris, "L’assemblée est prévue.");
  await idris.getByRole("link", { name: said("Les statuts <b>") }).click();
  await idris.getByRole("checkbox", { name: said("Oui, convoquer tous les membres") }).check();
  await idris.getByRole("button", { name: "Convoquer les membres" }).click();
  await expect(idris.getByRole("alert").filter({ hasText: said("Le préavis est de 15 jours") })).toBeVisible();
  await nothingIsFound(idris, "an assembly that is prepared");
});
