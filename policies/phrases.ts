/** Such as `1 secret` and `1,200 secrets`. */
export function counted(amount: number, one: string, several = `${one}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : several}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
