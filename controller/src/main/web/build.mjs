// Builds the dashboard when its sources have changed since it was built, and fetches packages when the lock file has.
// Called by Maven; `node build.mjs` by hand does the same.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../../../target');
const OLDEST_NODE = 18;

function files(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? files(path) : [path];
    });
}

function hash(paths) {
  const sum = createHash('sha256');
  for (const path of paths) {
    sum.update(path.slice(here.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return sum.digest('hex');
}

/** Runs the step unless the stamp says that it was done with these very files, and what it made is still there. */
function unlessDone(stamp, inputs, made, step) {
  const now = hash(inputs);
  if (existsSync(made) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
    return;
  }
  step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

function npm(...args) {
  const run = spawnSync('npm', args, { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.error?.code === 'ENOENT') {
    fail('npm is not there', 'apt-get install nodejs npm');
  }
  if (run.status !== 0) {
    fail(`npm ${args.join(' ')} failed`, 'see what it says above');
  }
}

function fail(problem, remedy) {
  console.error(`the dashboard is not built: ${problem}\n  to do: ${remedy}`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  fail(`this is Node ${process.versions.node}`, `install Node ${OLDEST_NODE} or newer`);
}
const lock = [join(here, 'package.json'), join(here, 'package-lock.json')];
unlessDone(join(target, 'web-packages.stamp'), lock, join(here, 'node_modules/vite'), () =>
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error'),
);
unlessDone(
  join(target, 'web.stamp'),
  files(here),
  join(target, 'web/io/swarmctl/controller/web/site/manifest.json'),
  () => npm('run', '--silent', 'build', '--', '--logLevel', 'warn'),
);
