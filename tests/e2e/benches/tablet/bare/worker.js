// Keeps the bare page on the tablet.
"use strict";

const FILES = ["/bare/index.html", "/bare/bare.js", "/bare/bare.css"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open("bare").then((cache) => cache.addAll(FILES)));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  event.respondWith(caches.match(event.request, { ignoreVary: true }).then((kept) => kept ?? fetch(event.request)));
});
