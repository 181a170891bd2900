// node subset-font.mjs FROM TO WEIGHT|WEIGHT-WEIGHT: keeps what French prose, prices and our names need, in these weights.
import { readFile, rename, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

const [from, to, weights] = process.argv.slice(2);
const [min, max = min] = weights.split("-").map(Number);
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
// Neither family has the narrow no-break space (U+202F): shapers make it from the space, which is kept.
const wanted = range(0x20, 0x7e) + range(0xa0, 0xff) + "ŒœŸ–—‘’‚“”„•…‹›€−";
const font = await subsetFont(await readFile(from), wanted, {
  targetFormat: "woff2",
  // One weight needs no room to vary.
  variationAxes: { wght: min === max ? min : { min, max, default: min } },
});
await writeFile(`${to}.part`, font);
await rename(`${to}.part`, to);
