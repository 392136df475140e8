// Small things that only the browser can do: scrolling to a quote, focus, the clipboard.
window.kg = (() => {
  let opener = null;

  // Wait until Vue has put sheet `number` into the page, then show the quote marked in it.
  function show(number, tries = 120) {
    const sheet = document.querySelector(`article[data-sheet="${number}"]`);
    const quote = sheet && sheet.querySelector("mark");
    if (!quote) {
      if (tries > 0) requestAnimationFrame(() => show(number, tries - 1));
      return;
    }
    const panel = sheet.closest(".source");
    if (panel) {
      opener = opener || document.activeElement;
      panel.focus({ preventScroll: true });
      const paper = sheet.closest(".paper");
      const at = quote.getBoundingClientRect().top - paper.getBoundingClientRect().top;
      paper.scrollTop += at - paper.clientHeight / 3;
    } else {
      quote.scrollIntoView({ block: "center" });
    }
  }

  function back() {
    if (opener && opener.focus) opener.focus();
    opener = null;
  }

  // Keep the newest turn of a conversation in sight.
  function last() {
    requestAnimationFrame(() => {
      const turns = document.querySelectorAll(".turn");
      if (turns.length) turns[turns.length - 1].scrollIntoView({ block: "start", behavior: "smooth" });
    });
  }

  async function copy(text) {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
  }

  // On a narrow screen the navigation scrolls: bring this page's entry into sight.
  function aim(tries = 300) {
    const here = document.querySelector("nav [aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - 60;
    else if (tries > 0) requestAnimationFrame(() => aim(tries - 1));
  }
  aim();

  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") {
      const close = document.querySelector(".source:not(.hidden) .close");
      if (close) close.click();
    }
    const typing = /^(INPUT|TEXTAREA)$/.test(e.target.tagName) || e.target.isContentEditable;
    if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey) {
      const field = document.querySelector("main input");
      if (field) { e.preventDefault(); field.focus(); }
    }
  });

  return { show, back, last, copy };
})();
