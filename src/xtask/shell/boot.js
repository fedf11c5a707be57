// Starts the tablet app. A file of its own, because the content security policy forbids inline
// scripts; in old syntax, so that a browser too old for the app can still run it and say so.
//
// `cargo xtask build` puts two lines in front: `const GLUE = …;` and `const WASM = …;`.
var notice = document.getElementById("shell-notice");

function removeNotice() {
  if (notice) notice.remove();
}

function showFailure(error) {
  console.error(error);
  if (!notice) return;
  notice.querySelector("[data-shell=opening]").hidden = true;
  notice.querySelector("[data-shell=failed]").hidden = false;
}

// The program is fetched while the glue is still being read.
var program = fetch(WASM);
import(GLUE)
  .then(function (glue) {
    return glue.default({ module_or_path: program });
  })
  .then(removeNotice, showFailure);
