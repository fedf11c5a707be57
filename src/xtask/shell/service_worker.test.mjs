// The service worker in a small world of its own: a server that is a map of paths, and a cache
// store that lives in memory. Run with `node --test`.
import { test } from "node:test";
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ORIGIN = "https://headquarters.example";
const SOURCE = readFileSync(new URL("./service_worker.js", import.meta.url), "utf8");
const PAGE = "<!doctype html>the shell";

test("a first install keeps every file and claims the open page", async () => {
  const tablet = new Tablet();
  const worker = tablet.start(shellOf(CONTENT, "1"));
  await worker.install();
  await worker.activate();
  assert.deepEqual(tablet.cachedPaths("bienban-shell-1"), ["/assets/app.js", "/index.html"]);
  assert.equal(worker.claims, 1);
  assert.equal(worker.skips, 0, "nobody asked for an update");
});

test("a file with another hash fails the install and nothing is kept", async () => {
  const tablet = new Tablet();
  const worker = tablet.start(shellOf(CONTENT, "1"));
  tablet.server.set("/assets/app.js", "the same address, other bytes");
  await assert.rejects(worker.install(), /`\/assets\/app\.js` is not the file in shell\.json/);
  assert.deepEqual(await tablet.caches.keys(), []);
});

test("a captive portal that answers 200 to everything installs nothing", async () => {
  const tablet = new Tablet();
  const worker = tablet.start(shellOf(CONTENT, "1"));
  tablet.fetch = async () => new Response("please sign in", { status: 200 });
  await assert.rejects(worker.install(), /is not the file in shell\.json/);
  assert.deepEqual(await tablet.caches.keys(), []);
});

test("a file that the server refuses fails the install and nothing is kept", async () => {
  const tablet = new Tablet();
  const worker = tablet.start(shellOf(CONTENT, "1"));
  tablet.server.delete("/index.html");
  await assert.rejects(worker.install(), /`\/index\.html` was answered with 404/);
  assert.deepEqual(await tablet.caches.keys(), []);
});

test("a full disk fails the install and leaves no half shell", async () => {
  const tablet = new Tablet({ filesThatFit: 1 });
  const worker = tablet.start(shellOf(CONTENT, "1"));
  await assert.rejects(worker.install(), /quota/);
  assert.deepEqual(await tablet.caches.keys(), []);
});

test("a full disk while going back to a version leaves the cache in use alone", async () => {
  const tablet = new Tablet({ filesThatFit: 2 });
  await tablet.start(shellOf(CONTENT, "1")).install();
  await assert.rejects(tablet.start(shellOf(CONTENT, "1")).install(), /quota/);
  assert.deepEqual(tablet.cachedPaths("bienban-shell-1"), ["/assets/app.js", "/index.html"]);
});

test("a refused update leaves the installed shell answering", async () => {
  const tablet = new Tablet();
  const old = tablet.start(shellOf(CONTENT, "1"));
  await old.install();
  await old.activate();
  const newer = tablet.start(shellOf({ ...CONTENT, "/index.html": "a newer shell" }, "2"));
  await assert.rejects(newer.install());
  assert.deepEqual(await tablet.caches.keys(), ["bienban-shell-1"]);
  assert.equal(await old.textOf(navigation("/")), PAGE);
});

test("an installed update waits until the page asks for it", async () => {
  const tablet = new Tablet();
  const worker = tablet.start(shellOf(CONTENT, "2"));
  await worker.install();
  assert.equal(worker.skips, 0);
  await worker.message({ type: "something-else" });
  assert.equal(worker.skips, 0);
  await worker.message({ type: "apply-update" });
  assert.equal(worker.skips, 1);
});

test("an activated update deletes the older shells and no other cache", async () => {
  const tablet = new Tablet();
  await tablet.caches.open("bienban-shell-1");
  await tablet.caches.open("somebody-else");
  const worker = tablet.start(shellOf(CONTENT, "2"));
  await worker.install();
  await worker.activate();
  assert.deepEqual(await tablet.caches.keys(), ["somebody-else", "bienban-shell-2"]);
});

test("navigations to the app and to enrolment get the shell without a network", async () => {
  const { worker } = await installedAndOffline();
  for (const address of ["/", "/enrol", "/enrol#CODE", "/?from=home"]) {
    assert.equal(await worker.textOf(navigation(address)), PAGE, address);
  }
});

test("a precached file is answered without a network", async () => {
  const { worker } = await installedAndOffline();
  assert.equal(await worker.textOf(get("/assets/app.js")), CONTENT["/assets/app.js"]);
});

test("everything else goes to the network untouched", async () => {
  const { worker } = await installedAndOffline();
  const untouched = [
    navigation("/office"),
    navigation("/office/inspections/1"),
    navigation("/enrolment"),
    navigation("/unknown"),
    get("/"),
    get("/unknown.js"),
    get("/shell.json"),
    get("/sw.js"),
    get("/api/v1/packs"),
    { ...get("/api/v1/push"), method: "POST" },
    { ...get("/assets/app.js"), method: "HEAD" },
    { ...get("/assets/app.js"), url: "https://elsewhere.example/assets/app.js" },
  ];
  for (const request of untouched) {
    assert.equal(worker.respond(request), undefined, `${request.method} ${request.url}`);
  }
});

