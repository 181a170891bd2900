// node subset-font.mjs FROM TO: keeps what French prose, prices and our names need, weights 400 to 800.
import { readFile, rename, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

const [from, to] = process.argv.slice(2);
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
// Neither family has the narrow no-break space (U+202F): shapers make it from the space, which is kept.
const wanted = range(0x20, 0x7e) + range(0xa0, 0xff) + "ŒœŸ–—‘’‚“”„•…‹›€−";
const font = await subsetFont(await readFile(from), wanted, {
  targetFormat: "woff2",
  variationAxes: { wght: { min: 400, max: 800, default: 400 } },
});
await writeFile(`${to}.part`, font);
await rename(`${to}.part`, to);
