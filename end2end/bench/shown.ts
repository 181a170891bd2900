import type { Page } from "@playwright/test";

/** The page's main thread is so many times slower from here on. */
export async function slower(page: Page, rate: number) {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate });
}

/** In the page: what the measures need, before anything of ours runs. */
export function prepare() {
  const seen = (selector: string) =>
    [...document.querySelectorAll(selector)].some((element) => element.checkVisibility({ checkOpacity: true }));
  /** When the frame that shows the page as it is now was handed over: milliseconds since the navigation. */
  const painted = () =>
    new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      }),
    );
  /** What is not seen within so many milliseconds never is: the measure says so and ends. */
  const patience = 60_000;
  const bench = {
    /** Sum of the layout shifts that nobody asked for. */
    shifted: 0,
    seen,
    /** Resolves with the first frame in which `selector` is seen. */
    first: (selector: string) =>
      new Promise<number>((resolve, reject) => {
        const look = () => {
          if (!seen(selector)) return false;
          clearTimeout(end);
          watch.disconnect();
          void painted().then(resolve);
          return true;
        };
        const end = setTimeout(() => {
          watch.disconnect();
          reject(new Error(`${selector} is not seen on ${location.href}, which shows: ${document.body?.innerText.slice(0, 300)}`));
        }, patience);
        const watch = new MutationObserver(look);
        if (!look()) watch.observe(document, { childList: true, subtree: true, attributes: true });
      }),
    /** Milliseconds from the next tap to the frame in which `selector` is seen, or is not any more. */
    afterTap: (selector: string, gone: boolean) =>
      new Promise<number>((resolve) =>
        addEventListener(
          "click",
          ({ timeStamp }) => {
            const look = () =>
              requestAnimationFrame(() => {
                if (seen(selector) === gone) return look();
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => resolve(performance.now() - timeStamp);
                port2.postMessage(null);
              });
            look();
          },
          { capture: true, once: true },
        ),
      ),
  };
  Object.assign(globalThis, { bench });
  try {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        if (!entry.hadRecentInput) bench.shifted += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  } catch {
    // An empty page has no layout to watch.
  }
}

type Bench = {
  bench: {
    shifted: number;
    first: (selector: string) => Promise<number>;
    afterTap: (selector: string, gone: boolean) => Promise<number>;
  };
};

export const firstSeen = (page: Page, selector: string) =>
  page.evaluate((selector) => (globalThis as unknown as Bench).bench.first(selector), selector);

export const shifted = (page: Page) => page.evaluate(() => (globalThis as unknown as Bench).bench.shifted);

/** Taps, and tells how long it took until `selector` was on the screen (or off it). */
export async function tap(page: Page, target: string, selector: string, gone = false): Promise<number> {
  const shown = page.evaluate(
    ([selector, gone]) => (globalThis as unknown as Bench).bench.afterTap(selector, gone),
    [selector, gone] as const,
  );
  await page.locator(target).first().tap();
  return shown;
}
