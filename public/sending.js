// A file on its way to the server: how much of it has gone, then that it is being read. Without this script the same form sends
// it, and only the browser shows that it waits.
//
//   <form data-sending data-at-most="…" data-too-large="…">   bytes, and what is said of more; with one file field
//     <p role="alert" data-sending-wrong hidden>               why it was not taken
//     <p role="status" data-sending-said>                      what goes on
//     <progress max="1" data-sending-bar hidden>

const GOING = "Le fichier part…";
const READ = "Il est arrivé : lecture et comparaison avec le catalogue…";
const CUT = "Le réseau s’est coupé : le fichier n’est pas arrivé. Envoie-le de nouveau.";
const UNREAD = "Le serveur n’a pas pu lire l’envoi. Rien n’a changé : recharge la page et recommence.";

for (const form of document.querySelectorAll("form[data-sending]")) sends(form);

function sends(form) {
  const [wrong, said, bar] = ["wrong", "said", "bar"].map((part) => form.querySelector(`[data-sending-${part}]`));
  let going = false;

  const show = (words) => {
    going = Boolean(words);
    said.textContent = words;
    bar.hidden = !words;
  };
  const refuse = (why) => {
    show("");
    wrong.textContent = why;
    wrong.hidden = !why;
  };

  form.addEventListener("submit", (event) => {
    // Without a network it stays where it is, and the page says so (still.js).
    if (!navigator.onLine) return;
    event.preventDefault();
    if (going) return;
    refuse("");
    document.querySelector("#pourquoi")?.remove();
    const [file] = form.querySelector("[type=file]").files;
    if (file && file.size > Number(form.dataset.atMost)) return refuse(form.dataset.tooLarge);
    show(GOING);
    bar.value = 0;
    send();
  });

  function send() {
    const asked = new XMLHttpRequest();
    asked.open("POST", form.action);
    asked.setRequestHeader("Accept", "application/json");
    asked.responseType = "document";
    asked.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) bar.value = loaded / total;
    });
    asked.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      said.textContent = READ;
    });
    asked.addEventListener("error", () => refuse(CUT));
    asked.addEventListener("load", () => {
      const made = asked.getResponseHeader("Location");
      // Led elsewhere: whoever is no longer signed in has to be.
      const led = new URL(asked.responseURL).pathname !== new URL(form.action).pathname;
      if (made || led) return location.assign(made ?? asked.responseURL);
      refuse(why(asked.response));
    });
    asked.send(new FormData(form));
  }

  // Come back to, the page is as it was before.
  window.addEventListener("pageshow", ({ persisted }) => persisted && refuse(""));
  form.dataset.sending = "ready";
}

/** What the page that came instead says. */
function why(page) {
  const lines = [...(page?.querySelectorAll("#pourquoi li") ?? [])].map((line) => line.textContent.trim());
  return lines.join(" ") || page?.querySelector("main p")?.textContent || UNREAD;
}
