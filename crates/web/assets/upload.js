// A file sent in parts by the protocol tus 1.0, so that a line that breaks, a reload or an empty battery costs only the part
// under way. What is whole is attached by the form as a file chosen in it would be. Without this script the form sends it.
const form = document.getElementById("files");
const box = document.getElementById("upload");
const bar = box.querySelector("progress");
const said = document.getElementById("upload-said");
const [pause, on, cancel] = ["upload-pause", "upload-on", "upload-cancel"].map((id) => document.getElementById(id));
const input = form.elements.file;

// What is under way is known again after a reload: on this device, to this person, for this work.
const place = `upload ${form.dataset.work} ${form.dataset.person}`;
let known = JSON.parse(localStorage.getItem(place) ?? "null");
const keep = (upload) => {
  known = upload;
  if (upload) localStorage.setItem(place, JSON.stringify(upload));
  else localStorage.removeItem(place);
};

// How a part may end other than well: the server says no, it is not there now, or the person stopped it.
class Refused extends Error {}

const LEAST = 64 << 10;
const MOST = 8 << 20;
const PATIENCE = 90_000;
// Of the file that was chosen the latest run is the one that counts.
let file, running, run = 0;

async function ask(method, url, headers = {}, body = undefined) {
  // A line that fell silent is a broken one.
  const silent = setTimeout(() => running?.abort(), PATIENCE);
  try {
    const answer = await fetch(url, {
      method, body,
      headers: { "tus-resumable": "1.0.0", "accept-language": document.documentElement.lang, ...headers },
      signal: running?.signal,
    });
    // Somebody else may have sent these bytes, or the server has too much to do: asked again how far it is.
    if ([409, 460].includes(answer.status) || answer.status >= 500) throw new TypeError(answer.statusText);
    if (!answer.ok) throw Object.assign(new Refused(await answer.text()), { status: answer.status });
    return answer;
  } finally {
    clearTimeout(silent);
  }
}

const text = (state) => box.dataset[state].replace("{0}", known?.name ?? file?.name ?? "");

// One sentence says how it stands; figures are in the bar alone, so that a screen reader is not read each of them.
function show(state, message) {
  box.hidden = false;
  box.dataset.state = state;
  const words = message || text(state);
  if (said.textContent !== words) said.textContent = words;
  const under = state === "going" || state === "waiting";
  pause.hidden = !under;
  on.hidden = state !== "paused";
  cancel.hidden = !known || state === "whole";
}

function draw(offset) {
  const share = known.size ? offset / known.size : 1;
  bar.value = share;
  bar.textContent = document.getElementById("upload-share").textContent = `${Math.floor(100 * share)} %`;
}

const begin = async () => {
  const bytes = new TextEncoder().encode(file.name);
  const name = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const answer = await ask("POST", "/files", { "upload-length": file.size, "upload-metadata": `filename ${name}` });
  const { name: called, size, lastModified } = file;
  keep({ url: answer.headers.get("location"), name: called, size, lastModified });
};

const far = (answer) => Number(answer.headers.get("upload-offset"));

// Sends what is missing. Whatever breaks, the server is asked how far it is, a little later each time.
async function send() {
  const mine = ++run;
  let part = 4 * LEAST;
  let failed = 0;
  let offset;
  while (mine === run) {
    running = new AbortController();
    try {
      if (!known) {
        await begin();
        offset = 0;
      }
      offset ??= far(await ask("HEAD", known.url));
      draw(offset);
      show("going");
      while (offset < known.size) {
        const before = performance.now();
        const headers = { "upload-offset": offset, "content-type": "application/offset+octet-stream" };
        offset = far(await ask("PATCH", known.url, headers, file.slice(offset, offset + part)));
        failed = 0;
        draw(offset);
        // Parts of some seconds: a cut costs little, and a fast line is not held up.
        part = Math.min(performance.now() - before < 2_000 ? 2 * part : part, MOST);
      }
      return attach();
    } catch (error) {
      if (mine !== run) return;
      offset = undefined;
      part = Math.max(LEAST, part >> 2);
      if (error instanceof Refused) {
        // Its time ran out, or it was taken back: it begins anew, once.
        const lost = error.status === 404 && known && !failed;
        if (error.status !== 401) keep(null);
        if (!lost) return show("refused", error.message);
      }
      failed += 1;
      show("waiting");
      await new Promise((resolve) => {
        setTimeout(resolve, Math.min(500 * 2 ** failed, 30_000));
        addEventListener("online", resolve, { once: true });
      });
    }
  }
}

function stop() {
  run += 1;
  running?.abort();
}

// The form does the rest, with its token.
function attach() {
  draw(known.size);
  show("whole");
  form.elements.fileId.value = known.url.split("/").at(-1);
  input.value = "";
  form.requestSubmit(document.getElementById("add"));
}

const same = (one) => one.name === known.name && one.size === known.size && one.lastModified === known.lastModified;

form.addEventListener("submit", (event) => {
  const [chosen] = input.files;
  if (!chosen || event.submitter?.name === "remove") return;
  event.preventDefault();
  if (box.dataset.state === "going" || box.dataset.state === "waiting") return;
  if (chosen.size > Number(form.dataset.largest)) return show("refused", text("large"));
  if (known && !same(chosen)) return show("other");
  file = chosen;
  send();
});
// A chosen file is no text that would be lost when the page is left.
input.addEventListener("input", (event) => event.stopPropagation());

pause.addEventListener("click", () => {
  stop();
  show("paused");
  on.focus();
});
on.addEventListener("click", () => {
  send();
  pause.focus();
});
cancel.addEventListener("click", async () => {
  stop();
  running = undefined;
  // Where the line is broken now, its time runs out.
  await ask("DELETE", known.url).catch(() => {});
  keep(null);
  box.hidden = true;
  delete box.dataset.state;
  input.value = "";
  input.focus();
});

// After a reload: attached meanwhile, whole and not attached yet, or only begun.
if (known && form.querySelector(`[name=remove][value="${known.url.split("/").at(-1)}"]`)) keep(null);
if (known) {
  try {
    const offset = far(await ask("HEAD", known.url));
    draw(offset);
    if (offset < known.size) show("again");
    else if (!document.getElementById("summary")) attach();
  } catch (error) {
    if (error.status === 404) keep(null);
    else if (error instanceof Refused) show("refused", error.message);
    else show("again");
  }
}
