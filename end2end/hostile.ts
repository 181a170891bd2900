import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** What people have typed to make somebody else's browser act: the renderer's own collection. */
export const ATTEMPTS: string[] = readFileSync(resolve(import.meta.dirname, "../prose/tests/hostile.txt"), "utf8")
  .split("\n")
  .filter((line) => !line.startsWith("# ") || line.includes("{"))
  .join("\n")
  .split(/^%$/m)
  .map((attempt) => attempt.replace(/^\n|\n$/g, "").replace(/⟨([0-9A-Fa-f]+)⟩/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16))))
  .filter((attempt) => attempt.trim())
  // No field takes this one: what has it in it is not understood at all.
  .map((attempt) => attempt.replaceAll("\0", "\uFFFD"));

/** Addresses that run something, or leave the web. */
export const ADDRESSES = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\tscript:alert(1)",
  "javascript&colon;alert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:image/svg+xml;base64,PHN2Zy8+",
  "blob:https://xss.example/1",
  "file:///etc/passwd",
  "ftp://xss.example/",
  "//xss.example/",
  "\\\\xss.example\\",
  "/\\xss.example",
  "https:xss",
  "intent://xss#Intent;end",
];
