/** Shells that can complete the command. */
export const shells = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof shells)[number]

/** Each script asks the command itself, so that it knows every verb, option and wallet of the version that is installed. */
export const shellScripts: Readonly<Record<Shell, string>> = {
  bash: `# In ~/.bashrc: eval "$(bursar completion bash)"
_bursar() {
  local IFS=$'\\n'
  COMPREPLY=($(bursar completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _bursar bursar
`,
  zsh: `# In ~/.zshrc, after compinit: eval "$(bursar completion zsh)"
_bursar() {
  local -a found
  found=("\${(@f)$(bursar completion zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -a found; else _files; fi
}
compdef _bursar bursar
`,
  fish: `# bursar completion fish > ~/.config/fish/completions/bursar.fish
complete -c bursar -a '(bursar completion fish -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`
}
