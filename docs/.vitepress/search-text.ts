import type { MarkdownEnv } from 'vitepress'

interface Renderer {
  render(text: string, environment: MarkdownEnv): string
}

/**
 * What the search knows of a page: all of a guide, and of the reference the names alone, so that a guide on something is not
 * hidden behind every docstring that mentions it.
 */
export function renderForSearch(text: string, environment: MarkdownEnv, markdown: Renderer): string {
  const html = markdown.render(text, environment)
  if (!environment.relativePath.startsWith('docs/reference/')) return html
  return (html.match(/<h([1-3])\b[\s\S]*?<\/h\1>/g) ?? []).join('\n')
}
