// The calls of a coder, whatever its files are read with: index.js is for browsers, node.js for Node.
import createCore from './core.mjs'

/** What can be made of a story, as include/dragoman.h numbers it. */
export const PRODUCTS = ['events', 'quotes', 'places', 'times', 'trees', 'stories', 'explanation']

export class DragomanError extends Error {
  get name() { return 'DragomanError' }
}

// The smallest module with a vector in it: (func (drop (i32x4.splat (i32.const 0))))
const VECTORS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 17, 26, 11]

async function start(module) {
  let fail
  const failed = new Promise((_, reject) => { fail = reject })
  const core = createCore({
    print() {}, printErr() {},
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(module, imports).then(instance => done(instance), fail)
      return {}
    },
  })
  return Promise.race([core, failed])
}

// Lines "SIZE PATH" and an empty line; then the files' bytes in that order.
function* filesOf(bytes) {
  const end = bytes.findIndex((byte, i) => byte === 10 && bytes[i + 1] === 10) + 1
  let at = end + 1
  for (const line of new TextDecoder().decode(bytes.subarray(0, end)).split('\n')) {
    const [, size, path] = /^(\d+) (\S+)$/.exec(line) ?? []
    if (!path) continue
    yield { path, bytes: bytes.subarray(at, at += Number(size)) }
  }
  if (end === 0 || at !== bytes.length) throw new DragomanError('the data of tables and model are broken')
}

// The file system keeps the bytes where they are; only what is read comes into the coder's memory.
function putFiles({ FS }, bytes) {
  for (const file of filesOf(bytes)) {
    const path = '/tables/' + file.path
    FS.mkdirTree(path.slice(0, path.lastIndexOf('/')))
    FS.writeFile(path, file.bytes, { canOwn: true })
  }
}

/** Opens a coder: module is compiled or will be, data are the tables and the model, or will be. */
export async function open(module, data) {
  if (!WebAssembly.validate(new Uint8Array(VECTORS)))
    throw new DragomanError('this browser or Node is too old: it has no vectors in WebAssembly (SIMD)')
  const [compiled, bytes] = await Promise.all([module, data])
  return new Coder(await start(compiled), bytes)
}

class Coder {
  #core
  #coder

  constructor(core, data) {
    this.#core = core
    putFiles(core, data)
    this.#coder = core._glue_open()
    if (!this.#coder) throw this.#error()
  }

  get version() { return this.#core.UTF8ToString(this.#core._glue_version()) }

  code(text, date) { return records(this.make('events', text, date)) }
  quotes(text, date) { return records(this.make('quotes', text, date)) }
  places(text, date) { return records(this.make('places', text, date))[0] }
  times(text, date) { return records(this.make('times', text, date))[0] }
  explain(text, date) { return this.make('explanation', text, date) }

  make(product, text, date) {
    const number = PRODUCTS.indexOf(product)
    if (number < 0) throw new DragomanError(`there is no product "${product}"; there are: ${PRODUCTS.join(', ')}`)
    if (typeof text !== 'string') throw new DragomanError('the text of the story is no string')
    if (!this.#coder) throw new DragomanError('the coder is closed')
    const core = this.#core
    const made = this.#with(utf8(text), (p, n) => this.#with(utf8((date ?? '') + '\0'), day =>
      core._glue_make(this.#coder, number, p, n, date == null ? 0 : day)))
    if (!made) throw this.#error()
    const out = core.UTF8ToString(made)
    core._glue_free(made)
    return out
  }

  close() {
    if (this.#coder) this.#core._glue_close(this.#coder)
    this.#coder = 0
  }

  // Lends bytes to the coder for one call. Memory may move when it grows: HEAPU8 is asked for each time.
  #with(bytes, call) {
    const p = this.#core._malloc(bytes.length + 1)
    if (!p) throw new DragomanError('there is no memory for the story')
    this.#core.HEAPU8.set(bytes, p)
    try {
      const answer = call(p, bytes.length)
      this.#core._free(p)
      return answer
    } catch (error) {   // only a fault in the coder gets here: what it left behind is not used again
      this.#coder = 0
      throw new DragomanError(`the coder broke: ${error.message}`)
    }
  }

  #error() { return new DragomanError(this.#core.UTF8ToString(this.#core._glue_message())) }
}

const encoder = new TextEncoder()
const utf8 = text => encoder.encode(text)
const records = lines => lines.split('\n').filter(Boolean).map(line => JSON.parse(line))

/** The words from `begin` to `end` (excluded), which records count in code points. */
export const cut = (text, begin, end) => [...text].slice(begin, end).join('')
