// Run through `nomodule`, so only by browsers from before 2018, which never run boot.js.
document.querySelector("[data-shell=opening]").style.display = "none";
document.querySelector("[data-shell=failed]").removeAttribute("hidden");
