// Saving a view: its numbers as CSV, its drawing as SVG and PNG, all of it as one HTML file that needs nothing else.
// A view says what it offers with useExport(); the events behind it come from the server as CSV and JSON Lines.
import { useEffect } from 'preact/hooks'
import { exportable } from './state.js'

/** make: () => {name, title, sentence, tables: [], svg: () => element, body: () => element}; again when deps change. */
export function useExport(make, deps) {
  useEffect(() => {
    exportable.value = make()
    return () => { exportable.value = null }
  }, deps)
}

export function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }))
  const a = document.createElement('a')
  a.href = url
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 10000)
}

const textOf = v => (v && typeof v === 'object' ? v.text : v)

/** RFC 4180; text that a spreadsheet would calculate gets an apostrophe in front, as in the program's own CSV. */
export function tableCsv({ head, rows }) {
  const quoted = v => {
    let s = v == null ? '' : String(v)
    if (typeof v !== 'number' && /^'*[=+\-@＝＋－＠\t\r\n]/.test(s)) s = "'" + s
    return /[",\r\n]/.test(s) ? '"' + s.replaceAll('"', '""') + '"' : s
  }
  return [head, ...rows.map(r => r.map(textOf))].map(r => r.map(quoted).join(',')).join('\r\n') + '\r\n'
}

// What CSS gives a drawing on the page has to be written into it where there is no style sheet.
const DRAWN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'fill-opacity', 'stroke-opacity',
  'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'letter-spacing', 'visibility', 'vector-effect', 'paint-order']

export function standalone(svg) {
  const copy = svg.cloneNode(true)
  const from = [svg, ...svg.querySelectorAll('*')]
  const to = [copy, ...copy.querySelectorAll('*')]
  from.forEach((element, i) => {
    const style = getComputedStyle(element)
    if (style.display === 'none') { to[i].setAttribute('display', 'none'); return }
    for (const name of DRAWN) {
      const value = style.getPropertyValue(name)
      // A computed url() is absolute; within the file it must stay a reference.
      if (value) to[i].setAttribute(name, value.replace(/url\("?[^")]*#([^")]+)"?\)/, 'url(#$1)').replaceAll('"', "'"))
    }
    for (const name of ['class', 'style', 'tabindex']) to[i].removeAttribute(name)
  })
  copy.querySelectorAll('[data-screen]').forEach(e => e.remove())
  const box = svg.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', Math.round(box.width))
  copy.setAttribute('height', Math.round(box.height))
  if (!copy.getAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${Math.round(box.width)} ${Math.round(box.height)}`)
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  ground.setAttribute('width', '100%')
  ground.setAttribute('height', '100%')
  const [x, y] = copy.getAttribute('viewBox').split(' ')
  ground.setAttribute('x', x)
  ground.setAttribute('y', y)
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor)
  copy.prepend(ground)
  return new XMLSerializer().serializeToString(copy)
}

export async function png(svgText, scale = 2) {
  const image = new Image()
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svgText)
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width * scale
  canvas.height = image.height * scale
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise(resolve => canvas.toBlob(resolve, 'image/png'))
}

const escaped = s => String(s ?? '').replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c])

function tableHtml({ caption, head, rows }) {
  const body = rows.map(r => '<tr>' + r.map(v => {
    const t = textOf(v)
    return `<td${typeof t === 'number' ? ' class="n"' : /^\d{4}-\d\d-\d\d$/.test(t) ? ' class="day"' : ''}>${escaped(typeof t === 'number' ? t.toLocaleString('en') : t)}</td>`
  }).join('') + '</tr>').join('\n')
  return `<table><caption>${escaped(caption)}</caption><thead><tr>${head.map(h => `<th scope="col">${escaped(h)}</th>`).join('')}</tr></thead><tbody>${body}</tbody></table>`
}

const STYLE = `body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Charter,Georgia,serif;color:#1c1b18;background:#fff}
h1{font-size:2rem;line-height:1.15;margin:.2em 0}.stand{font-size:1.15rem}svg{max-width:100%;height:auto;margin:1rem 0}
table{border-collapse:collapse;font:.85rem/1.4 system-ui,sans-serif;margin:1.5rem 0;width:100%}caption{text-align:left;font-weight:600;padding:.4rem 0}
th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top}.n{text-align:right;font-variant-numeric:tabular-nums}.day{white-space:nowrap}
footer{font:.8rem/1.5 system-ui,sans-serif;color:#555;border-top:3px double #999;margin-top:2rem;padding-top:.6rem;overflow-wrap:anywhere}
mark{background:#eee;font-weight:600}.tag{font:600 .7rem system-ui,sans-serif;border:1px solid;padding:0 .25em;margin-left:.25em}p{white-space:pre-line}`

/** One file: the sentence, the drawing, the tables, the filters and how to cite. No script, nothing loaded. */
export function page(view, { filters, cite, address }) {
  const drawing = view.svg?.()
  const body = view.body?.()
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(view.title)} · dragoman</title>
<style>${STYLE}</style></head><body>
<h1>${escaped(view.title)}</h1>
<p class="stand">${escaped(view.sentence)}</p>
${drawing ? standalone(drawing) : ''}
${body || ''}
${(view.tables || []).map(tableHtml).join('\n')}
<footer><p>${escaped(cite)}</p><p>Filters: ${escaped(filters)}</p><p>Address: ${escaped(address)}</p></footer>
</body></html>
`
}
