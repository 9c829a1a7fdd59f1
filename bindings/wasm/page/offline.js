// Keeps the files of this version of the page, so that it opens without a network.
const NAME = 'dragoman-@HASH@'
const FILES = ['./', '@FILES@']

self.addEventListener('install', event => {
  const files = FILES.map(name => new Request(name, { cache: 'no-cache' }))   // asks whether what is kept already is of this version
  event.waitUntil(caches.open(NAME).then(cache => cache.addAll(files)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', event => {
  const forget = names => Promise.all(names.filter(n => n.startsWith('dragoman-') && n !== NAME).map(n => caches.delete(n)))
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()))
})

self.addEventListener('fetch', event => {
  if (event.request.method === 'GET')
    event.respondWith(caches.open(NAME).then(cache => cache.match(event.request, { ignoreSearch: true })).then(kept => kept || fetch(event.request)))
})
