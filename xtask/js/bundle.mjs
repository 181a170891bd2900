// node bundle.mjs FROM TO [--minify]: one ES module, with the snippets that wasm-bindgen lays beside its glue.
import { build } from "esbuild";

const [from, to, minify] = process.argv.slice(2);
await build({
  entryPoints: [from],
  outfile: to,
  bundle: true,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  minify: minify === "--minify",
  // Names of published files are already final.
  external: ["/pkg/*"],
  logLevel: "warning",
  // Each loader of a chapter names the script that brings chapters: one name many times, for one and the same script.
  logOverride: { "duplicate-object-key": "silent" },
});
