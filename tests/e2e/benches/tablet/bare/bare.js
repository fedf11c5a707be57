// The bare page: what a person who knows browsers would write for one list of questions and one
// database row for each answer. It is what the app is measured beside, and nothing more.
"use strict";

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const opening = indexedDB.open("bare", 1);
opening.onupgradeneeded = () => opening.result.createObjectStore("answers");
const opened = asked(opening);

async function begin() {
  const database = await opened;
  const table = database.transaction("answers").objectStore("answers");
  const [keys, answers] = await Promise.all([asked(table.getAllKeys()), asked(table.getAll())]);
  keys.forEach((item, i) => {
    const group = document.querySelector(`[data-item="${item}"]`);
    group.querySelector(`input[value="${answers[i]}"]`).checked = true;
    group.dataset.saved = "stored";
  });
  document.addEventListener("change", (event) => {
    const group = event.target.closest("[data-item]");
    if (!group) return;
    group.dataset.saved = "recorded";
    const writing = database.transaction("answers", "readwrite", { durability: "strict" });
    writing.objectStore("answers").put(event.target.value, group.dataset.item);
    writing.oncomplete = () => { group.dataset.saved = "stored"; };
  });
  document.documentElement.dataset.offline = "ready";
}

navigator.serviceWorker.register("/bare/worker.js").then(() => navigator.serviceWorker.ready).then(begin);
