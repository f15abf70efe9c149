import type { MarkdownEnv, MarkdownRenderer } from 'vitepress'

/**
 * What the search knows of a page: all of a guide, and of the reference the names alone, so that a guide on something is not
 * hidden behind every docstring that mentions it.
 */
export function renderForSearch(text: string, environment: MarkdownEnv, markdown: MarkdownRenderer): string {
  const html = markdown.render(text, environment)
  if (!environment.relativePath.startsWith('docs/reference/')) return html
  return (html.match(/<h([1-3])\b[\s\S]*?<\/h\1>/g) ?? []).join('\n')
}
