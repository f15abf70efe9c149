import { connect } from 'node:net'

/** Sends bytes to a server and gives back what it has answered when it stops, or after `waitMs`. */
export function sendRaw(url: string, text: string, waitMs = 300): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let answer = ''
    const finish = (): void => {
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(finish, waitMs)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('close', () => {
      clearTimeout(timer)
      finish()
    })
    socket.on('error', reject)
    socket.write(text)
  })
}
