import { printable } from '../../access/printable';
import { clipped } from '../../policies/clipped';
import type { Action } from '../resource-change';
import type { PlannedChange } from './plan';

/** Of the words that Terraform has for why it does something, what they say. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_cannot_update: 'the provider cannot update it in place',
  replace_because_tainted: 'it is tainted: its last apply failed, or somebody marked it so',
  replace_by_request: 'asked for by -replace',
  replace_by_triggers: 'what its replace_triggered_by names changes',
  delete_because_no_resource_config: 'it is not in the configuration',
  delete_because_wrong_repetition:
    'count or for_each was added or removed, so that its key is of another kind',
  delete_because_count_index: 'its index is beyond count',
  delete_because_each_key: 'its key is not in for_each',
  delete_because_no_module: 'its module is not in the configuration',
  delete_because_no_move_target: 'it was moved to an address that is not in the configuration',
  read_because_config_unknown: 'its configuration is known at the apply only',
  read_because_dependency_pending: 'what it depends on changes first',
  read_because_check_nested: 'a check reads it again at each apply',
};

/** What the words of a plan mean together. Which are in it decides, not their order. */
const ACTIONS: readonly (readonly [words: readonly string[], action: Action])[] = [
  [['create', 'delete'], 'replace'],
  [['create', 'forget'], 'replace'],
  [['create'], 'create'],
  [['update'], 'update'],
  [['delete'], 'delete'],
  [['forget'], 'forget'],
];

/** Words that change nothing. `open`, `renew` and `close` are of ephemeral resources. */
const HARMLESS = new Set(['no-op', 'read', 'open', 'renew', 'close']);

/**
 * What is done to a resource. What Terraform will say in future is taken for the worst that it can be.
 *
 * @returns nothing for data sources, and where nothing happens
 */
export function actionOf({
  mode = 'managed',
  previous_address,
  address,
  change,
}: PlannedChange): Action | undefined {
  if (mode !== 'managed') return undefined;
  const words = change.actions.filter((word) => !HARMLESS.has(word));
  if (words.length > 0) {
    const known = ACTIONS.find(
      ([all]) => all.length === words.length && all.every((one) => words.includes(one)),
    );
    if (known) return known[1];
    if (!words.includes('delete')) return words.includes('create') ? 'replace' : 'update';
    return words.includes('create') || words.includes('update') ? 'replace' : 'delete';
  }
  if (change.importing) return 'import';
  return previous_address !== undefined && previous_address !== address ? 'move' : undefined;
}

/** Words that are not known here, in the order in which they come. */
export function unknownActions(changes: readonly PlannedChange[]): readonly string[] {
  const known = new Set([...HARMLESS, ...ACTIONS.flatMap(([words]) => words)]);
  const words = changes.flatMap(({ change }) => change.actions.filter((word) => !known.has(word)));
  return [...new Set(words)].map(shownWord);
}

/** Why Terraform does it, and how where that matters. */
export function reasonsOf(planned: PlannedChange): readonly string[] {
  const { action_reason, deposed, change } = planned;
  return [
    ...unknownActions([planned]).map((word) => `Terraform says '${word}', which is not known here`),
    ...(action_reason === undefined ? [] : [wordsOf(action_reason)]),
    ...(deposed === undefined
      ? []
      : [`what an earlier replacement left over (deposed ${shownWord(deposed)})`]),
    ...orderOf(change.actions),
  ];
}

function wordsOf(reason: string): string {
  return Object.hasOwn(REASONS, reason)
    ? (REASONS[reason] as string)
    : shownWord(reason).replaceAll('_', ' ');
}

function orderOf(actions: readonly string[]): readonly string[] {
  const [first, second] = actions;
  if (first !== 'create') return [];
  if (second === 'delete') return ['the new one is created before the old one is destroyed'];
  return second === 'forget' ? ['the old one stays, and Terraform no longer looks after it'] : [];
}

function shownWord(word: string): string {
  return clipped(printable(word), 60);
}
