// Keeps the app shell on the tablet, so that the app opens without a network.
// It answers GETs of precached files and navigations to `/` and `/enrol`, nothing else: the API,
// the office and unknown paths go to the network untouched. It holds no records.
//
// It holds the key of the open vault, in memory alone, so that a reload does not ask for the
// passphrase. A page hands it over when it goes; it is given to pages of this origin until the idle
// time has passed, and is gone when somebody locks or the browser ends this worker.
//
// `cargo xtask build` puts one line in front: `const SHELL = …;`, the content of shell.json,
// `{version, files: [{path, sha256, size}]}`.
"use strict";

const CACHE_PREFIX = "bienban-shell-";
const CACHE = CACHE_PREFIX + SHELL.version;
const PAGE = "/index.html";
const PAGE_ADDRESSES = new Set(["/", "/enrol"]);
const FILES = new Set(SHELL.files.map((file) => file.path));

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("message", (event) => {
  if (event.data?.type === "apply-update") event.waitUntil(self.skipWaiting());
  if (event.data?.type === "report-shell") event.waitUntil(reportShell(event.ports[0]));
  if (event.data?.type === "keep-key" && isOwnPage(event.source)) keepKey(event.data);
  if (event.data?.type === "give-key" && isOwnPage(event.source)) {
    event.waitUntil(giveKey(event.source, event.ports[0]));
  }
  if (event.data?.type === "forget-key") forgetKey(event.ports[0]);
});

self.addEventListener("fetch", (event) => {
  const path = precachedPath(event.request);
  if (path !== undefined) event.respondWith(answer(path, event.request));
});

// All files are checked before the first is kept: a shell is whole or it is not installed. An
// update then waits until the page says `apply-update`; only the page knows what is unsaved.
async function install() {
  const responses = await Promise.all(SHELL.files.map(fetchChecked));
  const existed = await caches.has(CACHE);
  try {
    const cache = await caches.open(CACHE);
    await Promise.all(SHELL.files.map((file, i) => cache.put(file.path, responses[i])));
  } catch (error) {
    // A cache that was there before may be the one an active worker answers from (a server that
    // went back to an earlier version): it stays.
    if (!existed) await caches.delete(CACHE);
    throw error;
  }
}

// A captive portal answers 200 to everything and a server in mid-update mixes two versions, so
// neither the status nor the address is believed, only the bytes.
async function fetchChecked(file) {
  const response = await fetch(file.path, { cache: "no-store", redirect: "error" });
  if (!response.ok) throw new Error(`\`${file.path}\` was answered with ${response.status}`);
  const sha256 = await sha256Hex(await response.clone().arrayBuffer());
  if (sha256 !== file.sha256) throw new Error(`\`${file.path}\` is not the file in shell.json`);
  return response;
}

async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Claiming lets the page that installed the first worker go offline without a reload.
async function activate() {
  const names = await caches.keys();
  const outdated = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
  await Promise.all(outdated.map((name) => caches.delete(name)));
  await self.clients.claim();
}

function precachedPath(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return undefined;
  if (request.mode === "navigate" && PAGE_ADDRESSES.has(url.pathname)) return PAGE;
  return FILES.has(url.pathname) ? url.pathname : undefined;
}

// The network is asked only when the browser has dropped the cache behind our back.
async function answer(path, request) {
  return (await kept(path)) ?? fetch(request);
}

// `ignoreVary`: the server varies by Accept-Encoding, and the cache holds one form of each file.
function kept(path) {
  return caches.match(path, { cacheName: CACHE, ignoreVary: true });
}

// The page may only say "ready to go offline" when every file is really there.
async function reportShell(port) {
  const responses = await Promise.all(SHELL.files.map((file) => kept(file.path)));
  const complete = responses.every((response) => response !== undefined);
  port.postMessage({ type: "shell", version: SHELL.version, complete });
}

// Never in a cache or a database: what a browser keeps there lies on the disk.
let held;

// Called when a page hands a key over.
let heldAtLast = () => {};

// How long other pages are waited for, in ms.
const PATIENCE = 700;

function isOwnPage(source) {
  return source instanceof WindowClient && new URL(source.url).origin === self.location.origin;
}

function keepKey({ slot, key, until }) {
  held = { slot, key, until };
  heldAtLast();
}

async function giveKey(source, port) {
  if (held !== undefined && Date.now() >= held.until) forgetKey();
  if (held === undefined) await askPages(source);
  port.postMessage(held ?? {});
}

// This worker may have been ended and started again while a page has the vault open.
async function askPages(source) {
  const pages = await self.clients.matchAll({ type: "window" });
  const others = pages.filter((page) => page.id !== source.id);
  if (others.length === 0) return;
  const handed = new Promise((resolve) => {
    heldAtLast = resolve;
    setTimeout(resolve, PATIENCE);
  });
  for (const page of others) page.postMessage({ type: "hand-key-over" });
  await handed;
}

function forgetKey(port) {
  held?.key.fill(0);
  held = undefined;
  port?.postMessage({});
}
