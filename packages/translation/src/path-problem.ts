/** Why a path is not answered. Nothing was sent to a service, and nothing was paid. */
export interface PathProblem {
  /** Of an answer by HTTP. */
  readonly status: number
  readonly code: string
  readonly message: string
}

/** What there is instead. */
export interface KnownPaths {
  /** Those that take POST. */
  readonly posts: Iterable<string>
  /** What can be asked after, in words. */
  readonly gets: string
}

/** What is asked after, and takes no POST: the list of models, and each of them. */
const read = /^\/v1\/models(?:\/|$)/

/** The problem of a request that has no answer here: its path is not here, or takes another method. */
export function pathProblem(path: string, { posts, gets }: KnownPaths): PathProblem {
  const known = [...posts]
  const takes = known.includes(path) ? 'POST' : read.test(path) ? 'GET' : undefined
  if (takes)
    return { status: 405, code: 'method_not_allowed', message: `${path.slice(0, 100)} takes ${takes}` }
  const here = `POST ${known.join(', ')}; GET ${gets}`
  const message = `There is no ${path.slice(0, 100)} here. There is ${here}`
  return { status: 404, code: 'not_found', message }
}
