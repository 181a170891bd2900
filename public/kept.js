// Inline in the shell: what the device keeps of its last member is read while the app is compiled, which takes it from here
// (app/src/offline/early.rs), or reads it itself where this comes to nothing.
self.alparKept = (async () => {
  // Below our floor.
  if (!self.alparAhead) return undefined;
  const done = (asked) =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  const read = async (name, keys) => {
    const asked = indexedDB.open(name, 1);
    // One that is not there is made as the app makes it.
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    const database = await done(asked);
    try {
      const store = database.transaction("kept").objectStore("kept");
      return await Promise.all(keys.map((key) => done(store.get(key))));
    } finally {
      // One that stays open cannot be deleted.
      database.close();
    }
  };
  const [last] = await read("device", ["last"]);
  const { member } = JSON.parse(last);
  const own = { events: "events", brief: "briefs" }[document.documentElement.dataset.chapter];
  const slices = ["calendar", "me", own].filter(Boolean);
  // With their etags, by which it is known later whether another window has stored newer ones meanwhile.
  const keys = [...slices, ...slices.map((slice) => `${slice}-etag`)];
  const texts = await read(`snap-${member}`, keys);
  return Object.fromEntries([["at", Date.now()], ["last", last], ...keys.map((key, i) => [key, texts[i]])]);
})().catch(() => undefined);
