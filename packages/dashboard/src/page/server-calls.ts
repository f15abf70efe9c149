/** Asks the server this page came from, by a path below the page's own. @throws {Error} with words for the reader. */
export async function readFromServer<Value>(path: string): Promise<Value> {
  return answerOf(await reach(path, {}))
}

/** Makes a write. It carries what another origin cannot read. @throws {Error} with words for the reader. */
export async function writeToServer(path: string, body: object): Promise<void> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ''
  const headers = { 'content-type': 'application/json', 'x-csrf-token': token }
  await answerOf(await reach(path, { method: 'POST', headers, body: JSON.stringify(body) }))
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch {
    throw new TypeError('The command that serves this page does not answer. It may have ended.')
  }
}

async function answerOf<Value>(response: Response): Promise<Value> {
  const value = await response.json()
  if (response.ok) return value
  const message =
    typeof value?.message === 'string' ? value.message : `The server answered ${response.status}`
  throw new TypeError(message)
}
