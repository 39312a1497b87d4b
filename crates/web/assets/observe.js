// Notes of an observer: kept on the device first, then handed in, each once, in the order taken. Whatever happens between
// keeping and the answer (a reload, an empty battery, a second tab, a sign-in that ran out), a note stays until the server
// says that it is there. The device makes its id, so that sending it again changes nothing.
const form = document.getElementById("observe");
const { lesson, person } = form.dataset;
const show = (id, shown) => { document.getElementById(id).hidden = !shown; };

// A photo can be kept only with the note, so the field is there only with this script.
const photograph = form.querySelector("#f-photo");
if (photograph) show("photo", true);

// What a phone takes is far larger than what is looked at: it goes over the line smaller.
async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.ceil(picture.width * scale), Math.ceil(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
  } catch {
    return file;
  }
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const opening = indexedDB.open("observations", 1);
opening.onupgradeneeded = () => opening.result.createObjectStore("notes", { keyPath: "id" });
const database = done(opening);

// One change of what is kept; over when it is on the disk.
async function change(act) {
  const transaction = (await database).transaction("notes", "readwrite", { durability: "strict" });
  const over = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  act(transaction.objectStore("notes"));
  await over;
}

const all = async () => done((await database).transaction("notes").objectStore("notes").getAll());

// What this person has not handed in yet, in the order taken. Notes of others on the same device wait for them.
async function kept() {
  const own = (await all()).filter((note) => note.person === person);
  return own.sort((a, b) => (a.takenAt + a.id < b.takenAt + b.id ? -1 : 1));
}

// The time in milliseconds, then chance. Two notes never have the same time: their ids are in their order too.
let last = 0;
function freshId() {
  last = Math.max(Date.now(), last + 1);
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  bytes[0] = (bytes[0] & 0x0f) | 0x70;
  bytes[2] = (bytes[2] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `obs_${last.toString(16).padStart(12, "0")}${digits}`;
}

// The field shows the clock of this device, in minutes. As long as nobody changes it, a note has the exact time.
const clock = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
let shown;
const tick = () => {
  if (shown !== undefined && form.takenAt.value !== shown) return;
  form.takenAt.value = shown = clock();
};

// What is typed and not noted yet outlives a reload.
const draft = `draft ${lesson} ${person}`;
const fields = () => [form.fact, form.interpretation, form.stageId, form.pupilId];
form.addEventListener("input", () => {
  localStorage.setItem(draft, JSON.stringify(fields().map((field) => field.value)));
});

// The note that is being corrected: it keeps its id, and its time unless that was changed.
let mended;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const taken = photograph?.files[0];
  const photo = taken ? await smaller(taken) : mended?.photo;
  const typed = form.takenAt.value !== shown && new Date(form.takenAt.value).toISOString();
  const id = mended?.id ?? freshId();
  const note = {
    id, lesson, person,
    takenAt: typed || mended?.takenAt || new Date(last).toISOString(),
    pupilId: form.pupilId.value || null,
    stageId: form.stageId.value || null,
    fact: form.fact.value,
    interpretation: form.interpretation.value,
    photo,
    letter: form.querySelector("[name=pupilId]:checked").parentElement.firstChild.nextSibling.textContent,
    stage: form.stageId.selectedOptions[0].value && form.stageId.selectedOptions[0].textContent,
  };
  try {
    await change((notes) => notes.put(note));
  } catch {
    return show("unkept", true);
  }
  show("unkept", false);
  mended = undefined;
  form.fact.value = form.interpretation.value = "";
  if (photograph) photograph.value = "";
  localStorage.removeItem(draft);
  shown = undefined;
  tick();
  form.fact.focus();
  await draw();
  send();
});

// The outbox.
async function draw() {
  // The sign-out form asks when something would be lost, whoever noted it.
  localStorage.setItem("notes", (await all()).length);
  const here = (await kept()).filter((note) => note.lesson === lesson);
  const list = document.getElementById("waits");
  list.replaceChildren(...here.map((note) => {
    const item = document.getElementById("waits-one").content.cloneNode(true).firstElementChild;
    const time = item.querySelector("time");
    time.dateTime = note.takenAt;
    time.textContent = new Date(note.takenAt).toTimeString().slice(0, 5);
    item.querySelector("b").textContent = note.letter;
    item.querySelector(".fact").textContent = note.fact;
    item.querySelector(".why").textContent = [note.stage, note.interpretation].filter(Boolean).join(" · ");
    const why = item.querySelector(".err");
    why.hidden = !note.refused;
    why.textContent = note.refused ?? "";
    item.querySelector(".photographed").hidden = !note.photo;
    item.querySelector(".mend").hidden = note.sent;
    item.querySelector(".mend").onclick = () => mend(note);
    item.querySelector(".drop").onclick = async () => {
      await change((notes) => notes.delete(note.id));
      if (note.file) ask(FORGET, { input: { id: note.file } }).catch(() => {});
      draw();
    };
    return item;
  }));
  document.getElementById("waiting").textContent = here.length;
  show("outbox", here.length > 0);
}

