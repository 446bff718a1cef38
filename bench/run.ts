// `npm run bench`, or `npm run bench -- render`: measures, prints medians and ratios, and judges nothing.
import { benchKubernetes } from './kubernetes.ts';
import { benchMatch } from './match.ts';
import { benchPlan } from './plan.ts';
import { benchProvisioners } from './provisioners.ts';
import { benchRender } from './render.ts';
import { benchTemplates } from './templates.ts';

const benchmarks = {
  render: benchRender,
  provisioners: benchProvisioners,
  templates: benchTemplates,
  plan: benchPlan,
  match: benchMatch,
  kubernetes: benchKubernetes,
};
const wanted = process.argv.slice(2);

console.log(`Node ${process.versions.node}. A floor is measured in the same run, so ratios hold on any machine.`);
for (const [name, bench] of Object.entries(benchmarks)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}
