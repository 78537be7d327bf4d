// Folders and notes. Loaded where there are any; they open without it.
"use strict";

(() => {
  const { words } = window.tropes;
  /** @type {HTMLDetailsElement[]} */
  const folders = [...document.querySelectorAll("details.trope-folder")];

  /** @param {HTMLButtonElement} button that opens or closes all folders */
  const control = (button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = folders.some((folder) => !folder.open);
      for (const folder of folders) folder.open = open;
    });
  };

  /** Those that the writer put in; else one above the first of several folders. */
  const addControls = () => {
    const buttons = [...document.querySelectorAll(".trope-folder-control button")];
    if (!buttons.length && folders.length > 1) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.allFolders;
      const line = document.createElement("p");
      line.className = "trope-folder-control";
      line.append(button);
      folders[0].before(line);
      buttons.push(button);
    }
    buttons.forEach(control);
  };

  /**
   * @param {Element} note
   * @param {boolean} isOpen
   */
  const setNote = (note, isOpen) => {
    const [label, body] = note.children;
    note.classList.toggle("is-open", isOpen);
    label.ariaExpanded = String(isOpen);
    // the browser's own search finds what is in it, and opens it
    if (isOpen) body.removeAttribute("hidden");
    else body.setAttribute("hidden", "until-found");
  };

  for (const note of document.querySelectorAll("span.trope-note")) {
    note.classList.add("is-ready");
    setNote(note, note.classList.contains("is-open"));
    note.addEventListener("beforematch", () => setNote(note, true));
  }

  /** @param {Event} event */
  const toggleNote = (event) => {
    const note = /** @type {Element} */ (event.target).closest(".trope-note-label")?.parentElement;
    if (!note) return;
    setNote(note, !note.classList.contains("is-open"));
    event.preventDefault();
  };
  document.addEventListener("click", toggleNote);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") toggleNote(event);
  });
  window.tropes.openNote = (note) => setNote(note, true);

  // On paper all folders are open.
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...folders, ...document.querySelectorAll("details.trope-note")].filter(
      (fold) => !fold.open,
    );
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => opened.forEach((fold) => (fold.open = false)));

  addControls();
})();
