/** Runs a route's module as Next's server does in Node, once it has compiled it. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { newFolder } from '../compile-snippet.js'

// Next's own files are CommonJS, and are loaded as its server loads them.
const require = createRequire(import.meta.url)
require('next/dist/server/node-environment-baseline.js')

/** Answers a request for the route. */
export type Answer = (url: string) => Promise<Response>

/** What a route exports. */
interface Route {
  GET(request: Request): Promise<Response>
}

/** What Next's build says of the route. */
const settings = {
  definition: {
    kind: 'APP_ROUTE',
    page: '/report/route',
    pathname: '/report',
    filename: 'route',
    bundlePath: 'app/report/route'
  },
  distDir: '.next',
  relativeProjectDir: '',
  resolvedPagePath: '',
  nextConfigOutput: undefined
}

/** The handler of routes in Node, which reads the module's settings and runs its function in a request's scope. */
export async function inNode(route: Route): Promise<Answer> {
  const { AppRouteRouteModule } = require('next/dist/server/route-modules/app-route/module.compiled.js')
  const { NextRequest } = require('next/server')
  const routeModule = new AppRouteRouteModule({ ...settings, userland: () => route })
  await routeModule.ensureUserland()
  const renderOpts = {
    experimental: {},
    supportsDynamicResponse: true,
    waitUntil: () => {},
    onClose: () => {}
  }
  const context = { params: {}, sharedContext: { buildId: 'test', deploymentId: '' }, renderOpts }
  return (url) => routeModule.handle(new NextRequest(url), context)
}

/** What Next's build makes of the route for the edge. */
const edgeEntry = (path: string): string => `
  import { EdgeRouteModuleWrapper } from 'next/dist/server/web/edge-route-module-wrapper.js'
  import { AppRouteRouteModule } from 'next/dist/server/route-modules/app-route/module.js'
  import * as route from ${JSON.stringify(path)}
  const settings = ${JSON.stringify(settings)}
  const routeModule = new AppRouteRouteModule({ ...settings, userland: () => route })
  globalThis.__SERVER_FILES_MANIFEST = { config: { experimental: {} } }
  const run = EdgeRouteModuleWrapper.wrap(routeModule, { page: '/report/route' })
  globalThis._ENTRIES = { 'middleware_app/report/route': Promise.resolve({ default: run }) }`

/**
 * The handler of routes on the edge: the route as one script, with what runtimes of the edge get of each package, in the sandbox
 * in which Next runs it, where there is nothing of Node.
 *
 * @param path the route's file.
 * @param env what it reads of its environment.
 */
export async function inEdge(path: string, env: Readonly<Record<string, string>>): Promise<Answer> {
  const folder = await newFolder()
  const script = join(folder, 'route.js')
  await build({
    stdin: { contents: edgeEntry(path), resolveDir: import.meta.dirname, loader: 'ts' },
    outfile: script,
    bundle: true,
    format: 'iife',
    conditions: ['edge-light', 'worker', 'browser', 'module', 'import'],
    mainFields: ['browser', 'module', 'main'],
    define: {
      global: 'globalThis',
      __dirname: '"/"',
      'process.env.NEXT_RUNTIME': '"edge"',
      'process.env.NODE_ENV': '"production"'
    },
    external: ['node:*'],
    logLevel: 'error'
  })
  const { run } = require('next/dist/server/web/sandbox/index.js')
  return async (url) => {
    const { response } = await run({
      name: 'app/report/route',
      paths: [script],
      distDir: folder,
      useCache: true,
      edgeFunctionEntry: { assets: [], wasm: [], env },
      request: {
        url,
        method: 'GET',
        headers: {},
        nextConfig: {},
        page: { name: '/report/route' },
        signal: new AbortController().signal,
        waitUntil: () => {}
      }
    })
    return response
  }
}
