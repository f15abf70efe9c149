import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Answer } from './respond.js'
import type { BrowserSession } from './sessions.js'

/** The files of the page, as the build leaves them. Nothing else is read for a path. */
const types = {
  'main.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml'
} as const

type AssetName = keyof typeof types

/** Reads a file of the page. */
export async function readAsset(name: AssetName): Promise<Buffer> {
  const manifest = createRequire(import.meta.url).resolve('@bursar/dashboard/package.json')
  return readFile(join(dirname(manifest), 'dist', 'page', name))
}

/** Answers with a file of the page, to anybody: there is nothing of the ledger in it. @returns nothing when the path is none of them. */
export async function assetAnswer(path: string): Promise<Answer | undefined> {
  const name = Object.keys(types).find((each): each is AssetName => path === `/assets/${each}`)
  return name && { status: 200, type: types[name], body: await readAsset(name) }
}

/** The page before its script has run. What it asks for is named relative to its own, secret path. */
export function shellAnswer({ csrfToken }: BrowserSession): Answer {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="csrf-token" content="${csrfToken}">
<title>Bursar</title>
<link rel="icon" href="../assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="../assets/page.css">
<script type="module" src="../assets/main.js"></script>
</head>
<body><div id="root"><p class="notice" role="status">Reading the ledger …</p></div>
<noscript><p class="notice">This page needs its script. bursar report --html FILE writes one that needs none.</p></noscript>
</body>
</html>
`
  return { status: 200, type: 'text/html; charset=utf-8', body }
}

/** What a browser sees that was not let in. */
export function lockedAnswer(message: string): Answer {
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Bursar</title>
<link rel="stylesheet" href="/assets/page.css"></head>
<body><main class="locked"><h1>Bursar</h1><p>${message}</p></main></body></html>
`
  return { status: 403, type: 'text/html; charset=utf-8', body }
}
