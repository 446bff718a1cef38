import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDataFolder } from './data-folder.ts';

describe('the data folder', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tutti-data-folder-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('is the nearest one upwards within the repository', () => {
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, '.tutti'));
    mkdirSync(join(root, 'apps/web'), { recursive: true });
    expect(findDataFolder(join(root, 'apps/web'), undefined)).toEqual({ path: join(root, '.tutti'), isNew: false });
  });

  it('is not looked for above the root of the repository', () => {
    mkdirSync(join(root, '.tutti'));
    mkdirSync(join(root, 'project/.git'), { recursive: true });
    const project = join(root, 'project');
    expect(findDataFolder(project, undefined)).toEqual({ path: join(project, '.tutti'), isNew: true });
  });

  it('is in the current folder outside of a repository', () => {
    mkdirSync(join(root, '.tutti'));
    mkdirSync(join(root, 'elsewhere'));
    const elsewhere = join(root, 'elsewhere');
    expect(findDataFolder(elsewhere, undefined)).toEqual({ path: join(elsewhere, '.tutti'), isNew: true });
  });

  it('is the configured one, relative to the current folder', () => {
    expect(findDataFolder(root, 'data')).toEqual({ path: join(root, 'data'), isNew: true });
  });
});
