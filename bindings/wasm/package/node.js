// For Node: files are read, by default those beside this one.
import { readFile } from 'node:fs/promises'
import { open } from './coder.js'
export { DragomanError, cut } from './coder.js'

const isBytes = source => source instanceof ArrayBuffer || ArrayBuffer.isView(source)
const bytesOf = source => isBytes(source) ? new Uint8Array(source) : readFile(source)

export async function load({ wasm = new URL('core.wasm', import.meta.url), data = new URL('english.pack', import.meta.url) } = {}) {
  const module = Promise.resolve(bytesOf(wasm)).then(bytes => WebAssembly.compile(bytes))
  return open(module, bytesOf(data))
}
