import type { OperationOutput } from '../../client/index.ts';

type Deployment = OperationOutput<'deployments.show'>;
type Explanation = OperationOutput<'projects.explain'>;
type PlanBody = OperationOutput<'plans.create'>['plan'];
type Print = (line: string) => void;

export interface Deployed {
  readonly environment: string;
  readonly isUnchanged: boolean;
  readonly deployment?: Deployment;
}

const planLinesMax = 60;

/** The plan of the first environment, as people read plans. */
export function showPlan(environment: string, plan: PlanBody, print: Print): void {
  print('');
  print(`The plan for shop/${environment}:`);
  const lines = plan.text.split('\n');
  for (const line of lines.slice(0, planLinesMax)) print(`  ${line}`);
  if (lines.length > planLinesMax)
    print(`  … and ${lines.length - planLinesMax} lines more: npx tutti history --project shop --env ${environment}`);
  print('');
}

/** Need × environment → definition: the product in one picture. */
export function showTable(explanation: Explanation, environments: readonly string[], print: Print): void {
  const rows = explanation.needs
    .filter((need) => need.kind === 'resource')
    .map((need) => [
      need.neededBy.length > 0 ? need.neededBy.join(', ') : '(brought along)',
      need.type,
      ...environments.map((name) => need.answers.find((answer) => answer.environment === name)?.winner?.definition ?? '–'),
    ]);
  const header = ['need', 'type', ...environments];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const format = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  print('');
  print('What meets each need, in each environment:');
  print(`  ${format(header)}`);
  print(`  ${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of rows) print(`  ${format(row)}`);
}

/** Where the results lie. Nothing that is not running is shown as healthy. */
export function showDeployments(deployed: readonly Deployed[], print: Print): void {
  print('');
  print('Where the results lie:');
  for (const { environment, deployment } of deployed) {
    print(`  ${environment.padEnd(12)} ${deployment?.location ?? 'nowhere'}`);
    print(
      `  ${' '.repeat(12)} health: not observed${deployment?.nextCommand === undefined ? '' : `; to run it: ${deployment.nextCommand}`}`,
    );
  }
}

export function showNext(print: Print): void {
  print('');
  print('Next, in another terminal:');
  print('  npx tutti validate score.yaml                                      your own Score file: check it');
  print('  npx tutti explain postgres --project shop --env production          why production gets the database it gets');
  print(
    '  npx tutti env set LOG_LEVEL=debug --project shop --env staging      change a value, then: npx tutti plan --project shop --env staging',
  );
  print('');
}
