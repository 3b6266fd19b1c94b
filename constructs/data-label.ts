/** Docker's label of a volume that holds what cannot be made again: it says so when nothing else is declared any more. */
export const DATA_LABEL = 'holds-data';
