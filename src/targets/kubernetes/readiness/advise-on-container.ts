/** What is known of a container that has trouble. */
export interface ContainerTrouble {
  /** As the kubelet has it: `ImagePullBackOff`; nothing of one that runs. */
  readonly reason: string;
  readonly message: string;
  /** Of its last run, where it has ended. */
  readonly exitCode?: number;
  /** `OOMKilled`, of its last run. */
  readonly endReason: string;
}

type Advice = readonly [(trouble: ContainerTrouble) => boolean, string];

const because =
  (...reasons: readonly string[]) =>
  ({ reason, endReason }: ContainerTrouble): boolean =>
    reasons.includes(reason) || reasons.includes(endReason);

const isPull = because('ErrImagePull', 'ImagePullBackOff');

const ended =
  (...codes: readonly number[]) =>
  ({ exitCode }: ContainerTrouble): boolean =>
    exitCode !== undefined && codes.includes(exitCode);

/** The likely cause and what to do about it: the first that fits. */
const advice: readonly Advice[] = [
  [because('InvalidImageName'), 'What is given as its image is no name of one: correct it.'],
  [
    (trouble) => isPull(trouble) && /unauthorized|denied|authentication|forbidden|\b40[13]\b/i.test(trouble.message),
    'The cluster may not read its image: check the name, and that there are credentials for the registry.',
  ],
  [
    (trouble) => isPull(trouble) && /not found|manifest unknown|does not exist|\b404\b/i.test(trouble.message),
    'There is no such image: check its name and tag, and that it was pushed.',
  ],
  [isPull, 'Its image cannot be fetched: check the name, and that the nodes reach the registry.'],
  [because('CreateContainerConfigError'), 'It refers to a Secret or a ConfigMap, or to a key of one, that is not there.'],
  [because('OOMKilled'), 'It needs more memory than it may have: raise its limit, or let it use less.'],
  [
    (trouble) => ended(127)(trouble) || /executable file not found|no such file or directory/i.test(trouble.message),
    'Its command is not in the image: check `command` and `args`.',
  ],
  [
    (trouble) => ended(126)(trouble) || /permission denied/i.test(trouble.message),
    'Its command may not be run: check the rights of the file, and as whom the container runs.',
  ],
  [ended(137), 'It was killed: its liveness probe failed, or it did not end when it was told to.'],
  [ended(139), 'It crashed at an address that it may not read: look for native code in it.'],
  [ended(0), 'It ends by itself, and is started again: what does its work and ends is a Job.'],
  [({ exitCode }) => exitCode !== undefined, 'It ends by itself with an error: correct what its last lines say.'],
  [
    ({ reason }) => reason === '',
    'Its readiness probe does not succeed: check its path and port, and that the program listens on all addresses.',
  ],
];

/** Says what is likely wrong with a container, and what to do; nothing where nobody knows. */
export function adviseOnContainer(trouble: ContainerTrouble): string {
  return advice.find(([fits]) => fits(trouble))?.[1] ?? '';
}
