// A sheet that somebody has before them: says that they are there, and follows what the others write.
const sheet = document.getElementById("main");

const ask = (query, variables) => fetch("/graphql", {
  method: "POST",
  headers: { "content-type": "application/json", accept: "application/json" },
  body: JSON.stringify({ query, variables }),
}).then((answer) => answer.json());

// Good for 45 seconds: said anew while the page is looked at. The answer tells who else is there.
async function visit() {
  if (document.visibilityState !== "visible") return;
  const query = "mutation($input: SheetVisitInput!) { sheetVisit(input: $input) { researchLesson { present { id name } } } }";
  const answer = await ask(query, { input: { lessonId: sheet.dataset.lesson } }).catch(() => ({}));
  const present = answer.data?.sheetVisit.researchLesson?.present;
  const line = document.getElementById("present");
  if (!present || !line) return;
  const names = present.filter(({ id }) => id !== sheet.dataset.person).map(({ name }) => name).join(", ");
  const said = names && line.dataset.words.replace("0", names);
  if (line.textContent !== said) line.textContent = said;
}

let events, timer;

function listen() {
  visit();
  timer = setInterval(visit, 30_000);
  const query = "subscription($id: ID!) { studyChanged(id: $id) { id } }";
  const variables = JSON.stringify({ id: sheet.dataset.study });
  events = new EventSource(`/graphql?${new URLSearchParams({ query, variables })}`);
  events.addEventListener("next", redraw);
  events.addEventListener("complete", () => events.close());
}

// What the others wrote appears where it stands; the case pupil that is shown stays the one chosen, and so does the focus.
function redraw() {
  // A document from a request is parsed without running anything in it.
  const request = new XMLHttpRequest();
  request.open("GET", location.href);
  request.responseType = "document";
  request.onload = () => {
    const fresh = request.response?.getElementById("main");
    if (!fresh) return;
    const shown = sheet.querySelector("input[name=pupil]:checked")?.id;
    const held = sheet.contains(document.activeElement) && (document.activeElement.id || document.activeElement.href);
    sheet.replaceChildren(...document.adoptNode(fresh).childNodes);
    const radio = shown && document.getElementById(shown);
    if (radio) radio.checked = true;
    if (held) [...sheet.querySelectorAll("a, input")].find((it) => it.id === held || it.href === held)?.focus();
  };
  request.send();
}

function leave() {
  clearInterval(timer);
  events?.close();
}

listen();
document.addEventListener("visibilitychange", visit);
addEventListener("pagehide", leave);
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  listen();
  redraw();
});
