// The menu that saves the present view.
import { useRef } from 'preact/hooks'
import { html } from '../html.js'
import { about, exportable, spoken } from '../state.js'
import { ask } from '../api.js'
import { query } from '../filters.js'
import { page, png, save, standalone, tableCsv } from '../exports.js'

function provenance() {
  const a = about.value
  const filters = Object.entries(query.value).map(([n, v]) => `${n} ${v}`).join('; ')
  return {
    filters, address: location.href,
    cite: `dragoman ${a?.version ?? ''}, tables ${a?.tables ?? '?'}${a?.model ? `, model ${a.model}` : ''}; ${a?.events ?? '?'} events of ${a?.stories ?? '?'} stories.`,
  }
}

export function Exporter() {
  const menu = useRef()
  const view = exportable.value
  const asked = query.value
  const done = word => { menu.current.open = false; spoken.value = word; menu.current.querySelector('summary').focus() }
  const saving = (label, note, act) => html`<li><button type="button" onClick=${async () => { await act(); done(label + ' saved') }}>
    <b>${label}</b> <small>${note}</small></button></li>`
  const fromServer = (label, note, suffix) => html`<li><a href=${ask('events' + suffix, asked)} download=${'events' + suffix}
    onClick=${() => done(label)}><b>${label}</b> <small>${note}</small></a></li>`
  return html`<details class="exporter" ref=${menu} onKeyDown=${e => e.key === 'Escape' && done('')}>
    <summary>Save</summary>
    <div class="menu">
      ${view && html`<h2>This view</h2><ul>
        ${view.tables?.length > 0 && saving('CSV', 'its numbers', () => view.tables.forEach((t, i) =>
          save(`${view.name}${i ? '-' + (i + 1) : ''}.csv`, 'text/csv', tableCsv(t))))}
        ${view.svg?.() && saving('SVG', 'its drawing', () => save(view.name + '.svg', 'image/svg+xml', standalone(view.svg())))}
        ${view.svg?.() && saving('PNG', 'its drawing', async () => save(view.name + '.png', 'image/png', await png(standalone(view.svg()))))}
        ${saving('HTML', 'all of it, in one file', () => save(view.name + '.html', 'text/html', page(view, provenance())))}
      </ul>`}
      <h2>The events behind it</h2><ul>
        ${fromServer('CSV', 'one event per row', '.csv')}
        ${fromServer('JSON Lines', 'full records', '.jsonl')}
        <li><a href=${ask('events.atom', asked)} onClick=${() => done('Atom feed')}><b>Atom feed</b> <small>what is new, for a feed reader</small></a></li>
        ${fromServer('Metadata', 'filters, version, hashes, how to cite', '.meta.json')}
      </ul>
    </div>
  </details>`
}
