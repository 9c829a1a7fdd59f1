// The bar above every view: period, unit of counting, plain events, and the chosen filters as chips.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { html } from '../html.js'
import { FILTERS, chosen, filterOf, linkWith, members, query, set, toggle } from '../filters.js'
import { TYPES, QUADS, nameOf } from '../words.js'
import { Completed } from './completed.js'
import { Glyph } from './glyph.js'
import { about } from '../state.js'

function valueWords(filter, value) {
  if (filter.values) return members(value).map(v => filter.values[v] || v).join(' or ')
  if (filter.kind === 'pair') return members(value).map(nameOf).join(' → ')
  if (filter.name === 'min-confidence') return 'at least ' + value
  if (filter.one) return nameOf(value)
  if (filter.kind === 'word') return members(value).map(v => (v === 'none' ? 'the report itself' : nameOf(v))).join(' or ')
  return members(value).join(' or ')
}

function Types() {
  const now = members(query.value.type)
  return html`<div class="types">${[1, 2, 3, 4].map(quad => html`
    <fieldset><legend><${Glyph} quad=${quad} /> ${QUADS[quad].plural}</legend>
      ${Object.keys(TYPES).filter(t => TYPES[t] === quad).map(type => html`
        <label class="check"><input type="checkbox" checked=${now.includes(type)} onChange=${() => toggle('type', type)} />${type}</label>`)}
    </fieldset>`)}</div>`
}

function Choice({ filter }) {
  const now = members(query.value[filter.name])
  const one = filter.kind === 'one'
  return html`<fieldset><legend>${filter.label}</legend>
    ${one && html`<label class="check"><input type="radio" name=${filter.name} checked=${!now.length}
      onChange=${() => set({ [filter.name]: '' })} />all</label>`}
    ${Object.entries(filter.values).map(([value, words]) => html`
      <label class="check"><input type=${one ? 'radio' : 'checkbox'} name=${filter.name} checked=${now.includes(value)}
        onChange=${() => (one ? set({ [filter.name]: value }) : toggle(filter.name, value))} />
        ${filter.name === 'quad' && html`<${Glyph} quad=${value} />`}${words}</label>`)}
  </fieldset>`
}

function Pair({ filter }) {
  const [first, setFirst] = useState(members(query.value.dyad)[0] || '')
  const second = useRef()
  return html`<div ref=${second}>
    <${Completed} label="Who acts" kind="who" value=${first} onChoose=${word => {
      setFirst(word)
      second.current.querySelectorAll('input')[1].focus()
    }} />
    <${Completed} label="on whom" kind="who" value=${members(query.value.dyad)[1] || ''}
      onChoose=${word => first && set({ [filter.name]: `${first},${word}` })} />
  </div>`
}

function Word({ filter }) {
  const add = word => set({ [filter.name]: filter.one ? word : [...new Set([...members(query.value[filter.name]), word])].join(',') })
  return html`<${Completed} key=${filter.name + (query.value[filter.name] || '')} label=${filter.label} kind=${filter.words}
    onChoose=${add} />`
}

function Text({ filter }) {
  const [text, setText] = useState(query.value[filter.name] || '')
  const isNumber = filter.kind === 'number'
  return html`<form class="inline" onSubmit=${e => { e.preventDefault(); set({ [filter.name]: text.trim() }) }}>
    <label>${filter.label}<input type=${isNumber ? 'number' : 'text'} min=${isNumber ? 0 : null} max=${isNumber ? 1 : null}
      step=${isNumber ? '0.05' : null} value=${text} onInput=${e => setText(e.currentTarget.value)} /></label>
    <button type="submit">Apply</button></form>`
}

const EDITORS = { types: Types, choice: Choice, one: Choice, pair: Pair, word: Word, text: Text, number: Text }

function Adder({ close, start }) {
  const [name, setName] = useState(start || 'country')
  const filter = filterOf(name)
  const Editor = EDITORS[filter.kind]
  const box = useRef()
  useEffect(() => {
    box.current.querySelector(start ? '.editor input' : 'select').focus()
    const outside = e => { if (!box.current?.contains(e.target) && !e.target.closest?.('.add-filter')) close() }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [])
  useLayoutEffect(() => {   // where its button stands far to the right, it begins further to the left
    box.current.style.left = ''
    const over = box.current.getBoundingClientRect().right - (document.documentElement.clientWidth - 16)
    if (over > 0) box.current.style.left = -over + 'px'
  })
  return html`<div class="adder" ref=${box} role="dialog" aria-label="Filter" onKeyDown=${e => e.key === 'Escape' && close(true)}>
    <label>Filter by <select value=${name} onChange=${e => setName(e.currentTarget.value)}>
      ${FILTERS.map(f => html`<option value=${f.name} selected=${f.name === name}>${f.label}</option>`)}</select></label>
    <p class="fine">${filter.hint}</p>
    <div class="editor"><${Editor} key=${name} filter=${filter} /></div>
    <p class="actions"><button type="button" onClick=${() => close(true)}>Done</button></p>
  </div>`
}

function Period() {
  const { since = '', until = '' } = query.value
  const date = (name, value, label) => html`<label><span>${label}</span>
    <input type="date" value=${value} onChange=${e => set({ [name]: e.currentTarget.value || about.value?.[name] })} /></label>`
  const whole = about.value && (since !== about.value.since || until !== about.value.until)
  return html`<div class="period">
    ${date('since', since, 'From')}${date('until', until, 'to')}
    ${whole && html`<a class="button" href=${linkWith({ since: about.value.since, until: about.value.until })}>Whole period</a>`}
  </div>`
}

export function FilterBar() {
  const [adding, setAdding] = useState(null)
  const opener = useRef()
  const close = back => { setAdding(null); if (back) opener.current?.focus() }
  const asked = query.value
  return html`<section class="filters" aria-label="Filters">
    <${Period} />
    <label class="unit"><span>Count</span> <select value=${asked.per || 'report'} onChange=${e => set({ per: e.currentTarget.value })}>
      <option value="report">every report</option><option value="story">copies once</option><option value="event">distinct events</option>
    </select></label>
    <label class="check plain-only" title="Affirmed, actual, not background, and on the report’s own word">
      <input type="checkbox" checked=${asked.plain === 'yes'} onChange=${() => set({ plain: asked.plain ? '' : 'yes' })} />
      Only what plainly happened</label>
    <div class="chips">
      ${chosen(asked).map(([name, value]) => html`<span class="chip" key=${name}>
        <button type="button" class="what add-filter" onClick=${() => setAdding(name)}><small>${filterOf(name).label}</small> ${valueWords(filterOf(name), value)}</button>
        <a class="remove" href=${linkWith({ [name]: '' })} aria-label=${`Remove the filter ${filterOf(name).label}`}>×</a></span>`)}
      <button type="button" class="add-filter" ref=${opener} aria-expanded=${adding !== null}
        onClick=${() => setAdding(adding === null ? '' : null)}>+ Filter</button>
      ${chosen(asked).length > 1 && html`<a class="clear" href=${linkWith(Object.fromEntries(FILTERS.map(f => [f.name, ''])))}>Clear all</a>`}
      ${adding !== null && html`<${Adder} key=${adding} start=${adding} close=${close} />`}
    </div>
  </section>`
}
