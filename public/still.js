// All the script of a still page: it prints, installs, and keeps what was typed where there is no network.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Fields to write in work without it, plainly.
if (document.querySelector("[data-prose], [data-picture]")) {
  import("{{writing.js}}").catch((error) => console.info("Plain fields:", error));
}

// What is under way is shown anew in its place every few seconds, until it is over.
async function again() {
  const shown = document.querySelector("[data-under-way]");
  if (!shown) return;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const page = document.hidden ? undefined : await fetch(location.href).then((answer) => answer.text(), () => undefined);
  const fresh = page && new DOMParser().parseFromString(page, "text/html").querySelector(`[id="${shown.id}"]`);
  // Nothing is taken from under somebody's fingers.
  if (fresh && !shown.contains(document.activeElement) && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
  await again();
}
void again();

const offline = document.querySelector("[data-offline]");

// A form that leaves without a network would take what was typed with it.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || !offline) return;
  event.preventDefault();
  offline.hidden = false;
  offline.scrollIntoView({ block: "nearest" });
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
