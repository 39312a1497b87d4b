// Keeps the style sheet, the scripts, the fonts and the last pages seen, and shows them when there is no connection.
// `told` is written above by the server: the files' names change with their content, so a new list is a new version.
const ASSETS = "assets";
const PAGES = "pages";
const MOST = 20;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const assets = await caches.open(ASSETS);
    await assets.addAll(told.assets.filter((path) => !path.endsWith(".woff2")));
    const pages = await caches.open(PAGES);
    await pages.addAll(told.languages.map(({ language }) => `/${language}/offline`));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const assets = await caches.open(ASSETS);
    for (const request of await assets.keys()) {
      if (!told.assets.includes(new URL(request.url).pathname)) await assets.delete(request);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate" && language(url)) event.respondWith(page(request, url));
});

const language = (url) => told.languages.find(({ language }) => url.pathname.split("/")[1] === language);

async function asset(request) {
  const cache = await caches.open(ASSETS);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}

async function page(request, url) {
  const cache = await caches.open(PAGES);
  try {
    const fresh = await fetch(request);
    // What a person signed in sees is kept on their device until they sign out: the answer then clears it.
    if (fresh.ok && !fresh.redirected) {
      await cache.put(lasting(url) ? url.pathname : request, fresh.clone());
      await forget(cache);
    }
    return fresh;
  } catch {
    const kept = await cache.match(request, { ignoreSearch: lasting(url) });
    if (kept) return copy(kept, language(url));
    return (await cache.match(`/${language(url).language}/offline`)) ?? Response.error();
  }
}

// Where notes are taken in a lesson, whatever the form begins with: classrooms have no signal, weeks after the last one.
const lasting = ({ pathname }) => pathname.endsWith("/observe");

// The oldest go first; the offline pages stay, and those where notes are taken.
async function forget(cache) {
  const kept = (await cache.keys()).filter(({ url }) => !url.endsWith("/offline") && !lasting(new URL(url)));
  for (const request of kept.slice(0, Math.max(0, kept.length - MOST))) await cache.delete(request);
}

// A kept page says that it is one.
async function copy(kept, { copy }) {
  const said = `<div class="flash off" role="status"><p>${copy}</p></div><main id="main"`;
  const html = (await kept.text()).replace('<main id="main"', said);
  return new Response(html, { headers: kept.headers });
}
