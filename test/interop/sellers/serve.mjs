import { createServer } from 'node:http'

/** What the test gives a seller: its facilitators, who is paid on which network, and how much, in several spellings. */
export const config = JSON.parse(process.env.BURSAR_TEST_SELLER)

/** Serves until the test closes the child's input, which it does in any case by ending. */
export function listen(handler) {
  const server = createServer(handler)
  server.listen(0, '127.0.0.1', () => process.stdout.write(`listening on ${server.address().port}\n`))
  process.stdin.on('end', () => process.exit()).resume()
}
