// A text field that is completed from the words that the store knows (ARIA combobox with a list).
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { html } from '../html.js'
import { get, ask } from '../api.js'
import { nameOf, number } from '../words.js'

const WAIT_MS = 120

export function Completed({ label, kind, onChoose, hint, value = '' }) {
  const id = useId()
  const [text, setText] = useState(value)
  const [words, setWords] = useState([])
  const [at, setAt] = useState(-1)
  const [open, setOpen] = useState(false)
  const timer = useRef()

  useEffect(() => {
    clearTimeout(timer.current)
    if (!open) return
    const abort = new AbortController()
    timer.current = setTimeout(() => get(ask('words', {}, { kind, starts: text.trim() }), abort.signal).then(
      answer => { setWords(answer.words); setAt(-1) }, () => setWords([])), WAIT_MS)
    return () => { abort.abort(); clearTimeout(timer.current) }
  }, [text, kind, open])

  const choose = word => { setText(word); setOpen(false); onChoose(word) }
  const key = e => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault()
      setOpen(true)
      if (words.length) setAt((at + (e.key === 'ArrowDown' ? 1 : words.length)) % words.length)
    } else if (e.key === 'Enter') {
      e.preventDefault()
      const word = at >= 0 && open ? words[at].word : text.trim()
      if (word) choose(word)
    } else if (e.key === 'Escape' && open && words.length) {
      e.stopPropagation()
      setOpen(false)
    }
  }
  const showing = open && words.length > 0
  return html`<div class="completed">
    <label for=${id}>${label}</label>
    <input id=${id} type="text" role="combobox" autocomplete="off" spellcheck=${false} value=${text} placeholder=${hint}
      aria-expanded=${showing} aria-controls=${id + 'l'} aria-autocomplete="list"
      aria-activedescendant=${showing && at >= 0 ? `${id}-${at}` : null}
      onInput=${e => { setText(e.currentTarget.value); setOpen(true) }} onFocus=${() => setOpen(true)}
      onBlur=${() => setOpen(false)} onKeyDown=${key} />
    <ul id=${id + 'l'} role="listbox" aria-label=${'Completions of ' + label} hidden=${!showing}>
      ${words.map((w, i) => html`<li id=${`${id}-${i}`} role="option" aria-selected=${i === at} key=${w.word}
        onMouseDown=${e => { e.preventDefault(); choose(w.word) }}>
        <span>${w.word}${nameOf(w.word) !== w.word && html` <small>${nameOf(w.word)}</small>`}</span>
        ${w.n != null && html`<span class="n">${number(w.n)}</span>`}</li>`)}
    </ul>
  </div>`
}
