// One coder in a thread of its own. Asked {id, call, args}, it answers {id, value} or {id, error}.
import { load } from './index.js'

let coder

async function answer(call, args) {
  if (call !== 'load') return coder[call](...args)
  const [options, tells] = args
  coder = await load({ ...options, progress: tells ? (...seen) => postMessage({ progress: seen }) : undefined })
  return coder.version
}

onmessage = async ({ data: { id, call, args } }) => {
  try {
    postMessage({ id, value: await answer(call, args) })
  } catch (error) {
    postMessage({ id, error: error.message })
  }
}
