import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, thrown away at the end. What is no text is written as JSON. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}

/** What cdktf writes of stacks, by their names; a list of dependencies may go with each. */
export function synthWith(
  stacks: Readonly<Record<string, unknown>>,
  dependencies: Readonly<Record<string, readonly string[]>> = {},
): string {
  const names = Object.keys(stacks);
  return folderWith({
    'manifest.json': {
      version: '0.21.0',
      stacks: Object.fromEntries(
        names.map((name) => [
          name,
          {
            name,
            workingDirectory: `stacks/${name}`,
            synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
            dependencies: dependencies[name] ?? [],
          },
        ]),
      ),
    },
    ...Object.fromEntries(names.map((name) => [`stacks/${name}/cdk.tf.json`, stacks[name]])),
  });
}
