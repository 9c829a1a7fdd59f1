// The four quad classes: hue says cooperation or conflict, so does the shape; hollow and hatched is said, solid is done.
import { html } from '../html.js'
import { QUADS } from '../words.js'

const SHAPES = {
  1: html`<circle cx="8" cy="8" r="5.6" class="hollow" />`,
  2: html`<circle cx="8" cy="8" r="6.6" class="solid" />`,
  3: html`<path d="M8 2.2 14.2 13H1.8z" class="hollow" />`,
  4: html`<path d="M8 1 15.2 14H.8z" class="solid" />`,
}

/** The sign of a quad class; named: read out by a screen reader, where no word stands beside it. */
export const Glyph = ({ quad, named = false }) => html`
  <svg class=${'glyph q' + quad} viewBox="0 0 16 16" width="14" height="14" focusable="false"
    role=${named ? 'img' : null} aria-label=${named ? QUADS[quad]?.name : null} aria-hidden=${named ? null : 'true'}>
    ${SHAPES[quad]}
  </svg>`

/** Fills of the four classes for drawings: url(#id-1) to url(#id-4). */
export const Patterns = ({ id }) => html`
  <defs>${[1, 3].map(quad => html`
    <pattern id=${`${id}-${quad}`} width="4" height="4" patternUnits="userSpaceOnUse"
      patternTransform=${`rotate(${quad === 1 ? 45 : -45})`}>
      <rect width="4" height="4" class=${'soft q' + quad} />
      <rect width="1.7" height="4" class=${'ink q' + quad} />
    </pattern>`)}
  </defs>`

export const Logo = () => html`
  <svg class="logo" viewBox="0 0 30 30" width="30" height="30" aria-hidden="true" focusable="false">
    <path class="ink q2" d="M2 9h4v5H2zM7.5 4h4v10h-4zM13 7h4v7h-4zM18.5 2h4v12h-4zM24 10h4v4h-4z" />
    <path class="ink q4" d="M2 16h4v7H2zM7.5 16h4v4h-4zM13 16h4v12h-4zM18.5 16h4v6h-4zM24 16h4v9h-4z" />
  </svg>`
