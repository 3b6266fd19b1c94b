/** How much of everything a comment shows. Numbers are of lines or entries in one list. */
export interface Detail {
  /** Resources that are new or go away, with the values of their attributes. */
  readonly wholeValues: number;
  /** The same with the names of their attributes at least. */
  readonly wholeNames: number;
  /** Resources that change, with the values of the attributes that do. */
  readonly changeValues: number;
  /** The same with the names of the attributes at least. */
  readonly changeNames: number;
  /** Lines of one value. */
  readonly lines: number;
  /** Resources with the same thing happening to them. */
  readonly resources: number;
  /** Findings that were there before, accepted or not. */
  readonly keptFindings: number;
  /** All other findings, of one kind. */
  readonly findings: number;
  /** Lines of who gains and loses what, and of secrets that are written again. */
  readonly access: number;
  /** Digests. */
  readonly plans: number;
  /** Losses of data and identity. */
  readonly dangers: number;
  /** Lines of verdicts. */
  readonly verdicts: number;
}

export const EVERYTHING: Detail = {
  wholeValues: Number.POSITIVE_INFINITY,
  wholeNames: Number.POSITIVE_INFINITY,
  changeValues: Number.POSITIVE_INFINITY,
  changeNames: Number.POSITIVE_INFINITY,
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
  /** In what alone it says less than the level before; what lies between the two is a level too. */
  readonly less?: keyof Detail;
}

type Step = readonly [less: Partial<Detail>, leftOut?: string];

/**
 * From everything to what nobody may overlook. What matters least goes first, and losses of data and the verdicts go never:
 * they are only cut where a comment takes no more of them.
 */
const STEPS: readonly Step[] = [
  [{}],
  [{ wholeValues: 0 }, 'values of resources that are new or go away'],
  [{ lines: 40 }, 'parts of long values'],
  [{ wholeNames: 0 }],
  [{ lines: 12 }],
  [{ changeValues: 0 }, 'values of attributes'],
  [{ changeNames: 0 }, 'attributes'],
  [{ resources: 10 }, 'resources of long lists'],
  [{ resources: 0 }, 'lists of resources'],
  [{ keptFindings: 10 }, 'findings that were there before'],
  [{ keptFindings: 0 }],
  [{ findings: 5 }, 'findings of long lists'],
  [{ access: 10 }, 'changes of access in long lists'],
  [{ access: 3 }],
  [{ findings: 0 }],
  [{ access: 0 }, 'changes of access'],
  [{ plans: 0 }, 'digests of plans'],
  [{ dangers: 20 }, 'dangers in long lists'],
  [{ verdicts: 50 }, 'verdicts of long lists'],
  [{ dangers: 5 }],
  [{ verdicts: 10 }],
  [{ dangers: 1 }],
  [{ verdicts: 3 }],
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
    const [name, another] = Object.keys(less) as (keyof Detail)[];
    found.push({
      detail,
      ...(told.length > 0 && { leftOut: told.join(', ') }),
      ...(name !== undefined && another === undefined && { less: name }),
    });
  }
  return found;
}

/** The first ones of a list, and how many more there are. */
export function firstOf<T>(all: readonly T[], most: number): readonly [shown: readonly T[], more: number] {
  // A line that tells of one more is as long as that one.
  return all.length <= most + 1 && most > 0 ? [all, 0] : [all.slice(0, most), Math.max(0, all.length - most)];
}
