import type { OperationOutput } from '../../client/index.ts';
import type { Output } from './output.ts';
import { harmless, type Paint } from './paint.ts';
import { formatTable } from './table.ts';

type Explanation = OperationOutput<'files.explain'>;
type Need = Explanation['needs'][number];
type Answer = Need['answers'][number];
type Criterion = NonNullable<Answer['winner']>['criterion'];

/** Of one environment every decision with its reason; of several the table need × environment → definition, then the reasons of a single need. */
export function describeExplanation(data: Explanation, { paint }: Pick<Output, 'paint'>): string {
  if (data.needs.length === 0) return 'No need fits what was asked for.';
  if (data.contexts.length === 1) return data.needs.map((need) => describeNeed(need, paint)).join('\n\n');
  const table = formatTable(
    ['NEED', ...data.contexts.map((each) => each.environment)],
    data.needs.map((need) => rowOf(need, data)),
    { paint },
  );
  const [only] = data.needs;
  return data.needs.length === 1 && only ? `${table}\n\n${describeNeed(only, paint)}` : table;
}

function rowOf(need: Need, { contexts }: Explanation): readonly string[] {
  const cells = contexts.map(({ environment }) => {
    if (need.kind === 'derived') return 'derived';
    const answer = need.answers.find((each) => each.environment === environment);
    return answer ? (answer.winner?.definition ?? 'NOTHING') : '-';
  });
  return [need.uid, ...cells];
}

function describeNeed(need: Need, paint: Paint): string {
  const by = need.neededBy.length > 0 ? paint.faint(`  needed by ${harmless(need.neededBy.join(', '))}`) : '';
  const head = `${paint.strong(harmless(need.uid))}${by}`;
  if (need.kind === 'derived') return `${head}\n  derived by tutti itself: nothing is provisioned`;
  return [head, ...need.answers.flatMap((answer) => describeAnswer(answer, paint))].join('\n');
}

function describeAnswer({ environment, winner, others }: Answer, paint: Paint): readonly string[] {
  const won = winner
    ? `${paint.good(harmless(winner.definition))}  ${harmless(showCriterion(winner.criterion))}`
    : paint.bad('nothing meets it');
  const lost = others.map(
    (other) => `    not ${harmless(other.definition)}  ${harmless(showCriterion(other.criterion))}: ${harmless(other.reason)}`,
  );
  return [`  ${harmless(environment)}: ${won}`, ...lost];
}

/** `{environmentType: production, class: large}`; `{}` holds everywhere. */
function showCriterion(criterion: Criterion): string {
  const { class: className, isFinal, ...keys } = criterion;
  const parts = Object.entries(keys).map(([key, value]) => `${key}: ${value}`);
  if (className === '*') parts.push('any class');
  else if (className !== 'default') parts.push(`class: ${className}`);
  if (isFinal) parts.push('final');
  return `{${parts.join(', ')}}`;
}
