// The frame of every view: nameplate, sections, filters, footer.
import { html } from '../html.js'
import { about, news, spoken, theme } from '../state.js'
import { linkTo, path } from '../filters.js'
import { forget } from '../api.js'
import { day, number, plural } from '../words.js'
import { Logo } from './glyph.js'
import { FilterBar } from './filterbar.js'
import { Exporter } from './exporter.js'

const SECTIONS = [
  ['/', 'Overview'], ['/network', 'Network'], ['/map', 'Map'], ['/voices', 'Who says what'], ['/events', 'Events'], ['/try', 'Try it'],
]

const THEMES = { auto: ['dark', 'Theme: as the system has it'], dark: ['light', 'Theme: dark'], light: ['auto', 'Theme: light'] }

function Theme() {
  const [next, label] = THEMES[theme.value]
  return html`<button type="button" class="theme" aria-label=${`${theme.value} theme, change to ${next}`} title=${label} onClick=${() => { theme.value = next }}>
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6.3" class="ring" />
      ${theme.value === 'auto' ? html`<path d="M8 1.7a6.3 6.3 0 0 0 0 12.6z" class="half" />`
        : theme.value === 'dark' ? html`<circle cx="8" cy="8" r="6.3" class="half" />` : null}</svg>
    <span class="word">${theme.value}</span></button>`
}

function Dateline() {
  const a = about.value
  if (!a) return html`<p class="dateline"> </p>`
  return html`<p class="dateline"><span>${plural(a.stories, 'story', 'stories')}</span>
    <span>${plural(a.events, 'event')}</span>${a.since && html`<span>${day(a.since)} to ${day(a.until)}</span>`}
    ${news.value > 0 && html`<span><button type="button" class="plain" onClick=${() => { forget(); location.reload() }}>
      ${plural(news.value, 'new event')}: show</button></span>`}</p>`
}

export function Shell({ filtered, children }) {
  const here = path.value
  const sections = about.value?.correct ? [...SECTIONS, ['/correct', 'Correct it']] : SECTIONS
  return html`
    <a class="skip" href="#view" onClick=${e => { e.preventDefault(); (document.querySelector('main h1') || document.querySelector('main')).focus() }}>Skip to the view</a>
    <header class="masthead">
      <a class="nameplate" href=${linkTo('/')} aria-label="dragoman: overview"><${Logo} /><span>dragoman</span></a>
      <${Dateline} />
      <div class="tools"><${Exporter} /><${Theme} /></div>
    </header>
    <nav aria-label="Views"><ul>${sections.map(([to, label]) => html`
      <li><a href=${linkTo(to)} aria-current=${(to === '/' ? here === '/' : here.startsWith(to)) ? 'page' : null}>${label}</a></li>`)}</ul></nav>
    ${filtered && html`<${FilterBar} />`}
    <main id="view" tabindex="-1">${children}</main>
    <footer class="imprint">
      <p><b>dragoman</b>: the interpreter at a court or an embassy. Codes are what a program read in the reports; open the words before you quote a number.</p>
      <p>${about.value && html`Version ${about.value.version} · tables <code>${String(about.value.tables || '').slice(0, 12)}</code> · `}<a href="/api">API</a> · <a href="/licences.txt" target="_blank" rel="noopener">Licences</a> · Nothing on this page is loaded from another host.</p>
    </footer>
    <p class="spoken" role="status" aria-live="polite">${spoken.value}</p>`
}
