/** A container and whose it is. */
export interface NamedContainer {
  readonly containerName: string;
  readonly platform: string;
  readonly environment: string;
}

/**
 * Containers of somebody else under names that this environment declares. Docker would refuse the second container,
 * but by then Terraform has taken over the volumes of the first: they go by the same names.
 */
export function containerNameProblems(
  environment: string,
  declared: readonly NamedContainer[],
  existing: readonly NamedContainer[],
): string[] {
  return declared.flatMap((own) => {
    const stranger = existing.find(
      (other) =>
        other.containerName === own.containerName &&
        (other.platform !== own.platform || other.environment !== own.environment),
    );
    if (!stranger) return [];
    const whose =
      stranger.platform && stranger.environment
        ? `one of ${stranger.platform}-${stranger.environment}; destroy that environment, or deploy ${environment} to another Docker host`
        : 'one that is of no environment; remove it, or declare another name';
    return `'containerName' must be free, got '${own.containerName}', ${whose}`;
  });
}
