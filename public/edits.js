// What buttons and keys do to Markdown: from a text and what is selected in it, to what is put where, and what is selected
// then. Nothing here knows a page.

const PLACEHOLDER = "texte";
export const INLINE = {
  bold: { mark: "**", spans: /\*\*(?=\S).+?(?<=\S)\*\*/g },
  // One star or three: two are bold.
  italic: { mark: "*", spans: /(?<![*\\])(\*|\*{3})(?![\s*]).+?(?<![\s*])\1(?!\*)/g },
};
export const LINES = {
  title: { has: /^#{1,6}\s+/, prefix: () => "# " },
  list: { has: /^\s*[-*+]\s+/, prefix: () => "- " },
  numbered: { has: /^\s*\d{1,9}[.)]\s+/, prefix: (at) => `${at + 1}. ` },
  quote: { has: /^>\s?/, prefix: () => "> ", around: true },
};
export const LINK = /\[((?:\\.|[^\]\\])*)\]\(\s*(?:<([^>\n]*)>|((?:[^\s()]|\([^\s()]*\))*))\s*\)/g;
const LEAD = /^\s*(?:>\s?)*\s*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)?/;

const lineStart = (value, at) => (at > 0 ? value.lastIndexOf("\n", at - 1) + 1 : 0);
const lineEnd = (value, at) => (value.indexOf("\n", at) + 1 || value.length + 1) - 1;

/** The span around what is selected, on its line. */
export function around(value, start, end, spans) {
  const from = lineStart(value, start);
  const line = value.slice(from, lineEnd(value, start));
  for (const match of line.matchAll(spans)) {
    const [open, close] = [from + match.index, from + match.index + match[0].length];
    if (open <= start && end <= close) return { open, close, match };
  }
}

export function inline({ value, start, end }, { mark, spans }) {
  const width = mark.length;
  const there = around(value, start, end, spans);
  if (there) {
    const [from, to] = [there.open, there.close];
    const text = value.slice(from + width, to - width);
    const moved = (at) => Math.min(Math.max(at - width, from), from + text.length);
    return { from, to, text, start: moved(start), end: moved(end) };
  }
  if (value.slice(start, end).includes("\n")) return inlineByLine({ value, start, end }, mark);
  // Stars beside a space would stay stars.
  while (start < end && /\s/.test(value[start])) start++;
  while (start < end && /\s/.test(value[end - 1])) end--;
  if (start === end) {
    const part = /[\p{L}\p{N}’'-]/u;
    while (start > 0 && part.test(value[start - 1])) start--;
    while (end < value.length && part.test(value[end])) end++;
  }
  const words = value.slice(start, end) || PLACEHOLDER;
  return { from: start, to: end, text: mark + words + mark, start: start + width, end: start + width + words.length };
}

function inlineByLine({ value, start, end }, mark) {
  const [from, to] = [lineStart(value, start), lineEnd(value, end)];
  const parts = value.slice(from, to).split("\n").map((line) => {
    const lead = line.match(LEAD)[0];
    const words = line.slice(lead.length).trimEnd();
    return { lead, words, rest: line.slice(lead.length + words.length) };
  });
  const marked = ({ words }) => !words || (words.length > 2 * mark.length && words.startsWith(mark) && words.endsWith(mark));
  const off = parts.every(marked);
  const change = (words) => (off ? words.slice(mark.length, -mark.length) : mark + words + mark);
  const text = parts.map((part) => part.lead + (part.words && (off || !marked(part)) ? change(part.words) : part.words) + part.rest).join("\n");
  return { from, to, text, start: from, end: from + text.length };
}

/** The lines that are touched; one that only its beginning touches is not. */
export function touched({ value, start, end }) {
  const from = lineStart(value, start);
  const to = lineEnd(value, end > start && value[end - 1] === "\n" ? end - 1 : end);
  return { from, to, lines: value.slice(from, to).split("\n") };
}

export const isLined = (lines, { has }) => lines.some((line) => line.trim()) && lines.every((line) => !line.trim() || has.test(line));

export function byLine(field, kind) {
  const { from, to, lines } = touched(field);
  const off = isLined(lines, kind);
  let at = 0;
  const change = (line) => {
    if (!line.trim() && lines.length > 1) return line;
    if (off) return line.replace(kind.has, "");
    const bare = kind.around ? line : line.replace(/^\s*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)/, "");
    return kind.prefix(at++) + bare;
  };
  const text = lines.map(change).join("\n");
  if (lines.length > 1) return { from, to, text, start: from, end: from + text.length };
  const moved = (place) => Math.max(from, place + text.length - lines[0].length);
  return { from, to, text, start: moved(field.start), end: moved(field.end) };
}

/** What Enter does in a list or a quote: goes on with it, or ends it on an empty line. Elsewhere nothing. */
export function nextLine({ value, start, end }) {
  if (start !== end) return;
  const from = lineStart(value, start);
  const line = value.slice(from, lineEnd(value, start));
  const [prefix, quotes, indent, mark, number, after] = line.match(/^((?:>\s?)*)(\s*)(?:([-*+])|(\d{1,9}))?([.)]?\s+)?/);
  const listed = (mark && /^\s/.test(after ?? "")) || (number && /^[.)]\s/.test(after ?? ""));
  if ((!listed && !quotes) || start < from + prefix.length) return;
  const whole = listed ? prefix : quotes;
  if (!line.slice(whole.length).trim()) return { from, to: from + line.length, text: "", start: from, end: from };
  const next = listed ? quotes + indent + (mark ?? Number(number) + 1) + after : quotes;
  return { from: start, to: start, text: `\n${next}`, start: start + 1 + next.length, end: start + 1 + next.length };
}
