// For browsers: files are fetched, by default those beside this one.
import { DragomanError, open } from './coder.js'
export { DragomanError, cut } from './coder.js'

async function fetched(address, progress) {
  const answer = await fetch(address)
  if (!answer.ok) throw new DragomanError(`${address}: the server says ${answer.status}`)
  return progress ? watched(answer, progress) : answer
}

// Tells how many bytes have come, and of how many, where the server says so.
function watched(answer, progress) {
  const all = Number(answer.headers.get('content-length')) || 0
  let n = 0
  const count = new TransformStream({
    transform(part, to) { progress(n += part.length, all); to.enqueue(part) },
  })
  return new Response(answer.body.pipeThrough(count), { headers: answer.headers })
}

const isBytes = source => source instanceof ArrayBuffer || ArrayBuffer.isView(source)

async function unpacked(source, progress) {
  const { body } = isBytes(source) ? new Response(source) : await fetched(source, progress)
  try {
    return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer())
  } catch (error) {
    throw new DragomanError(`the data of tables and model are broken: ${error.message}`)
  }
}

async function moduleOf(source) {
  if (isBytes(source)) return WebAssembly.compile(source)
  const answer = await fetched(source)
  return answer.headers.get('content-type') === 'application/wasm' ? WebAssembly.compileStreaming(answer)
    : WebAssembly.compile(await answer.arrayBuffer())
}

export function load({ wasm = new URL('core.wasm', import.meta.url), data = new URL('english.pack', import.meta.url), progress } = {}) {
  return open(moduleOf(wasm), unpacked(data, progress))
}

/** The same coder in a worker, so that the page stays alive: every call gives a promise. */
export async function loadInWorker({ worker = new URL('worker.js', import.meta.url), progress, ...options } = {}) {
  const thread = new Worker(worker, { type: 'module' })
  const waiting = new Map()
  let n = 0
  const ask = (call, ...args) => new Promise((resolve, reject) => {
    waiting.set(++n, { resolve, reject })
    thread.postMessage({ id: n, call, args })
  })
  const fail = text => { for (const { reject } of waiting.values()) reject(new DragomanError(text)); waiting.clear() }
  thread.onmessage = ({ data: { id, value, error, progress: seen } }) => {
    if (seen) return progress?.(...seen)
    const { resolve, reject } = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) resolve(value)
    else reject(new DragomanError(error))
  }
  thread.onerror = event => fail(event.message || 'the worker does not start')
  const addresses = Object.fromEntries(Object.entries(options).map(([name, it]) => [name, it instanceof URL ? it.href : it]))
  const version = await ask('load', addresses, Boolean(progress))
  const calls = ['code', 'quotes', 'places', 'times', 'explain', 'make']
  return {
    version,
    ...Object.fromEntries(calls.map(call => [call, (...args) => ask(call, ...args)])),
    close() { thread.terminate(); fail('the coder is closed') },
  }
}
