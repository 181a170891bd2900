// Served as /sw.js when the server's setting says so: the worker in place forgets everything and resigns.
// Windows keep running; their next navigation goes to the server.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(resign());
});

const PICTURES = ["pictures", "product-photos", "thumbnails"];

async function resign() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("alpar-") || PICTURES.includes(name)).map((name) => caches.delete(name)));
  await self.registration.unregister();
}