function mend(note) {
  mended = note;
  form.fact.value = note.fact;
  form.interpretation.value = note.interpretation;
  form.stageId.value = note.stageId ?? "";
  form.pupilId.value = note.pupilId ?? "";
  form.fact.focus();
}

async function ask(query, variables) {
  const answer = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "accept-language": document.documentElement.lang },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (!data) throw new Error(errors?.[0]?.extensions?.code);
  return data;
}

const FORGET = "mutation($input: FileRemoveInput!) { fileRemove(input: $input) { userErrors { message } } }";

const PHOTO = `mutation($input: ObservationPhotoAddInput!) { observationPhotoAdd(input: $input) {
  observation { id } userErrors { message } } }`;

const said = (errors) => errors.map(({ message }) => message).join(" ");

// The photo of a note that is there already. Where it is refused the note stays, and the photo waits to be thrown away.
async function picture(note) {
  if (!note.file) {
    const answer = await fetch("/files", {
      method: "POST",
      headers: {
        "tus-resumable": "1.0.0", "upload-length": note.photo.size, "upload-metadata": `filename ${btoa("photo")}`,
        "content-type": "application/offset+octet-stream", "accept-language": document.documentElement.lang,
      },
      body: note.photo,
    });
    if (answer.status >= 500 || answer.status === 401) throw new Error(answer.status);
    note = answer.ok ? { ...note, file: answer.headers.get("location").split("/").pop() } : { ...note, refused: await answer.text() };
    await change((notes) => notes.put(note));
    if (note.refused) return;
  }
  const { observationPhotoAdd: { observation, userErrors } } = await ask(PHOTO, { input: { id: note.id, fileId: note.file } });
  await change((notes) => (observation ? notes.delete(note.id) : notes.put({ ...note, refused: said(userErrors) })));
}

const SYNC = `mutation($input: ObservationsSyncInput!) { observationsSync(input: $input) {
  observations { id } refused { id userErrors { message } } userErrors { message } } }`;

// Hands in what is kept of one lesson, at most fifty at once.
async function hand(notes) {
  const input = {
    lessonId: notes[0].lesson,
    notes: notes.map(({ id, takenAt, pupilId, stageId, fact, interpretation }) => ({ id, takenAt, pupilId, stageId, fact, interpretation })),
  };
  const { observationsSync: { observations, refused, userErrors } } = await ask(SYNC, { input });
  await change((store) => {
    for (const { id } of observations ?? []) {
      const note = notes.find((note) => note.id === id);
      if (note?.photo) store.put({ ...note, sent: true });
      else store.delete(id);
    }
    const whole = observations ? [] : notes.map(({ id }) => ({ id, userErrors }));
    for (const { id, userErrors } of [...refused, ...whole]) {
      const note = notes.find((note) => note.id === id);
      if (note) store.put({ ...note, refused: said(userErrors) });
    }
  });
}

// One tab at a time: another finds nothing left. Where there are no locks the ids alone see to it.
const alone = (act) => (navigator.locks ? navigator.locks.request("observations", act) : act());

let again;
async function send() {
  clearTimeout(again);
  try {
    await alone(async () => {
      for (;;) {
        const waiting = (await kept()).filter((note) => !note.refused && note.id !== mended?.id);
        // Words first: no picture holds them up.
        const words = waiting.filter((note) => !note.sent);
        const first = words[0] ?? waiting[0];
        if (!first) return show("expired", false);
        // Notes are of whoever took them: they wait until that person is signed in.
        const { viewer } = await ask("{ viewer { person { id } } }");
        if (viewer?.person.id !== person) return show("expired", true);
        show("expired", false);
        if (first.sent) await picture(first);
        else await hand(words.filter((note) => note.lesson === first.lesson).slice(0, 50));
        await sent();
      }
    });
    show("offline", false);
  } catch {
    show("offline", true);
    again = setTimeout(send, 15_000);
  }
  draw();
}

// What arrived is listed as the page lists it.
function sent() {
  return new Promise((resolve) => {
    // A document from a request is parsed without running anything in it.
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.onload = () => {
      const fresh = request.response?.getElementById("sent");
      if (fresh) document.getElementById("sent").replaceChildren(...document.adoptNode(fresh).childNodes);
      resolve();
    };
    request.onerror = resolve;
    request.send();
  });
}

// The page itself is there without a connection once it was opened with one, also the first time.
if ("caches" in window && !navigator.serviceWorker?.controller) {
  caches.open("pages").then((pages) => pages.add(location.pathname)).catch(() => {});
}

const typed = JSON.parse(localStorage.getItem(draft) ?? "null");
if (typed) fields().forEach((field, at) => { field.value = typed[at]; });
tick();
setInterval(tick, 10_000);
// Another tab sent some, or took some.
addEventListener("storage", ({ key }) => { if (key === "notes") draw(); });
addEventListener("online", send);
addEventListener("offline", () => show("offline", true));
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") send(); });
draw();
send();
