/** How much of everything a comment shows. Numbers are of lines or entries in one list. */
export interface Detail {
  /** Attributes of what is new or goes away. */
  readonly ofWholes: AttributeDetail;
  /** Attributes that change. */
  readonly ofChanges: AttributeDetail;
  /** Lines of one value. */
  readonly lines: number;
  /** Resources with the same thing happening to them. */
  readonly resources: number;
  /** Findings that were there before, accepted or not. */
  readonly keptFindings: number;
  /** All other findings, of one kind. */
  readonly findings: number;
  /** Lines of who gains and loses what. */
  readonly access: number;
  /** Digests. */
  readonly plans: number;
  /** Losses of data and identity. */
  readonly dangers: number;
  /** Lines of verdicts. */
  readonly verdicts: number;
}

type AttributeDetail = 'values' | 'names' | 'none';

const EVERYTHING: Detail = {
  ofWholes: 'values',
  ofChanges: 'values',
  lines: Number.POSITIVE_INFINITY,
  resources: Number.POSITIVE_INFINITY,
  keptFindings: Number.POSITIVE_INFINITY,
  findings: Number.POSITIVE_INFINITY,
  access: Number.POSITIVE_INFINITY,
  plans: Number.POSITIVE_INFINITY,
  dangers: Number.POSITIVE_INFINITY,
  verdicts: Number.POSITIVE_INFINITY,
};

/** A way to say less, and what is then missing. */
export interface Level {
  readonly detail: Detail;
  /** Nothing where all is said. */
  readonly leftOut?: string;
}

/**
 * From everything to what nobody may overlook. What matters least goes first, and losses of data and the verdicts go never:
 * they are only cut where a comment takes no more of them.
 */
const STEPS: readonly (readonly [less: Partial<Detail>, leftOut?: string])[] = [
  [{}],
  [{ ofWholes: 'names' }, 'values of resources that are new or go away'],
  [{ lines: 40 }, 'parts of long values'],
  [{ ofWholes: 'none', lines: 12 }],
  [{ ofChanges: 'names' }, 'values of attributes'],
  [{ ofChanges: 'none' }, 'attributes'],
  [{ resources: 50 }, 'resources of long lists'],
  [{ resources: 10 }],
  [{ resources: 0 }, 'lists of resources'],
  [{ keptFindings: 10 }, 'findings that were there before'],
  [{ keptFindings: 0 }],
  [{ findings: 100 }, 'findings of long lists'],
  [{ findings: 25 }],
  [{ findings: 5 }],
  [{ access: 500 }, 'changes of access in long lists'],
  [{ access: 200 }],
  [{ access: 80 }],
  [{ access: 30 }],
  [{ access: 10 }],
  [{ access: 3, findings: 0 }],
  [{ access: 0 }, 'changes of access'],
  [{ plans: 0 }, 'digests of plans'],
  [{ dangers: 100 }, 'dangers in long lists'],
  [{ dangers: 20, verdicts: 50 }, 'verdicts of long lists'],
  [{ dangers: 5, verdicts: 10 }],
  [{ dangers: 1, verdicts: 3 }],
  [{ dangers: 0, verdicts: 0 }],
];

export const LEVELS: readonly Level[] = levels();

function levels(): readonly Level[] {
  const found: Level[] = [];
  const told: string[] = [];
  let detail = EVERYTHING;
  for (const [less, leftOut] of STEPS) {
    detail = { ...detail, ...less };
    if (leftOut !== undefined) told.push(leftOut);
    found.push({ detail, ...(told.length > 0 && { leftOut: told.join(', ') }) });
  }
  return found;
}

/** The first ones of a list, and how many more there are. */
export function firstOf<T>(all: readonly T[], most: number): readonly [shown: readonly T[], more: number] {
  // A line that tells of one more is as long as that one.
  return all.length <= most + 1 && most > 0 ? [all, 0] : [all.slice(0, most), Math.max(0, all.length - most)];
}
