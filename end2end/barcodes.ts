import { writeFileSync } from "node:fs";

// What a phone's camera sees of a barcode: a film that Chromium takes for its camera.

const LEFT = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"];
const FIRST = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"];

const turned = (pattern: string) => pattern.replaceAll(/[01]/g, (module) => (module === "0" ? "1" : "0"));
const right = (digit: string) => turned(LEFT[Number(digit)]);
const left = (digit: string, set: string) => (set === "L" ? LEFT[Number(digit)] : [...right(digit)].reverse().join(""));

/** These digits, and the one that checks them. */
export function closed(digits: string): string {
  const sum = [...digits].reverse().reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** What the scales print for so many grams of an article: « 21 », as the shop is set. */
export const weighed = (article: string, grams: number) => closed(`21${article}${String(grams).padStart(5, "0")}`);

/** The modules of a code of 8 or 13 digits, `1` for a dark one. */
function modules(code: string): string {
  const sets = code.length === 8 ? "LLLL" : FIRST[Number(code[0])];
  const digits = code.length === 8 ? code : code.slice(1);
  const half = sets.length;
  const before = [...digits.slice(0, half)].map((digit, at) => left(digit, sets[at])).join("");
  const after = [...digits.slice(half)].map(right).join("");
  return `101${before}01010${after}101`;
}

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 12;

/** A film of a hand that holds it before the camera: it moves, tilts, is blurred and badly lit; without a code, of paper. */
export function film(path: string, code?: string) {
  const drawn = code ? modules(code) : "";
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const phase = (2 * Math.PI * frame) / FRAMES;
    const shot = {
      scale: 3.6 + 0.5 * Math.sin(phase),
      x: WIDTH / 2 + 40 * Math.cos(phase),
      y: HEIGHT / 2 + 30 * Math.sin(phase),
      tilt: ((4 * Math.PI) / 180) * Math.sin(phase),
      // Most while it moves most.
      blur: 1 + Math.round(4 * Math.abs(Math.sin(phase))),
    };
    parts.push(Buffer.from("FRAME\n"), luma(drawn, shot), Buffer.alloc((WIDTH * HEIGHT) / 2, 128));
  }
  writeFileSync(path, Buffer.concat(parts));
}

interface Shot {
  scale: number;
  x: number;
  y: number;
  tilt: number;
  blur: number;
}

function luma(drawn: string, { scale, x: middle, y: centre, tilt, blur }: Shot): Buffer {
  const [sin, cos] = [Math.sin(tilt), Math.cos(tilt)];
  const sharp = new Float32Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let dark = 0;
      for (const part of [-0.33, 0, 0.33]) {
        const [across, down] = [x + part - middle, y - centre];
        const along = (across * cos + down * sin) / scale + drawn.length / 2;
        const beside = Math.abs((down * cos - across * sin) / scale);
        if (beside < 25 && drawn[Math.floor(along)] === "1") dark += 1 / 3;
      }
      sharp[y * WIDTH + x] = 200 - 150 * dark;
    }
  }
  const frame = Buffer.alloc(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let [sum, count] = [0, 0];
      for (let away = -(blur >> 1); away <= blur >> 1; away++) {
        const at = x + away;
        if (at < 0 || at >= WIDTH) continue;
        sum += sharp[y * WIDTH + at];
        count += 1;
      }
      // Light from the left, and some noise, the same each time.
      const light = 1 - (0.4 * x) / WIDTH;
      const noise = (((x * 7919 + y * 104_729) % 13) - 6) * 1.2;
      frame[y * WIDTH + x] = Math.max(16, Math.min(235, (sum / count) * light + noise));
    }
  }
  return frame;
}
