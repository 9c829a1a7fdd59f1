// Markup in plain JavaScript: html`<p class="x">${text}</p>`. Text is always escaped by preact.
import { h } from 'preact'
import htm from 'htm'

export const html = htm.bind(h)
