import type { CommandSpec } from '../command.ts';
import { globalOptions, groupSummaries } from '../input/options.ts';

interface Entry {
  /** What stands before the word: '' or `env` or `env create`. */
  readonly before: string;
  readonly words: readonly Word[];
}

interface Word {
  readonly word: string;
  readonly summary: string;
}

/** Writes the completion of a shell from the list of commands, so that it cannot miss one. */
export function writeCompletion(shell: string, commands: readonly CommandSpec[]): string {
  const entries = listEntries(commands.filter((each) => !each.isHidden));
  if (shell === 'fish') return writeFish(entries);
  const bash = writeBash(entries);
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${bash}` : bash;
}

function listEntries(commands: readonly CommandSpec[]): readonly Entry[] {
  const first = new Map<string, string>();
  const groups = new Map<string, Word[]>();
  for (const { path, summary } of commands) {
    const [head = '', verb] = path;
    first.set(head, verb === undefined ? summary : (groupSummaries[head] ?? ''));
    if (verb !== undefined) groups.set(head, [...(groups.get(head) ?? []), { word: verb, summary }]);
  }
  return [
    { before: '', words: Array.from(first, ([word, summary]) => ({ word, summary })) },
    ...Array.from(groups, ([before, words]) => ({ before, words })),
    ...commands.map((spec) => ({ before: spec.path.join(' '), words: listWords(spec) })),
  ];
}

function listWords({ options = [], parameters = [] }: CommandSpec): readonly Word[] {
  const choices = parameters.flatMap((each) => (each.choices ?? []).map((word) => ({ word, summary: each.summary })));
  return [
    ...choices,
    ...[...options, ...globalOptions].filter((each) => !each.isHidden).map(({ name, summary }) => ({ word: `--${name}`, summary })),
  ];
}

function writeBash(entries: readonly Entry[]): string {
  const cases = entries.map(({ before, words }) => `    '${before}') words='${words.map(({ word }) => word).join(' ')}' ;;`);
  return `# tutti completion
_tutti() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      -*) break ;;
      *) case "$before" in *' '*) break ;; '') before="$word" ;; *) before="$before $word" ;; esac ;;
    esac
  done
  while :; do
    case "$before" in
${cases.map((each) => `  ${each}`).join('\n')}
    esac
    [ -n "$words" ] && break
    case "$before" in *' '*) before="\${before% *}" ;; *) break ;; esac
  done
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -o bashdefault -F _tutti tutti`;
}

function writeFish(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ before, words }) => words.map((word) => writeFishLine(before, word)));
  return ['# tutti completion', ...lines].join('\n');
}

function writeFishLine(before: string, { word, summary }: Word): string {
  const condition =
    before === ''
      ? '__fish_use_subcommand'
      : before
          .split(' ')
          .map((each) => `__fish_seen_subcommand_from ${each}`)
          .join('; and ');
  const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
  return `complete -c tutti -n '${condition}' ${what} -d '${summary.replaceAll("'", "\\'")}'`;
}
