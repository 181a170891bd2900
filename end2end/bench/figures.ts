import { appendFileSync } from "node:fs";
import type { Coop } from "../coop-server";

const { BENCH_ADDRESS = "", BENCH_DATA = "", BENCH_FIGURES = "", BENCH_KEPT = "" } = process.env;

/** The co-op under measure. */
export const coop: Coop = { address: BENCH_ADDRESS, data: BENCH_DATA };
/** Where what is slow to fetch may stay. */
export const kept = BENCH_KEPT;

interface Figure {
  what: string;
  value?: number;
  unit?: "ms" | "KiB" | "points" | "count";
  most?: number;
  least?: number;
  /** Something that must be so. */
  so?: boolean;
  /** Why there is no value. */
  missing?: string;
  beside?: string;
  /** Over is said and fails nothing. */
  gentle?: boolean;
}

/** One line for the bench to print. */
export const figure = (figure: Figure) => appendFileSync(BENCH_FIGURES, JSON.stringify(figure) + "\n");

export const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** « 41, 44, 52 » */
export const listed = (values: number[]) => [...values].sort((a, b) => a - b).map((value) => value.toFixed(0)).join(", ");
