// The way into the page: which view an address names, and the frame around it.
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { html } from './html.js'
import { complete, followLinks, linkTo, path, query } from './filters.js'
import { get, listen, useApi } from './api.js'
import { about, news, spoken } from './state.js'
import { Failure, Headline } from './parts/common.js'
import { Shell } from './parts/shell.js'
import { Overview } from './views/overview.js'
import { Network } from './views/network.js'
import { MapView } from './views/map.js'
import { Voices } from './views/voices.js'
import { Events } from './views/events.js'
import { Reader } from './views/reader.js'
import { Actor } from './views/actor.js'
import { Try } from './views/try.js'
import { Correct } from './views/correct.js'
import { learnTypes, plural } from './words.js'

const VIEWS = [
  { at: /^\/$/, view: Overview, name: 'Overview', filtered: true },
  { at: /^\/network$/, view: Network, name: 'Network', filtered: true },
  { at: /^\/map$/, view: MapView, name: 'Map', filtered: true },
  { at: /^\/voices$/, view: Voices, name: 'Who says what', filtered: true },
  { at: /^\/events$/, view: Events, name: 'Events', filtered: true },
  { at: /^\/actor\/[^/]+$/, view: Actor, name: 'Actor', filtered: true },
  { at: /^\/story\/[^/]+$/, view: Reader, name: 'Report' },
  { at: /^\/try$/, view: Try, name: 'Try it' },
  { at: /^\/correct$/, view: Correct, name: 'Correct it', filtered: true },
]

const Missing = () => html`<${Headline} title="There is no such page" sentence="The address may be mistyped, or from another version." />
  <p class="actions"><a class="button" href=${linkTo('/')}>Go to the overview</a></p>`

// A few old reports must not shrink the rest to a corner of the first view: where the earliest twentieth of the stories takes
// up more than half of the time, the first view begins after it, says so, and has the whole period one click away.
async function begin(data) {
  let core = data.since
  try {
    const { periods, stories } = data.events ? await get(`/api/timeline?by=month&since=${data.since}&until=${data.until}`) : { periods: [], stories: [] }
    const all = stories.reduce((s, n) => s + n, 0)
    let seen = 0, i = 0
    while (i < periods.length && seen + stories[i] <= all / 20) seen += stories[i++]
    if (i < periods.length && i > periods.length / 2) core = periods[i]
  } catch { /* then all of it is shown */ }
  learnTypes(data.types)
  about.value = { ...data, core: core < data.since ? data.since : core }
}

function Page() {
  const of = useApi('/api/about')
  const found = VIEWS.find(v => v.at.test(path.value))
  const View = found?.view || Missing
  useEffect(() => { if (of.data && !about.value) begin(of.data) }, [of.data])
  useEffect(() => {
    document.addEventListener('click', followLinks)
    const end = listen(({ n }) => { news.value += n || 0 })
    return () => { document.removeEventListener('click', followLinks); end() }
  }, [])
  useEffect(() => { if (about.value && found?.filtered) complete(about.value) }, [path.value, about.value])
  useEffect(() => { document.title = `${found?.name || 'Not found'} · dragoman`; spoken.value = found?.name || '' }, [path.value])
  return html`<${Shell} filtered=${found?.filtered}>
    ${of.error ? html`<${Failure} error=${of.error} again=${of.again} />`
      : about.value?.events === 0 && found?.filtered ? html`<div class="note empty"><h1 tabindex="-1">${about.value.stories ? `No events in ${plural(about.value.stories, 'story', 'stories')}` : 'This store is empty'}</h1><p>Add reports, then load this page again:</p><pre>dragoman ingest --db events.db -r reports/</pre><p>Or <a href="/try">paste a report</a> and see how it is coded.</p></div>`
      : html`<${View} key=${found?.name + (found?.name === 'Report' || found?.name === 'Actor' ? path.value : '')} />`}
  </${Shell}>`
}

render(html`<${Page} />`, document.getElementById('page'))
