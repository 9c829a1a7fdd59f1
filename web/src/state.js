// What the whole page knows: the store it looks at, what can be saved of the present view, and the theme.
import { signal, effect } from '@preact/signals'

/** The answer of /api/about, or null until it is there. */
export const about = signal(null)
/** What the present view offers for saving (exports.js), or null. */
export const exportable = signal(null)
/** What a screen reader is told: one short sentence after a change. */
export const spoken = signal('')
/** New events since the page was opened. */
export const news = signal(0)

const kept = () => { try { return localStorage.getItem('theme') } catch { return null } }
/** 'light', 'dark' or 'auto'. */
export const theme = signal(kept() || 'auto')
effect(() => {
  const root = document.documentElement
  if (theme.value === 'auto') delete root.dataset.theme
  else root.dataset.theme = theme.value
  try { localStorage.setItem('theme', theme.value) } catch { /* a private window forgets it */ }
})
