// Search as one types: a form with `data-live="id"` redraws the element of that id from the page that the form would
// open. Without this script the button does the same.
for (const form of document.querySelectorAll("form[data-live]")) {
  let timer, running;
  const redraw = () => {
    running?.abort();
    const address = `${form.action.split("?")[0]}?${new URLSearchParams(new FormData(form))}`;
    const target = document.getElementById(form.dataset.live);
    target.setAttribute("aria-busy", "true");
    // A document from a request is parsed without running anything in it.
    running = new XMLHttpRequest();
    running.open("GET", address);
    running.responseType = "document";
    running.onload = () => {
      const fresh = running.response?.getElementById(form.dataset.live);
      if (!fresh) return location.assign(address);
      // What the list can be narrowed down by is of the new list as well; where somebody is at it, the counts alone.
      const [boxes, others] = [document, running.response].map((page) => page.querySelector(".facets .fx"));
      if (boxes && others && !boxes.contains(document.activeElement)) {
        boxes.replaceChildren(...document.adoptNode(others).childNodes);
      } else if (boxes && others) {
        for (const one of boxes.querySelectorAll("[data-n]")) {
          const other = others.querySelector(`[data-n="${one.dataset.n}"]`);
          one.textContent = other?.textContent ?? one.textContent.replace(/\d+(?=\)?$)/, "0");
        }
      }
      target.replaceChildren(...document.adoptNode(fresh).childNodes);
      target.removeAttribute("aria-busy");
      history.replaceState(null, "", address);
    };
    running.onerror = () => target.removeAttribute("aria-busy");
    running.send();
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(redraw, 250);
  });
}
