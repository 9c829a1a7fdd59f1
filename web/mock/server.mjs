// A stand-in for `dragoman serve`: node mock/server.mjs EVENTS.jsonl STORIES.jsonl [PORT]
// Serves the routes of the contract from what `dragoman code` and `dragoman read` wrote, all in memory.
import http from 'node:http'
import fs from 'node:fs'
import path from 'node:path'

const [eventsFile, storiesFile, port = '8081'] = process.argv.slice(2)
const lines = f => fs.readFileSync(f, 'utf8').split('\n').filter(Boolean).map(l => JSON.parse(l))
const stories = lines(storiesFile).map((s, i) => ({ key: i + 1, ...s }))
const byId = new Map(stories.map(s => [s.id, s]))
const events = lines(eventsFile).map((e, i) => ({ ...e, key: i + 1, story_key: byId.get(e.story_id)?.key }))
const assets = path.join(import.meta.dirname, '../../src/serve/assets')
const TYPES = 'AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT'.split(' ')
const QUAD = [1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4]
const marks = new Map()
const side = a => a.country || a.code
const isWho = (a, w) => a.country === w || a.code === w || a.name === w
const list = v => (v || '').split(',').map(s => s.trim()).filter(Boolean)

function pass(q, except = []) {
  const f = []
  const has = k => q.get(k) && !except.includes(k)
  const any = (k, fn) => { if (has(k)) { const l = list(q.get(k)); f.push(e => l.some(w => fn(e, w))) } }
  any('actor', (e, w) => e.actors.some(a => isWho(a, w)))
  any('recipient', (e, w) => e.recipients.some(a => isWho(a, w)))
  any('country', (e, w) => [...e.actors, ...e.recipients].some(a => isWho(a, w)))
  if (has('dyad')) { const [a, b] = list(q.get('dyad')); f.push(e => e.actors.some(x => isWho(x, a)) && e.recipients.some(x => isWho(x, b))) }
  any('type', (e, w) => e.event_type === w); any('mode', (e, w) => e.event_mode === w); any('quad', (e, w) => String(e.quad) === w)
  any('status', (e, w) => e.status === w); any('polarity', (e, w) => e.polarity === w)
  if (has('since')) f.push(e => e.event_date >= q.get('since'))
  if (has('until')) f.push(e => e.event_date <= q.get('until'))
  any('place', (e, w) => e.locations.some(l => l.country === w || l.name === w))
  any('basis', (e, w) => e.locations[0]?.basis === w)
  any('speaker', (e, w) => w === 'none' ? !e.attribution.length : e.attribution.some(v => v.speaker && isWho(v.speaker, w)))
  if (has('historical')) f.push(e => e.historical === (q.get('historical') === 'yes'))
  if (has('text')) { const t = q.get('text').toLowerCase().replace(/"/g, ''); f.push(e => (byId.get(e.story_id)?.text || '').toLowerCase().includes(t)) }
  any('story', (e, w) => e.story_id === w); any('event', (e, w) => e.event_id === w); any('source', (e, w) => e.story_source === w)
  if (has('min-confidence')) f.push(e => e.confidence >= +q.get('min-confidence'))
  if (q.get('plain') === 'yes' && !except.includes('plain')) f.push(e => e.polarity === 'affirmed' && e.status === 'actual' && !e.historical && !e.attribution.length)
  return events.filter(e => f.every(g => g(e)))
}
const count = (es, key) => { const m = new Map(); for (const e of es) for (const k of [key(e)].flat()) if (k) m.set(k, (m.get(k) || 0) + 1); return [...m].sort((a, b) => b[1] - a[1]) }
const start = (d, by) => { if (by === 'day') return d; if (by === 'month') return d.slice(0, 7) + '-01'; if (by === 'year') return d.slice(0, 4) + '-01-01'; const t = new Date(d + 'T00:00Z'); t.setUTCDate(t.getUTCDate() - (t.getUTCDay() + 6) % 7); return t.toISOString().slice(0, 10) }
const next = (d, by) => { const t = new Date(d + 'T00:00Z'); if (by === 'day') t.setUTCDate(t.getUTCDate() + 1); if (by === 'week') t.setUTCDate(t.getUTCDate() + 7); if (by === 'month') t.setUTCMonth(t.getUTCMonth() + 1); if (by === 'year') t.setUTCFullYear(t.getUTCFullYear() + 1); return t.toISOString().slice(0, 10) }
function span(es, q) { const d = es.map(e => e.event_date).sort(); return [q.get('since') || d[0], q.get('until') || d.at(-1)] }
function timeline(es, q, by) {
  let [a, b] = span(es, q)
  if (!a) return { by: 'month', periods: [], quads: { 1: [], 2: [], 3: [], 4: [] }, stories: [] }
  const days = (Date.parse(b) - Date.parse(a)) / 864e5
  by ||= q.get('by') || (days <= 120 ? 'day' : days <= 2800 ? 'week' : days <= 12000 ? 'month' : 'year')
  const periods = []; for (let p = start(a, by); p <= b; p = next(p, by)) periods.push(p)
  const at = new Map(periods.map((p, i) => [p, i])), quads = { 1: [], 2: [], 3: [], 4: [] }
  for (const k in quads) quads[k] = periods.map(() => 0)
  for (const e of es) { const i = at.get(start(e.event_date, by)); if (i != null) quads[e.quad][i]++ }
  const read = periods.map(() => 0); for (const s of stories) { const i = at.get(start(s.date, by)); if (i != null) read[i]++ }
  return { by, periods, quads, stories: read }
}
function dyads(es) { const m = new Map(); for (const e of es) for (const a of new Set(e.actors.map(side))) for (const b of new Set(e.recipients.map(side))) { if (!a || !b || a === b) continue; const k = a + '|' + b; const d = m.get(k) || { actor: a, recipient: b, n: 0, cooperation: 0, conflict: 0, g: 0 }; d.n++; e.quad < 3 ? d.cooperation++ : d.conflict++; d.g += e.goldstein || 0; m.set(k, d) } return [...m.values()].sort((a, b) => b.n - a.n).map(({ g, ...d }) => ({ ...d, goldstein: +(g / d.n).toFixed(2) })) }
function network(es, n) {
  const pairs = new Map(), deg = new Map()
  for (const d of dyads(es)) { const k = [d.actor, d.recipient].sort().join('|'); const p = pairs.get(k) || { a: k.split('|')[0], b: k.split('|')[1], n: 0, cooperation: 0, conflict: 0 }; p.n += d.n; p.cooperation += d.cooperation; p.conflict += d.conflict; pairs.set(k, p) }
  for (const p of pairs.values()) for (const k of [p.a, p.b]) deg.set(k, (deg.get(k) || 0) + p.n)
  const all = [...deg].sort((a, b) => b[1] - a[1]), keep = new Set(all.slice(0, n).map(x => x[0]))
  const edges = [...pairs.values()].filter(p => keep.has(p.a) && keep.has(p.b)).sort((a, b) => b.n - a.n)
  return { nodes: all.slice(0, n).map(([id, n]) => ({ id, n })), edges, left_out: { nodes: all.length - keep.size, edges: pairs.size - edges.length } }
}
function series(es, q) {
  const by = q.get('by') || 'week', t = timeline(es, q, by), at = new Map(t.periods.map((p, i) => [p, i]))
  const n = t.periods.map(() => 0), s = t.periods.map(() => 0)
  for (const e of es) { const i = at.get(start(e.event_date, by)); if (i != null && e.goldstein != null) { n[i]++; s[i] += e.goldstein } }
  const goldstein = s.map((v, i) => n[i] ? +(v / n[i]).toFixed(2) : null)
  const smoothed = goldstein.map((_, i) => { let w = 0, v = 0; for (let j = Math.max(0, i - 4); j <= Math.min(n.length - 1, i + 4); j++) { w += n[j]; v += s[j] } return w ? +(v / w).toFixed(2) : null })
  const cut = Math.floor(n.length * .4), mean = (a, b) => { let w = 0, v = 0; for (let j = a; j < b; j++) { w += n[j]; v += s[j] } return w ? +(v / w).toFixed(2) : null }
  return { by, periods: t.periods, n, goldstein, smoothed, changes: n.length > 10 ? [cut] : [], means: n.length > 10 ? [mean(0, cut), mean(cut, n.length)] : [mean(0, n.length)], penalty: 9.2, method: 'PELT' }
}
function places(es) { const m = new Map(); let without = 0, coords = 0; for (const e of es) { const l = e.locations[0]; if (!l) { without++; continue } if (l.lat == null) { coords++; continue } const k = l.name + l.lat; const p = m.get(k) || { name: l.name, country: l.country, lat: l.lat, lon: l.lon, precision: l.precision, n: 0, quads: { 1: 0, 2: 0, 3: 0, 4: 0 }, basis: {} }; p.n++; p.quads[e.quad]++; p.basis[l.basis] = (p.basis[l.basis] || 0) + 1; m.set(k, p) } return { places: [...m.values()].sort((a, b) => b.n - a.n).slice(0, 2000), without: { place: without, coordinates: coords } } }
const head = s => s && ({ key: s.key, id: s.id, date: s.date, title: s.title, source: s.source, url: s.url })
const quote = e => { const v = e.attribution.at(-1); return { event_id: e.event_id, story_key: e.story_key, date: e.story_date, source: e.story_source, speaker: v.speaker && { name: v.speaker.name || v.speaker.text, code: v.speaker.code, country: v.speaker.country }, cue: v.cue, kind: v.kind, content: e.text, type: e.event_type, polarity: e.polarity, status: e.status } }
const latest = es => [...es].sort((a, b) => a.event_date < b.event_date ? 1 : -1)
const page = (l, q, name, dflt = 50) => { const n = +q.get('limit') || dflt, o = +q.get('after') || 0; return { [name]: l.slice(o, o + n), next: o + n < l.length ? String(o + n) : null, total: l.length } }
const sides = (l) => l.map(a => a.name || a.code || a.text).join(', ')

const byEvent = new Map(events.map(e => [e.event_id, e]))
const joined = r => { const e = byEvent.get(r.event_id); return { ...r, text: e?.text, title: e?.story_title, story_key: e?.story_key } }

const routes = {
  '/api/about': () => ({ version: '0.1.0', tables: 'a1b2c3d4e5f60718', model: '1122334455667788', stories: stories.length, events: events.length, since: stories.map(s => s.date).sort()[0], until: stories.map(s => s.date).sort().at(-1), correct: true, code: true, types: TYPES.map((type, i) => ({ type, quad: QUAD[i] })), modes: [...new Set(events.map(e => e.event_mode).filter(Boolean))].sort(), sources: count(stories, s => s.source).slice(0, 200).map(([source, stories]) => ({ source, stories })) }),
  '/api/overview': q => { const es = pass(q); const out = []; for (const [k, why] of [['plain', 'not plain'], ['polarity', 'denied'], ['status', 'not actual'], ['historical', 'historical'], ['min-confidence', 'low confidence']]) if (q.get(k)) out.push({ why, n: pass(q, [k]).length - es.length }); return { counts: { events: es.length, reports: es.length, stories: new Set(es.map(e => e.story_id)).size }, left_out: out, timeline: timeline(es, q), dyads: dyads(es).slice(0, 20), types: count(es, e => e.event_type).map(([type, n]) => ({ type, n })), countries: count(es, e => [...new Set([...e.actors, ...e.recipients].map(a => a.country))]).slice(0, 20).map(([country, n]) => ({ country, n })), sources: count(es, e => e.story_source).slice(0, 20).map(([source, n]) => ({ source, n })), sentence: `${es.length} events in ${new Set(es.map(e => e.story_id)).size} stories.` } },
  '/api/timeline': q => timeline(pass(q), q),
  '/api/dyads': q => page(dyads(pass(q)), q, 'dyads'),
  '/api/network': q => network(pass(q), Math.min(200, +q.get('limit') || 60)),
  '/api/series': q => series(pass(q), q),
  '/api/places': q => places(pass(q)),
  '/api/events': q => page(latest(pass(q)), q, 'events'),
  '/api/stories': q => { const c = new Map(count(pass(q), e => e.story_key)); return page(stories.filter(s => c.has(s.key)).sort((a, b) => a.date < b.date ? 1 : -1).map(s => ({ ...head(s), events: c.get(s.key) })), q, 'stories') },
  '/api/quotes': q => page(latest(pass(q).filter(e => e.attribution.length)).map(quote), q, 'quotes'),
  '/api/speakers': q => ({ speakers: (() => { const m = new Map(); for (const e of pass(q)) { const s = e.attribution.at(-1)?.speaker; if (!s) continue; const k = (s.name || s.text) + '|' + s.code; const x = m.get(k) || { name: s.name || s.text, code: s.code, country: s.country, n: 0 }; x.n++; m.set(k, x) } return [...m.values()].sort((a, b) => b.n - a.n).slice(0, 100) })() }),
  '/api/claims': () => ({ claims: lines(process.env.CLAIMS || '/tmp/raw-claims.jsonl').map(c => ({ ...c, affirmed: c.affirmed.map(joined), denied: c.denied.map(joined) })) }),
  '/api/commitments': q => ({ commitments: lines(process.env.COMMIT || '/tmp/raw-commit.jsonl').filter(c => !q.get('state') || c.state === q.get('state')).slice(0, 200).map(c => ({ ...joined(c), decided_by: c.decided_by && joined(c.decided_by) })) }),
  '/api/words': q => { const k = q.get('kind'), s = (q.get('starts') || '').toLowerCase(); const src = { who: e => [...e.actors, ...e.recipients].flatMap(a => [a.code, a.country, a.name]), place: e => e.locations.flatMap(l => [l.name, l.country]), mode: e => e.event_mode, speaker: e => e.attribution.flatMap(v => v.speaker ? [v.speaker.code, v.speaker.name] : []), source: e => e.story_source }[k]; return { words: count(events, src).filter(([w]) => w.toLowerCase().startsWith(s)).slice(0, 20).map(([word, n]) => ({ word, n })) } },
  '/api/marks': () => { const v = [...marks.values()]; const n = k => v.filter(m => m.verdict === k).length; return { marked: v.length, right: n('right'), wrong: n('wrong'), other: n('other'), by_type: TYPES.map(type => ({ type, marked: v.filter(m => m.type0 === type).length, right: v.filter(m => m.type0 === type && m.verdict === 'right').length })), next: events.find(e => !marks.has(e.event_id))?.event_id } },
}
function answer(p, q) {
  if (routes[p]) return routes[p](q)
  let m
  if ((m = p.match(/^\/api\/events\/([0-9a-f]+)$/))) { const e = events.find(x => x.event_id === m[1]); return e && { event: e, reasons: [{ what: 'events', why: `rule ${e.rule} gives ${e.event_type}` }, { what: 'judge', why: 'kept, type 0.51, sides 0.65' }, { what: 'confidence', why: `${e.confidence}` }], story: head(byId.get(e.story_id)), mark: marks.get(e.event_id) || null } }
  if ((m = p.match(/^\/api\/stories\/(\d+)$/))) { const s = stories[m[1] - 1]; return s && { story: { ...head(s), text: s.text }, events: events.filter(e => e.story_key === s.key), copies: stories.filter(o => o !== s && o.title && o.title === s.title && o.date === s.date).map(head), same: [], links: [] } }
  if ((m = p.match(/^\/api\/actors\/(.+)$/))) { const w = decodeURIComponent(m[1]); const qq = new URLSearchParams([...q, ['country', w]]); const es = pass(qq); const who = es.flatMap(e => [...e.actors, ...e.recipients]).find(a => isWho(a, w)); if (!who) return null; const pm = new Map(); for (const d of dyads(es)) { const as = d.actor === who.country ? 'actor' : 'recipient', other = as === 'actor' ? d.recipient : d.actor; pm.set(other + as, { other, n: d.n, cooperation: d.cooperation, conflict: d.conflict, as }) } const said = es.filter(e => e.attribution.length).map(quote); return { who: { code: who.code, name: who.name, country: who.country, sector: who.sector, id: who.id, offices: [{ code: who.code, from: '2018-07-09', to: null }] }, partners: [...pm.values()].slice(0, 30), timeline: timeline(es, q), series: series(es, q), says: said.filter(s => s.speaker && isWho(s.speaker, w)).slice(0, 10), said_of: said.slice(0, 10), latest: latest(es).slice(0, 10) } }
  return null
}
const MIME = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', json: 'application/json', svg: 'image/svg+xml' }
http.createServer(async (req, res) => {
  const u = new URL(req.url, 'http://x'), p = u.pathname, q = u.searchParams
  const send = (code, type, body) => { res.writeHead(code, { 'content-type': type, 'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" }); res.end(body) }
  const json = (o, code = 200) => send(code, 'application/json', JSON.stringify(o))
  if (req.method === 'POST') {
    let b = ''; for await (const c of req) b += c; b = JSON.parse(b)
    if (p === '/api/marks') { const e = events.find(x => x.event_id === b.event_id); marks.set(b.event_id, { ...b, type0: e?.event_type }); return json({ ok: true }) }
    if (p === '/api/code') { const s = stories.find(s => s.text.includes(b.text.slice(0, 60))) || stories[0]; const es = events.filter(e => e.story_id === s.id); return json({ story: { ...head(s), text: s.text }, events: es, reasons: es.map((e, i) => ({ event: i, text: [`events: ${e.rule} gives ${e.event_type}`, 'judge: kept, type 0.51'] })) }) }
  }
  if (p.startsWith('/api/')) {
    const m = p.match(/^(\/api\/events)\.(csv|jsonl|meta\.json)$/)
    if (m) return send(200, 'text/plain', m[2] === 'jsonl' ? pass(q).map(e => JSON.stringify(e)).join('\n') : 'event_id\r\n' + pass(q).map(e => e.event_id).join('\r\n'))
    if (p === '/api/stream') { res.writeHead(200, { 'content-type': 'text/event-stream' }); res.write(':\n\n'); return }
    if (q.get('type') && list(q.get('type')).some(t => !TYPES.includes(t))) return json({ error: { status: 400, message: 'There is no type NONSENSE.', parameter: 'type' } }, 400)
    if (p === '/api/marks.jsonl') return send(200, 'text/plain', '')
    const a = answer(p, q)
    return a ? json(a) : json({ error: { status: 404, message: `There is nothing at ${p}.` } }, 404)
  }
  let f = path.join(assets, p); if (!path.extname(p)) f = path.join(assets, 'index.html')
  fs.readFile(f, (err, b) => err ? send(404, 'text/plain', 'not found') : send(200, MIME[path.extname(f).slice(1)] || 'text/plain', b))
}).listen(+port, '127.0.0.1', () => console.log('http://127.0.0.1:' + port))
