import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { commandNames } from '../../src/names';

const root = process.cwd();
const text = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(text('package.json'));

/** Settings that name a program or a directory: a workspace must not set them. */
const machineSettings = ['vpython.runner.path', 'vpython.server.path', 'vpython.environmentRoot'];

describe('package.json', () => {
  it('declares the commands that are registered', () => {
    assert.deepEqual(
      manifest.contributes.commands.map((command: { command: string }) => command.command),
      commandNames.map((name) => `vpython-spec.${name}`),
    );
  });

  it('names only files that are there', () => {
    const named = new Set<string>([manifest.icon, ...manifest.contributes.walkthroughs[0].steps.map((step: { media: { markdown: string } }) => step.media.markdown)]);
    for (const kind of ['grammars', 'snippets']) for (const item of manifest.contributes[kind]) named.add(item.path);
    for (const language of manifest.contributes.languages) for (const file of [language.configuration, language.icon?.light, language.icon?.dark]) if (file) named.add(file);
    for (const file of named) assert.ok(fs.existsSync(path.join(root, file)), file);
  });

  it('keeps programs and directories out of the reach of workspaces', () => {
    const properties = manifest.contributes.configuration.properties as Record<string, { scope: string }>;
    for (const name of machineSettings) assert.equal(properties[name]?.scope, 'machine', name);
    const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    const harmless = ['vpython.statusBar.visible', 'vpython.workspaceDiagnostics', 'vpython.trace.server'];
    for (const name of Object.keys(properties)) assert.ok(machineSettings.includes(name) || restricted.includes(name) || harmless.includes(name), `${name} is neither restricted nor known to be harmless`);
  });

  it('documents every setting', () => {
    for (const [name, property] of Object.entries(manifest.contributes.configuration.properties as Record<string, { markdownDescription?: string }>)) {
      assert.ok((property.markdownDescription ?? '').length > 30, name);
      assert.ok(text('../../docs/vscode.md').includes(`\`${name}\``), `docs/vscode.md does not speak of ${name}`);
    }
  });

  it('has no address of a registry in its lock file', () => {
    const lock = text('package-lock.json');
    assert.ok(!/"resolved"/.test(lock) && !/registry/.test(lock.replace(/"registry-[\w-]+"/g, '')));
  });
});

describe('what a package tells of the work of others', () => {
  it('is one license and one copyright for each package of the executables', () => {
    const known = JSON.parse(text('notices/executables.json')) as { packages: Record<string, { license: string }>; texts: Record<string, string[]> };
    const needed = new Set<string>();
    for (const project of ['Lsp', 'Runner']) {
      const lock = JSON.parse(text(`../../src/${project}/packages.lock.json`)) as { dependencies: { 'net10.0': Record<string, { resolved?: string }> } };
      for (const [name, entry] of Object.entries(lock.dependencies['net10.0'])) if (entry.resolved !== undefined) needed.add(name);
    }
    // They do their work while the executables are built.
    for (const name of ['Grpc.Tools', 'Microsoft.DotNet.ILCompiler', 'Microsoft.NET.ILLink.Tasks']) needed.delete(name);
    assert.deepEqual(Object.keys(known.packages).sort(), [...needed].sort());
    for (const [name, { license }] of Object.entries(known.packages)) assert.ok((known.texts[license]?.length ?? 0) > 5, name);
  });
});

describe('snippets', () => {
  it('are in a comment what they are in a file, with the sign of the comment on each new line', () => {
    const own = JSON.parse(text('snippets/vpython-spec.json')) as Record<string, { body: string[]; prefix: string }>;
    const inComment = JSON.parse(text('snippets/vpython-spec.in-comment.json')) as typeof own;
    assert.deepEqual(Object.keys(inComment), Object.keys(own));
    for (const [name, { body, prefix }] of Object.entries(own)) {
      assert.equal(body.at(-1), '$0', name);
      assert.deepEqual(inComment[name]?.body, body.slice(0, -1).map((line, index, all) => `${index === 0 ? '' : '# '}${line}${index === all.length - 1 ? '$0' : ''}`), name);
      assert.equal(inComment[name]?.prefix, prefix);
    }
  });
});

describe('a new line in a spec in comments', () => {
  const { onEnterRules } = JSON.parse(text('language-configuration.in-comment.json')) as { onEnterRules: { beforeText: string; action: { appendText?: string } }[] };
  const after = (line: string): string | undefined => onEnterRules.find((rule) => new RegExp(rule.beforeText).test(line))?.action.appendText;

  for (const [line, next] of [
    ['# [VPYTHON:BEGIN]', '# '],
    ['# python_version: "3"', '# '],
    ['#', '# '],
    ['# # a comment', '# '],
    ['# wheel: <', '#   '],
    ['    # wheel <', '#   '],
    ['#   name: "a"', '#   '],
    ['#   match_tag: <', '#     '],
    ['#     platform: "b"', '#     '],
    ['#   >', '#   '],
    ['# >', '# '],
    ['# [VPYTHON:END]', undefined],
  ] as const) {
    it(`behind '${line}' begins with '${next ?? ''}'`, () => assert.equal(after(line), next));
  }
});

describe('problem matchers', () => {
  const pattern = (name: string): RegExp => new RegExp(manifest.contributes.problemPatterns.find((item: { name: string }) => item.name === name).regexp);

  it('read what lint writes with --format concise', () => {
    const match = pattern('vpython3-lint').exec("tools/a b.vpython3:7:9: warning VPY2301 'six' stands at line 3 already. Remove one of the two.");
    assert.deepEqual(match?.slice(1), ['tools/a b.vpython3', '7', '9', 'warning', 'VPY2301', "'six' stands at line 3 already. Remove one of the two."]);
    assert.equal(pattern('vpython3-lint').exec('C:\\a.vpython3:1:2: error VPY1004 m')?.[1], 'C:\\a.vpython3');
  });

  it('read the errors of vpython3', () => {
    assert.deepEqual(pattern('vpython3').exec("/w/foo.py.vpython3:3:3: error: There is no field 'nam'. [VPY1203]")?.slice(1), ['/w/foo.py.vpython3', '3', '3', 'error', "There is no field 'nam'.", 'VPY1203']);
  });
});

describe('grammar', () => {
  it('knows the fields of the schema, no more and no fewer', () => {
    const schema = ['spec', 'pep425'].map((name) => text(`../../src/SpecLang/Schema/${name}.proto`)).join('\n');
    const fields = [...schema.matchAll(/^\s*(?:repeated\s+)?[A-Za-z0-9]+\s+([a-z0-9_]+)\s*=\s*\d+;/gm)].map((match) => match[1] as string);
    const grammar = JSON.parse(text('syntaxes/vpython-spec.tmLanguage.json'));
    const known = /\(([a-z0-9_|]+)\)/.exec(grammar.repository.field.patterns[0].match)?.[1]?.split('|');
    assert.deepEqual([...(known ?? [])].sort(), [...new Set(fields)].sort());
  });
});
