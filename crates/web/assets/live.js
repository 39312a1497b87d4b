// For who is signed in: the number at the bell follows the inbox, by server-sent events of the API.
const bell = document.querySelector(".bell");
if (bell) {
  const query = "subscription { notificationReceived { cursor } }";
  const events = new EventSource(`/graphql?${new URLSearchParams({ query })}`);
  events.addEventListener("next", ({ data }) => {
    if (!JSON.parse(data).data) return events.close();
    let count = bell.querySelector(".count");
    if (!count) {
      count = document.createElement("span");
      count.className = "count";
      count.ariaHidden = "true";
      bell.append(count);
    }
    const unread = Number(count.textContent) + 1;
    count.textContent = unread;
    bell.ariaLabel = bell.dataset.more.replace("0", unread);
  });
  events.addEventListener("complete", () => events.close());
}

// Marking as read shows at once; when it fails the page is read again and says why.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-optimistic]");
  if (!form) return;
  event.preventDefault();
  form.closest(".new")?.classList.remove("new");
  form.hidden = true;
  const done = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) })
    .then((answer) => answer.ok, () => false);
  if (!done) location.reload();
});
