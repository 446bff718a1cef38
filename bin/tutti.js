#!/usr/bin/env node
// Plain JavaScript that runs on Node 20, so that an old Node gets a newer one, or a message, and never a stack trace.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { constants as system } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const oldest = [22, 18];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiled = join(root, 'dist', 'main', 'tutti.js');
const bundled = join(root, 'dist', 'bundle', 'tutti.js');
const main = existsSync(bundled) ? bundled : compiled;

if (!isSupported(process.versions.node)) runOnNewerNode();
else if (!existsSync(main)) stop(`tutti is not built: ${main} is missing. Run \`npm run build\` in ${root}.`);
else await start();

async function start() {
  module.enableCompileCache?.();
  await import(pathToFileURL(main).href);
}

function isSupported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

function runOnNewerNode() {
  const newer = findNewerNode();
  if (newer === undefined) {
    stop(
      `tutti needs Node.js ${oldest.join('.')} or newer; this is ${process.versions.node}. ` +
        `Run \`npm ci --ignore-scripts=false\` in ${root}, which brings Node.js 24 along, or install a newer Node.js.`,
    );
    return;
  }
  const child = spawn(newer, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  const stopForwarding = forwardSignals(child);
  child.on('error', (error) => stop(`${newer} cannot be run: ${error.message}`));
  child.on('exit', (code, signal) => {
    stopForwarding();
    if (signal === null) process.exitCode = code;
    else endAs(signal);
  });
}

/** The one that the package `node` brings, wherever the package manager put it. */
function findNewerNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = module.createRequire(import.meta.url).resolve.paths('node') ?? [];
  return folders.map((folder) => join(folder, 'node', 'bin', name)).find(isOtherProgram);
}

function isOtherProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return realpathSync(path) !== realpathSync(process.execPath);
  } catch {
    return false;
  }
}

/** A terminal sends Ctrl-C to both processes itself; passing it on would make it two. */
function forwardSignals(child) {
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => {
    const isFromTerminal = name !== 'SIGTERM' && hasTerminal;
    return [name, () => isFromTerminal || child.kill(name)];
  });
  for (const [name, handle] of handlers) process.on(name, handle);
  return () => {
    for (const [name, handle] of handlers) process.off(name, handle);
  };
}

function endAs(signal) {
  process.exitCode = 128 + (system.signals[signal] ?? 0);
  process.kill(process.pid, signal);
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
