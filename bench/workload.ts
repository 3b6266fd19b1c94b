/** What both programs declare: one platform whose services differ in nothing but their number. */
export const WORKLOAD = {
  platform: 'bench',
  environment: 'development',
  network: 'bench-network',
  vault: { containerName: 'bench-vault', image: 'hashicorp/vault:1.17.6', hostPort: 8200 },
  mount: 'apps',
  image: 'registry.example/bench/service:1.0.0',
  username: 'service',
  containerPort: 8080,
} as const;

/** One of the services, which are numbered from 0. */
export interface WorkloadService {
  readonly name: string;
  /** Where its secret is, below the mount. */
  readonly secretPath: string;
  readonly hostPort: number;
}

/** The services of one program. */
export function workloadServices(count: number): WorkloadService[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `service-${i}`,
    secretPath: `services/service-${i}`,
    hostPort: 20_000 + i,
  }));
}

/** What a program was asked for on its command line: how many services, and the folder for its stacks. */
export function argumentsOfProgram(): { readonly services: WorkloadService[]; readonly outdir: string } {
  const [count, outdir] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  if (!/^\d+$/.test(count ?? '') || !outdir) {
    throw new Error(`usage: node --import tsx ${process.argv[1]} <number of services> <output folder>`);
  }
  return { services: workloadServices(Number(count)), outdir };
}
