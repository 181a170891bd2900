import { expectStates } from "../acting";
import { mine } from "../answering";
import { HUGO, LEA, THEO } from "../cast";
import { CoopServer } from "../coop-server";
import { Elsewhere } from "../elsewhere";
import { announce } from "../events";
import { focusIsKept, tabTo } from "../focus";
import { eventOf, formOf, isDone, parisDay } from "../organising";
import { expect, open, test } from "../phones";
import { said } from "../said";

// Nothing here touches the screen: a member answers and takes something on, an organiser makes an event and announces it.
let coop: CoopServer;
let supper: string;
let day: string;

const DAY = 86_400_000;

test.beforeAll(async () => {
  coop = await CoopServer.open("events-keyboard");
  const lea = await Elsewhere.of(coop, LEA);
  const now = Date.parse((await lea.calendar()).as_of);
  day = parisDay(now + 20 * DAY);
  await coop.stop();
  [supper] = announce(coop, [{ title: "Raclette", starts: now + 15 * DAY, capacity: 12, items: [["Pains", 2]], posts: [["Ranger", 1]] }]);
  await coop.start();
});
test.afterAll(() => coop.close());

test("Hugo answers for two, brings a loaf and changes his mind with the keyboard alone", async ({ phones }) => {
  const hugo = await phones.of(coop, HUGO);
  const { keyboard } = hugo;
  await open(hugo, "/sorties");

  await test.step("from the list to the event", async () => {
    await tabTo(hugo, hugo.getByRole("link", { name: "Raclette" }), 200);
    await keyboard.press("Enter");
    await expect(hugo.getByRole("heading", { level: 1, name: "Raclette" })).toBeVisible();
    await expect(hugo).toHaveURL(`/sortie/${supper}`);
  });

  await test.step("yes, with one more", async () => {
    await tabTo(hugo, mine(hugo).getByRole("radio").first(), 120);
    await keyboard.press("Space");
    await expect(mine(hugo).getByRole("radio", { name: /^Oui/ })).toBeChecked();
    await tabTo(hugo, mine(hugo).getByLabel("Combien t’accompagnent ?"));
    await keyboard.press("ArrowDown");
    await tabTo(hugo, mine(hugo).getByRole("button", { name: "Répondre" }));
    await keyboard.press("Enter");
    await expect(mine(hugo)).toContainText(said("Vous venez à 2"));
    await expectStates(hugo, ["applied"]);
    await focusIsKept(hugo);
  });

  await test.step("what he brings, and gives back", async () => {
    const list = hugo.getByRole("region", { name: "Qui apporte quoi" });
    await tabTo(hugo, list.getByRole("button", { name: said("J’apporte : Pains") }), 120);
    await keyboard.press("Enter");
    await expect(list).toContainText(said("1 sur 2 : toi"));
    await focusIsKept(hugo);
    await tabTo(hugo, list.getByRole("button", { name: said("Rendre : Pains") }), 120);
    await keyboard.press("Enter");
    await expect(list).toContainText(said("0 sur 2"));
  });

  await test.step("no, after all", async () => {
    await open(hugo, `/sortie/${supper}`);
    await tabTo(hugo, mine(hugo).getByRole("radio", { checked: true }), 120);
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    await expect(mine(hugo).getByRole("radio", { name: /^Non/ })).toBeChecked();
    await tabTo(hugo, mine(hugo).getByRole("button", { name: "Changer ma réponse" }));
    await keyboard.press("Enter");
    await expect(mine(hugo)).toContainText("Tu ne viens pas");
  });
});

test("Théo makes an event, reads what is wrong, and announces it with the keyboard alone", async ({ phones }) => {
  const theo = await phones.of(coop, THEO, { viewport: { width: 1280, height: 800 } });
  // What is refused comes back as a page.
  phones.expect(theo, /status of 422/);
  const { keyboard } = theo;
  const field = (label: string) => theo.getByLabel(label, { exact: true });
  const types = async (label: string, words: string) => {
    await tabTo(theo, field(label), 60);
    await keyboard.type(words);
  };
  await open(theo, "/organiser");
  await tabTo(theo, theo.getByRole("link", { name: "Annoncer une sortie" }));
  await keyboard.press("Enter");
  await expect(theo.getByRole("heading", { level: 1, name: "Annoncer une sortie" })).toBeVisible();

  await test.step("what is typed from field to field", async () => {
    await tabTo(theo, field("Au nom de"));
    await keyboard.type("Vie");
    await types("Titre", "Galette des rois");
    await types("Description", "Avec du cidre.");
    await types("Où", "À la coop");
    await tabTo(theo, field("Combien de places"), 60);
    await keyboard.type("-1");
    // A day is picked in many ways, each browser's own: the keys come back afterwards.
    await field("Début").fill(`${day}T16:00`);
    await field("Fin").fill(`${day}T18:00`);
    await tabTo(theo, theo.getByRole("button", { name: "Garder en brouillon" }), 60);
    await keyboard.press("Enter");
  });

  await test.step("why not is said, beside the field and for whoever listens to it", async () => {
    await expect(theo.getByRole("alert").filter({ hasText: "Rien n’est fait" })).toContainText("Un nombre de 1 à 2000");
    await expect(field("Combien de places")).toHaveAccessibleDescription(/Un nombre de 1 à 2000/);
    await expect(field("Combien de places")).toHaveAttribute("aria-invalid", "true");
    await tabTo(theo, field("Combien de places"), 120);
    await keyboard.press("Control+a");
    await keyboard.type("12");
    await tabTo(theo, theo.getByRole("button", { name: "Garder en brouillon" }), 60);
    await keyboard.press("Enter");
    await isDone(theo, "Le brouillon est là.");
  });

  await test.step("announced", async () => {
    await tabTo(theo, theo.getByRole("button", { name: "Publier maintenant" }), 120);
    await keyboard.press("Enter");
    await isDone(theo, "C’est publié");
    const lea = await Elsewhere.of(coop, LEA);
    const out = (await lea.events()).find(({ event }) => event.id === eventOf(theo));
    expect(out?.event.terms).toMatchObject({ details: { title: "Galette des rois" }, capacity: 12 });
  });

  await test.step("what is folded away opens with a key, and is cancelled there", async () => {
    const fold = theo.locator("summary").filter({ hasText: "Annuler, avec un mot" });
    await tabTo(theo, fold, 120);
    await keyboard.press("Enter");
    await tabTo(theo, field("Pourquoi"));
    await keyboard.type("Plus de farine");
    await keyboard.press("Enter");
    await isDone(theo, "C’est annulé.");
    await expect(formOf(theo, "Elle a lieu, finalement")).toBeVisible();
  });
});
