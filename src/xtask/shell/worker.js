// Starts the program that works beside the page. A module of its own, because the content security
// policy forbids inline scripts and a worker needs a file to begin with.
//
// `cargo xtask build` puts two lines in front: `import start from …;` and `const WASM = …;`.
start({ module_or_path: fetch(WASM) });
