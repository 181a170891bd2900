// All the script of a still page: it prints, installs, and keeps what was typed where there is no network.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Fields to write in work without it, plainly.
if (document.querySelector("[data-prose], [data-picture]")) {
  import("{{writing.js}}").catch((error) => console.info("Plain fields:", error));
}

// The camera reads members' cards where a page has a place for it.
if (document.querySelector("[data-scan]")) {
  import("{{scan.js}}").catch((error) => console.info("No camera:", error));
}

// What is under way is shown anew in its place every few seconds, until it is over; from the address that it names, or this one.
async function again() {
  const shown = document.querySelector("[data-under-way]");
  if (!shown) return;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const page = document.hidden ? undefined : await fetch(shown.dataset.underWay || location.href).then((answer) => answer.text(), () => undefined);
  const fresh = page && new DOMParser().parseFromString(page, "text/html").querySelector(`[id="${shown.id}"]`);
  // Nothing is taken from under somebody's fingers.
  if (fresh && !shown.contains(document.activeElement) && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
  await again();
}
void again();

const offline = document.querySelector("[data-offline]");

// How far a large file has come is shown where this works, too.
if (document.querySelector("[data-sending]")) {
  import("{{sending.js}}").catch((error) => console.info("A plain form:", error));
}

// A form that leaves without a network would take what was typed with it.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || !offline) {
    // What takes a while says so until its answer is there.
    const waits = event.target.querySelector("[data-while-sent]");
    if (waits && !event.defaultPrevented) waits.textContent = waits.dataset.whileSent;
    return;
  }
  event.preventDefault();
  offline.hidden = false;
  offline.scrollIntoView({ block: "nearest" });
});

window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const waits of document.querySelectorAll("[data-while-sent]")) waits.textContent = "";
});

window.addEventListener("online", () => offline?.setAttribute("hidden", ""));

// Whoever comes in next may be somebody else than whom this device remembers: the next start asks the server.
if (document.querySelector("[data-signing-in]") && self.indexedDB) {
  const asked = indexedDB.open("device", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
  asked.onsuccess = () => {
    const forgets = asked.result.transaction("kept", "readwrite");
    forgets.objectStore("kept").put("null", "last");
    forgets.oncomplete = forgets.onabort = () => asked.result.close();
  };
}

// Where the browser offers to install the app, one tap does.
const install = document.querySelector("[data-install]");

window.addEventListener("beforeinstallprompt", (event) => {
  if (!install) return;
  event.preventDefault();
  install.hidden = false;
  install.onclick = () => {
    install.hidden = true;
    event.prompt();
  };
});
