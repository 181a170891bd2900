// node draw-icons.mjs: draws public/favicon.svg and every PNG of public/icons. Run by hand when the sign changes;
// the results are committed. Needs a Chromium (CHROMIUM, or the system's).
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const root = new URL("../../", import.meta.url);
const [fir, paper, honey] = ["#1f5a3f", "#fffdf8", "#e9b63b"];

// A summit that is an A, with an ear of wheat in its door. 512 units wide, drawn around its centre.
function sign(line, ear) {
  const grain = (y) =>
    `<path d="M212 ${y}c-4-28-24-45-51-47 0 29 20 47 51 47zm0 0c4-28 24-45 51-47 0 29-20 47-51 47z"/>`;
  return `
    <path fill="none" stroke="${line}" stroke-width="36" stroke-linejoin="round" stroke-linecap="round"
      d="M44 400 184 143q28-48 56 0l140 257M330 306l31-53q22-36 44 0l84 147"/>
    <g fill="${ear}">${grain(402)}${grain(346)}${grain(290)}
      <path d="M212 242c-22-20-22-44 0-66 22 22 22 46 0 66z"/></g>`;
}
const at = (scale, content) => `<g transform="translate(256 256) scale(${scale}) translate(-266 -258)">${content}</g>`;
const svg = (content) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${content}</svg>`;

const rounded = svg(`<rect width="512" height="512" rx="116" fill="${fir}"/>${at(0.86, sign(paper, honey))}`);
const full = (scale) => svg(`<rect width="512" height="512" fill="${fir}"/>${at(scale, sign(paper, honey))}`);
const mono = svg(at(0.86, sign("#fff", "#fff")));

async function shortcut(name) {
  const drawing = await readFile(new URL(`node_modules/lucide-static/icons/${name}.svg`, root), "utf8");
  const inside = drawing.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "");
  return svg(
    `<circle cx="256" cy="256" r="256" fill="#dcebdf"/><g transform="translate(124 124) scale(11)" fill="none" stroke="${fir}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inside}</g>`,
  );
}

const pictures = [
  ["icons/icon-192.png", 192, rounded],
  ["icons/icon-512.png", 512, rounded],
  ["icons/maskable-192.png", 192, full(0.68)],
  ["icons/maskable-512.png", 512, full(0.68)],
  ["icons/mono-96.png", 96, mono],
  ["icons/mono-192.png", 192, mono],
  ["icons/mono-512.png", 512, mono],
  ["icons/shortcut-vacations.png", 96, await shortcut("calendar-days")],
  ["icons/shortcut-echanges.png", 96, await shortcut("arrow-left-right")],
  ["icons/shortcut-carte.png", 96, await shortcut("id-card")],
  ["apple-touch-icon.png", 180, full(0.78)],
];

await mkdir(new URL("public/icons", root), { recursive: true });
await writeFile(new URL("public/favicon.svg", root), rounded.replace(/\s+/g, " ").replaceAll("> <", "><") + "\n");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, size, drawing] of pictures) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  await page.screenshot({ path: fileURLToPath(new URL(`public/${name}`, root)), omitBackground: true });
  await page.close();
}
await browser.close();