test("a cache that the browser dropped is replaced by the network", async () => {
  const tablet = new Tablet();
  const worker = tablet.start(shellOf(CONTENT, "1"));
  await worker.install();
  await tablet.caches.delete("bienban-shell-1");
  assert.equal(await worker.textOf(get("/assets/app.js")), CONTENT["/assets/app.js"]);
  assert.deepEqual(await tablet.caches.keys(), [], "answering makes no empty cache");
});

test("the shell is reported complete only while every file is there", async () => {
  const tablet = new Tablet();
  const worker = tablet.start(shellOf(CONTENT, "1"));
  await worker.install();
  assert.deepEqual(await worker.report(), { type: "shell", version: "1", complete: true });
  tablet.caches.stores.get("bienban-shell-1").delete("/index.html");
  assert.deepEqual(await worker.report(), { type: "shell", version: "1", complete: false });
});

const CONTENT = { "/index.html": PAGE, "/assets/app.js": "start()" };

function shellOf(content, version) {
  const files = Object.entries(content).map(([path, text]) => ({
    path,
    sha256: createHash("sha256").update(text).digest("hex"),
    size: Buffer.byteLength(text),
  }));
  return { version, files };
}

function get(path) {
  return { method: "GET", mode: "same-origin", url: new URL(path, ORIGIN).href };
}

function navigation(path) {
  return { ...get(path), mode: "navigate" };
}

async function installedAndOffline() {
  const tablet = new Tablet();
  const worker = tablet.start(shellOf(CONTENT, "1"));
  await worker.install();
  await worker.activate();
  tablet.fetch = async () => {
    throw new TypeError("no network");
  };
  return { tablet, worker };
}

/** A browser's profile: what outlives a worker. */
class Tablet {
  constructor({ filesThatFit = Infinity } = {}) {
    this.caches = new CacheStore(filesThatFit);
    this.server = new Map(Object.entries(CONTENT));
    this.fetch = async (request) => {
      const path = new URL(request.url ?? request, ORIGIN).pathname;
      const body = this.server.get(path);
      return body === undefined ? new Response("", { status: 404 }) : new Response(body);
    };
  }

  start(shell) {
    return new Worker(this, shell);
  }

  cachedPaths(name) {
    return [...this.caches.stores.get(name).keys()].sort();
  }
}

/** One run of the generated script. */
class Worker {
  constructor(tablet, shell) {
    this.handlers = new Map();
    this.skips = 0;
    this.claims = 0;
    const self = {
      location: new URL(ORIGIN),
      addEventListener: (type, handler) => this.handlers.set(type, handler),
      skipWaiting: async () => void this.skips++,
      clients: { claim: async () => void this.claims++ },
    };
    const fetch = (...request) => tablet.fetch(...request);
    const world = { self, fetch, caches: tablet.caches, crypto: webcrypto, URL };
    vm.runInNewContext(`const SHELL = ${JSON.stringify(shell)};\n${SOURCE}`, world);
  }

  async dispatch(type, event = {}) {
    const waits = [];
    this.handlers.get(type)({ ...event, waitUntil: (promise) => waits.push(promise) });
    await Promise.all(waits);
  }

  install() {
    return this.dispatch("install");
  }

  activate() {
    return this.dispatch("activate");
  }

  message(data, ports = []) {
    return this.dispatch("message", { data, ports });
  }

  async report() {
    let answer;
    const port = { postMessage: (message) => (answer = { ...message }) };
    await this.message({ type: "report-shell" }, [port]);
    return answer;
  }

  /** The worker's answer, or `undefined` when it leaves the request to the browser. */
  respond(request) {
    let answer;
    this.handlers.get("fetch")({ request, respondWith: (response) => (answer = response) });
    return answer;
  }

  async textOf(request) {
    const answer = await this.respond(request);
    assert.ok(answer, `${request.url} was left to the browser`);
    return answer.text();
  }
}

/** The parts of `CacheStorage` and `Cache` that the worker uses. */
class CacheStore {
  constructor(filesThatFit) {
    this.room = filesThatFit;
    this.stores = new Map();
  }

  async open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new Map());
    const put = async (path, response) => {
      if (this.room-- <= 0) throw new Error("quota exceeded");
      this.stores.get(name).set(path, await response.text());
    };
    return { put };
  }

  async match(path, { cacheName }) {
    const body = this.stores.get(cacheName)?.get(path);
    return body === undefined ? undefined : new Response(body);
  }

  async has(name) {
    return this.stores.has(name);
  }

  async delete(name) {
    return this.stores.delete(name);
  }

  async keys() {
    return [...this.stores.keys()];
  }
}
