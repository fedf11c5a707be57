// Starts the tablet app. A file of its own, because the content security policy forbids inline
// scripts; in old syntax, so that a browser too old for the app can still run it and say so.
//
// `cargo xtask build` puts three lines in front: `const GLUE = …;`, `const WASM = …;` and
// `const WORKER = …;`.
var notice = document.getElementById("shell-notice");

// The browser's offer to install may come before the program runs. It is kept until the person
// asks for it; without this the browser would ask in its own time, over an inspection.
addEventListener("beforeinstallprompt", function (offer) {
  offer.preventDefault();
  globalThis.bienbanInstall = offer;
  dispatchEvent(new Event("bienban-install"));
});

// Where the program finds the one that works beside it.
globalThis.bienbanWorker = WORKER;

function removeNotice() {
  if (notice) notice.remove();
}

function fail(error) {
  console.error(error);
  showFailure();
  applyWaitingUpdate();
}

function showFailure() {
  if (!notice) return;
  notice.querySelector("[data-shell=opening]").hidden = true;
  notice.querySelector("[data-shell=failed]").hidden = false;
}

// Nothing can be unsaved in an app that never ran, and only a running app could have asked for the
// update that may mend it.
function applyWaitingUpdate() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.getRegistration().then(function (registration) {
    if (!registration || !registration.waiting) return;
    navigator.serviceWorker.addEventListener("controllerchange", function () {
      location.reload();
    });
    registration.waiting.postMessage({ type: "apply-update" });
  });
}

// The first opening of a database is the longest wait of a start, so it goes on while the program
// is compiled. None is made by it, and it gives way at once. The name is that of the directory of
// vaults, `DIRECTORY` in the tablet's vault.rs.
function openEarly() {
  var opening = indexedDB.open("bienban-vaults");
  opening.onupgradeneeded = function () {
    opening.transaction.abort();
  };
  opening.onerror = function (event) {
    event.preventDefault();
  };
  opening.onsuccess = function () {
    var early = opening.result;
    early.onversionchange = function () {
      early.close();
    };
  };
}

try {
  openEarly();
} catch (error) {
  // The program finds the same out, and has words for it.
}

// The program is fetched while the glue is still being read.
var program = fetch(WASM);
import(GLUE)
  .then(function (glue) {
    return glue.default({ module_or_path: program });
  })
  .then(removeNotice, fail);
