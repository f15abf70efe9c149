type Wire = typeof import('@bursar/core/wire')

let loaded: Promise<Wire> | undefined

/** Loads what reads the wire shapes. A page that meets no 402 never loads it. */
export function loadWire(): Promise<Wire> {
  if (!loaded) {
    loaded = import('@bursar/core/wire')
    // A page whose connection failed tries again with its next call.
    loaded.catch(() => {
      loaded = undefined
    })
  }
  return loaded
}
