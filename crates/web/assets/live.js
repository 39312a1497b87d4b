// For who is signed in: the number at the bell and the list of what is new follow the inbox, by server-sent events of
// the API.
const bell = document.querySelector(".bell");

function add(more) {
  let count = bell.querySelector(".count");
  if (!count) {
    count = document.createElement("span");
    count.className = "count";
    count.ariaHidden = "true";
    bell.append(count);
  }
  const unread = Math.max(0, Number(count.textContent) + more);
  count.textContent = unread;
  count.hidden = !unread;
  bell.ariaLabel = bell.dataset.more.replace("0", unread);
}

// The list is drawn anew from the page that is open, unless somebody is just in it.
let timer;
function redraw() {
  const list = document.getElementById("inbox");
  if (!list || list.contains(document.activeElement)) return;
  const page = new XMLHttpRequest();
  page.open("GET", location.href);
  // A document from a request is parsed without running anything in it.
  page.responseType = "document";
  page.onload = () => {
    const fresh = page.response?.getElementById("inbox");
    if (fresh) list.replaceChildren(...document.adoptNode(fresh).childNodes);
  };
  page.send();
}

if (bell) {
  const query = "subscription { notificationReceived { cursor } }";
  const events = new EventSource(`/graphql?${new URLSearchParams({ query })}`);
  events.addEventListener("next", ({ data }) => {
    if (!JSON.parse(data).data) return events.close();
    add(1);
    clearTimeout(timer);
    timer = setTimeout(redraw, 500);
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
  if (bell) add(-1);
  const done = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) })
    .then((answer) => answer.ok, () => false);
  if (!done) location.reload();
});
