/** What stands in the app as `text`, whichever spaces French puts between its words; `…` stands for anything. */
export const said = (text: string) =>
  new RegExp(
    text
      .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll(/\s/g, "\\s")
      .replaceAll("…", ".*"),
  );
