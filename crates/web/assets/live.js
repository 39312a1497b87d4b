// For who is signed in: the number at the bell and what a page lists follow the inbox, by server-sent events of the API.
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

const streams = [];

function follow(query, variables, heard) {
  const asked = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const events = new EventSource(`/graphql?${asked}`);
  events.addEventListener("next", ({ data }) => (JSON.parse(data).data ? heard() : events.close()));
  events.addEventListener("complete", () => events.close());
  streams.push(events);
}

function listen() {
  follow("subscription { notificationReceived { cursor } }", {}, () => {
    add(1);
    redraw();
  });
  // A joint plan grows line by line, and nobody is notified of each.
  const plan = document.querySelector("main[data-plan]");
  if (plan) follow("subscription($id: ID!) { planChanged(id: $id) { id } }", { id: plan.dataset.plan }, redraw);
}

// Browsers keep pages that were left, with their connections, and have six connections for all: the seventh page would
// wait. So a page that is left stops listening, and starts again when somebody comes back to it.
if (bell) {
  listen();
  addEventListener("pagehide", () => streams.splice(0).forEach((events) => events.close()));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    listen();
    redraw();
  });
}

// A page that lists what happens is drawn again where it stands: the notice appears, and what waits with it. The focus
// stays on its link.
function redraw() {
  const main = document.querySelector("main[data-fresh]");
  if (!main) return;
  // A document from a request is parsed without running anything in it.
  const request = new XMLHttpRequest();
  request.open("GET", location.href);
  request.responseType = "document";
  request.onload = () => {
    const fresh = request.response?.getElementById("main");
    if (!fresh) return;
    const held = main.contains(document.activeElement) && document.activeElement.href;
    main.replaceChildren(...document.adoptNode(fresh).childNodes);
    document.title = request.response.title;
    if (held) [...main.querySelectorAll("a")].find(({ href }) => href === held)?.focus();
  };
  request.send();
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
