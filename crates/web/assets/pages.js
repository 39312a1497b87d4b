// On every page: the service worker, and text that would be lost.
if ("serviceWorker" in navigator) {
  const url = "/sw.js";
  // Where pages may only run trusted scripts, an address for one has to be made by a policy.
  const trusted = window.trustedTypes?.createPolicy("worker", { createScriptURL: (path) => path });
  navigator.serviceWorker.register(trusted ? trusted.createScriptURL(url) : url).catch(() => {});
}

// A form with text that was typed and not sent: the browser asks before the page is left.
let unsent = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[method=post]")) unsent = true;
});
document.addEventListener("submit", () => { unsent = false; });
window.addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });

// Signing out clears the device: whoever has notes of a lesson on it that were not handed in is asked first.
document.addEventListener("submit", (event) => {
  const { notes } = event.target.dataset;
  if (notes && Number(localStorage.getItem("notes")) && !confirm(notes)) event.preventDefault();
});

// After a refused form the list of what is wrong is read first.
document.getElementById("summary")?.focus();
