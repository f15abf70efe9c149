import { setFlagsFromString } from 'node:v8'
import { isShortVerb } from '../contract/short-verbs.js'

/**
 * Keeps WebAssembly as it is first compiled, where a verb ends soon. The V8 of Node 20 optimizes the parser of Node's fetch
 * as soon as that has read one answer, and the end of the process waits for it: 40 ms of 400. Later ones do not. Node promises
 * little of flags that are set late, so that no verb that pays sets one.
 *
 * @param verb its words.
 */
export function keepWasmPlain(verb: string): void {
  if (!isShortVerb(verb) || !process.versions.v8.startsWith('11.')) return
  // Fetch is loaded first: under flags of its own, V8 takes no module of Node's from the cache that comes with Node.
  void globalThis.Response
  setFlagsFromString('--wasm-tiering-budget=1000000000')
}
