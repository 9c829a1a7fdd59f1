// For Node: files are read, by default those beside this one.
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { DragomanError, open } from './coder.js'
export { DragomanError, cut } from './coder.js'

const isBytes = source => source instanceof ArrayBuffer || ArrayBuffer.isView(source)
const bytesOf = async source => isBytes(source) ? source : readFile(source)

async function unpacked(source) {
  try {
    return await promisify(gunzip)(await bytesOf(source))
  } catch (error) {
    throw new DragomanError(error.path ? error.message : `the data of tables and model are broken: ${error.message}`)
  }
}

export async function load({ wasm = new URL('core.wasm', import.meta.url), data = new URL('english.pack', import.meta.url) } = {}) {
  return open(bytesOf(wasm).then(bytes => WebAssembly.compile(bytes)), unpacked(data))
}
