// What a start needs is asked for at once, and compiled while it comes; the app takes its chapters from here (xtask/src/split.rs),
// and may give them up. In the shell it is inline, before anything else is read; of the server's page it is part of the boot
// script, which finds it done on the shell. Written so that browsers below the floor read it: this is where it is found out.
if (!self.alparAhead) self.alparAhead = (() => {
  const capable =
    typeof WebAssembly === "object" &&
    "CompressionStream" in self && // Safari 16.4, Firefox 113
    "indexedDB" in self &&
    "locks" in navigator && // pages served over https, or from this machine
    typeof HTMLDialogElement === "function";
  if (!capable) return undefined;

  /** The pages of the app: pattern, chapter, and the address of its module. */
  const PAGES = {{pages}};
  const ahead = new Map();

  function begin(address) {
    const stop = new AbortController();
    const coming = WebAssembly.compileStreaming(fetch(address, { credentials: "same-origin", signal: stop.signal }));
    // Whoever takes it hears of it.
    coming.catch(() => {});
    ahead.set(address, { coming, stop });
    return coming;
  }

  // What takes acts comes after that which starts the app: what is shown waits for it only where an act does.
  begin("{{alpar_bg.wasm}}").then(
    () => void begin("{{acts.wasm}}"),
    () => {},
  );

  const asked = location.pathname.split("/");
  const fits = (part, i) => (part.startsWith(":") ? asked[i] !== "" : part === asked[i]);
  const page = PAGES.map(([pattern, ...rest]) => [pattern.split("/"), ...rest]).find(([wanted]) => wanted.length === asked.length && wanted.every(fits));
  if (page) {
    const [, chapter, address] = page;
    document.documentElement.dataset.chapter = chapter;
    ahead.page = address;
    begin(address);
  }
  return ahead;
})();
