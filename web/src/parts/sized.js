// The width of an element, as it changes.
import { useEffect, useRef, useState } from 'preact/hooks'

export function useWidth(first = 900) {
  const ref = useRef()
  const [width, setWidth] = useState(first)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.round(entry.contentRect.width))))
    watch.observe(ref.current)
    return () => watch.disconnect()
  }, [])
  return [ref, width]
}

/** About `many` round steps from 0 to most. */
export function ticks(most, many = 4) {
  if (!(most > 0)) return [0]
  const raw = most / many
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= raw) || power
  const out = []
  for (let v = 0; v <= most + step * 1e-9; v += step) out.push(+v.toFixed(10))
  return out
}
