// All the script of a still page: it prints, and keeps what was typed where there is no network.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const offline = document.querySelector("[data-offline]");

// A form that leaves without a network would take what was typed with it.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || !offline) return;
  event.preventDefault();
  offline.hidden = false;
  offline.scrollIntoView({ block: "nearest" });
});

window.addEventListener("online", () => offline?.setAttribute("hidden", ""));
